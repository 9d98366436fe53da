"""What a task waits for in other DAGs, as a plain value: made in the task's process, kept in the database, resolved by
the leader.  The rule is in `core.external`.  Standard library only: it is imported where a DAG is defined.
"""

from __future__ import annotations

from collections.abc import Sequence
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

    def __str__(self) -> str:
        """As an explanation says it: what, of which DAG, when."""
        if self.group_id is not None:
            what = f"task group `{self.group_id}` of {self.dag_id}"
        elif self.task_ids is not None:
            names = _listed([f"`{name}`" for name in self.task_ids])
            what = f"task{'s' if len(self.task_ids) > 1 else ''} {names} of {self.dag_id}"
        elif self.run_ids:
            return f"run{'s' if len(self.run_ids) > 1 else ''} {_listed(self.run_ids)} of {self.dag_id} to end"
        else:
            what = f"the run of {self.dag_id}"
        at = _listed([date.isoformat() for date in self.dates])
        where = f"run {_listed(self.run_ids)}" if self.run_ids else f"the run of {at}" if not self.whole else f"at {at}"
        to = "to end" if set(self.allowed) <= {"success", "failed"} else f"to be {_listed(self.allowed, 'or')}"
        return f"{what} {'' if self.whole else 'in '}{where} {to}"


_MOST_NAMED = 5


def _listed(items: Sequence[str], word: str = "and") -> str:
    shown = [*items[:_MOST_NAMED], *([f"{len(items) - _MOST_NAMED} more"] if len(items) > _MOST_NAMED else [])]
    return f"{', '.join(shown[:-1])} {word} {shown[-1]}" if len(shown) > 1 else "".join(shown)
