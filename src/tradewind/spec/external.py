"""What a task waits for in other DAGs, as a plain value: made in the task's process, kept in the database, resolved by
the leader.  The rule is in `core.external`.  Standard library only: it is imported where a DAG is defined.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Form = Literal["states", "runs"]
"""Which trigger of Airflow it stands for: `states` WorkflowTrigger (ExternalTaskSensor), `runs` DagStateTrigger."""


@dataclass(frozen=True, slots=True)
class ExternalWait:
    """Runs of a DAG, named by their logical dates or their ids; or some of their tasks, or a task group of theirs."""

    dag_id: str
    dates: tuple[datetime, ...] = ()
    """Logical dates (UTC)."""
    run_ids: tuple[str, ...] = ()
    task_ids: tuple[str, ...] | None = None
    group_id: str | None = None
    allowed: tuple[str, ...] = ("success",)
    """States that end the wait well; of the form `runs`: that end it."""
    failed: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    form: Form = "states"
    check_existence: bool = False
    """Whether a DAG, task or group that is not there ends the wait."""
    poll_interval: float = 0.0
    """Seconds; of the form `runs`: a part of the event, as in Airflow.  Nobody polls."""

    @property
    def whole(self) -> bool:
        """Whether it is about runs as such, and not about their tasks."""
        return self.task_ids is None and self.group_id is None

    def ends_with(self, state: str | None) -> bool:
        """Whether the arrival of a run or task in this state can end the wait."""
        return state in self.allowed or state in self.failed or state in self.skipped
