"""Airflow's `airflow.utils.state`.  Written by tools/build_compat.py."""

from airflow._package import later
from tradewind.authoring.states import State as State
from tradewind.spec.states import DagRunState as DagRunState
from tradewind.spec.states import TaskInstanceState as TaskInstanceState

__getattr__ = later(
    __name__,
    {
        "JobState": "it belongs to the inside of Airflow",
    },
)

__all__ = ["DagRunState", "State", "TaskInstanceState"]
