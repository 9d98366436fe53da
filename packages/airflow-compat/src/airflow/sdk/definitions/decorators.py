"""Airflow's `airflow.sdk.definitions.decorators`.  Written by tools/build_compat.py."""

from tradewind.authoring.decorators import setup as setup
from tradewind.authoring.decorators import task as task
from tradewind.authoring.decorators import task_group as task_group
from tradewind.authoring.decorators import teardown as teardown

__all__ = ["setup", "task", "task_group", "teardown"]
