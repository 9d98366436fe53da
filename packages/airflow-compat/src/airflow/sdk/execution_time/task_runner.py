"""Airflow's `airflow.sdk.execution_time.task_runner`.  Written by tools/build_compat.py."""

from tradewind.runtime.task_instance import RuntimeTaskInstance as RuntimeTaskInstance

__all__ = ["RuntimeTaskInstance"]
