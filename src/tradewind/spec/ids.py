"""How runs are named, and the identities used as keys.  Pure: ids that need randomness are passed in."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from tradewind.spec.states import DagRunType

DEFAULT_POOL = "default_pool"
DEFAULT_QUEUE = "default"
XCOM_RETURN_KEY = "return_value"
NOT_MAPPED = -1
"""`map_index` of a task instance that is not mapped."""


class TaskKey(NamedTuple):
    """Identity of a task instance inside its run."""

    task_id: str
    map_index: int = NOT_MAPPED

    @property
    def name(self) -> str:
        """How people see it: `task`, or `task[3]` for an instance of a mapped task."""
        return self.task_id if self.map_index == NOT_MAPPED else f"{self.task_id}[{self.map_index}]"


def run_id_for(run_type: DagRunType, at: datetime) -> str:
    """The id of a run, made from its type and its time (UTC), as Airflow spells it.

    The same fire time always gives the same id, so no restart, failover or backfill can make a run twice.
    """
    return f"{run_type.value}__{at.isoformat()}"
