"""Airflow's `airflow.utils.task_group`.  Written by tools/build_compat.py."""

from airflow._package import later
from tradewind.authoring.taskgroup import TaskGroup as TaskGroup

__getattr__ = later(
    __name__,
    {
        "MappedTaskGroup": "a mapped group is a TaskGroup",
        "TaskGroupContext": "it belongs to the inside of Airflow",
    },
)

__all__ = ["TaskGroup"]
