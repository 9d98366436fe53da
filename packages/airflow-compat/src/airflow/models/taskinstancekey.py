"""Airflow's `airflow.models.taskinstancekey`.  Written by tools/build_compat.py."""

from tradewind.runtime.task_instance import TaskInstanceKey as TaskInstanceKey

__all__ = ["TaskInstanceKey"]
