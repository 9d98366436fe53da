"""Airflow's `airflow.sdk.definitions.taskgroup`.  Written by tools/build_compat.py."""

from tradewind.authoring.taskgroup import TaskGroup as TaskGroup

__all__ = ["TaskGroup"]
