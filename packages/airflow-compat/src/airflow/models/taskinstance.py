"""Airflow's `airflow.models.taskinstance`.  Written by tools/build_compat.py."""

from airflow._package import later
from tradewind.authoring.provider_tools.out_of_reach import clear_task_instances as clear_task_instances
from tradewind.runtime.task_instance import RuntimeTaskInstance as TaskInstance
from tradewind.runtime.task_instance import TaskInstanceKey as TaskInstanceKey

__getattr__ = later(
    __name__,
    {
        "SimpleTaskInstance": "it belongs to the inside of Airflow",
        "set_current_context": "it belongs to the inside of Airflow",
    },
)

__all__ = ["TaskInstance", "TaskInstanceKey", "clear_task_instances"]
