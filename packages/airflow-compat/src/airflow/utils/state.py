"""Airflow's `airflow.utils.state`.  Written by tools/build_compat.py."""

from airflow._package import later
from tradewind.spec.states import DagRunState as DagRunState
from tradewind.spec.states import TaskInstanceState as TaskInstanceState

__getattr__ = later(
    __name__,
    {
        "JobState": "it belongs to the inside of Airflow",
        "State": "a helper of Airflow 2 that Tradewind does not have yet",
    },
)

__all__ = ["DagRunState", "TaskInstanceState"]
