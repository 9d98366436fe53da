"""Callbacks as values: a part of `ports.store`, where everybody imports them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from tradewind.spec.wire import DagSource, RunInfo

NO_RUN = -1
"""In place of the key of a run: what is told of is a fire time that made none."""


@dataclass(frozen=True, slots=True)
class CallbackRow:
    """A callback to run outside the scheduler: queued in the transaction of the event, ended by its outcome."""

    id: str
    run_pk: int
    kind: str
    reason: str
    created_at: datetime
    ti_id: str | None = None
    data: dict[str, Any] | None = None
    """JSON: what it must be told of the event, as it was when the event happened."""
    state: str = "queued"
    worker_id: str | None = None
    """Who was granted it; it is never granted again."""
    dag_id: str | None = None
    """Of one without a run (`NO_RUN`),"""
    run_id: str | None = None
    """and the id that the run would have had."""


@dataclass(frozen=True, slots=True)
class CallbackStart:
    """A callback is granted to a worker: from here on it runs at most once."""

    id: str
    worker_id: str
    at: datetime
    log_path: str
    """Relative to the log folder."""


@dataclass(frozen=True, slots=True)
class CallbackEnd:
    """The end of a callback: success, failed or lost.  What did not succeed goes into the audit log, too."""

    id: str
    state: str
    at: datetime
    error: str = ""


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """A deadline of a run, or of one of its tasks."""

    id: str
    run_pk: int
    dag_id: str
    task_id: str
    """Empty: of the run."""
    number: int
    """Place among the deadlines of the DAG or task."""
    name: str | None
    reference: str
    due_at: datetime
    created_at: datetime
    state: str = "pending"
    """asked (the code of the user is to say when), pending; over: met, missed, replaced (the run was cleared), none (it
    does not apply), failed (nobody knows when)."""
    clear_number: int = 0
    """Of the run, when the deadline was planned."""
    run_id: str | None = None
    """Without a run (`NO_RUN`): the id that it would have had."""


@dataclass(frozen=True, slots=True)
class DeadlineEnd:
    """A deadline was met or missed, or does not count any more."""

    id: str
    run_pk: int
    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AskedDeadline:
    """A deadline of which only code of the user says when it is due."""

    row: DeadlineRow
    """Until it is answered, `due_at` lies as long after `created_at` as the deadline after the moment in question."""
    run: RunInfo
    source: DagSource | None
    """None: the DAG is gone."""
    runtimes: tuple[float, ...]
    """Seconds that the newest successful runs of the DAG took, newest first."""


class DeadlineQuestions(Protocol):
    """Questions to deadline references with code of the user's own, and their answers."""

    def asked(self, limit: int) -> list[AskedDeadline]:
        """The oldest open questions."""
        ...

    def answer(self, asked: AskedDeadline, due_at: datetime | None, error: str, now: datetime) -> None:
        """Write when the deadline is due, and tell the leader; None: it does not apply, or with an error it failed,
        which goes into the event log.  Nothing when it is not asked any more."""
        ...
