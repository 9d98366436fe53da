"""Airflow's `airflow.models.taskinstance`.  Written by tools/build_compat.py."""

from airflow._package import later
from tradewind.runtime.task_instance import RuntimeTaskInstance as TaskInstance

__getattr__ = later(
    __name__,
    {
        "SimpleTaskInstance": "it belongs to the inside of Airflow",
        "clear_task_instances": "it belongs to the inside of Airflow",
        "set_current_context": "it belongs to the inside of Airflow",
    },
)

__all__ = ["TaskInstance"]
