"""Airflow's `airflow.decorators`.  Written by tools/build_compat.py."""

from airflow._package import later
from tradewind.authoring.dag import dag as dag
from tradewind.authoring.decorators import setup as setup
from tradewind.authoring.decorators import task as task
from tradewind.authoring.decorators import task_group as task_group
from tradewind.authoring.decorators import teardown as teardown

__getattr__ = later(
    __name__,
    {
        "TaskDecoratorCollection": "it belongs to the inside of Airflow",
    },
)

__all__ = ["dag", "setup", "task", "task_group", "teardown"]
