"""What the leader asks of the database about backfills, as values and a Protocol.  Implemented by
`store.backfills_leader`, used by `services.backfills`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from tradewind.core.backfill import Pick, Span, TaskChoice
from tradewind.ports.store import NewRun
from tradewind.spec.dag import DagSpec
from tradewind.spec.schedule import NextRun


@dataclass(frozen=True, slots=True)
class BackfillRecord:
    """A backfill that is not over."""

    id: int
    dag_id: str
    span: Span
    picks: frozenset[Pick]
    tasks: TaskChoice | None
    conf: dict[str, Any] | None
    """None: none was given; runs that run again keep theirs."""
    max_active_runs: int
    stop_after: int | None
    run_on_latest_version: bool
    paused: bool
    planned: int
    """Logical dates that were decided."""
    cursor: datetime | None
    """The one that was decided last."""
    exhausted: bool
    forgiven: int
    """Failed runs that do not count against `stop_after` any more."""
    created_by: str | None = None
    retries: bool = False
    """There are runs that somebody wants to run again."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The next logical dates of a backfill, to be decided in one transaction."""

    backfill: BackfillRecord
    runs: Sequence[NextRun]
    last: bool
    """Nothing comes after them."""
    room: int
    """So many runs may be made or cleared; the dates after that are left for the next piece."""
    version_id: int
    """The newest version of the DAG."""
    only_tasks: Sequence[str] | None
    make: Callable[[NextRun], NewRun]
    now: datetime


@dataclass(frozen=True, slots=True)
class Advance:
    """What became of a piece."""

    decided: int
    """So many of its dates were decided."""
    run_pks: list[int] = field(default_factory=list)
    """Runs that were made or cleared."""


class BackfillStore(Protocol):
    """The leader's view of backfills.  Every write is one transaction that the fence guards (`LeadershipLost`)."""

    def active(self, dag_ids: Iterable[str] | None = None) -> list[BackfillRecord]:
        """The backfills that are not over, of all DAGs or those named, oldest first."""
        ...

    def advance(self, fence: str, piece: Piece) -> Advance | None:
        """Decide the dates of a piece: make, clear or skip their runs; None when somebody else changed the backfill,
        which the caller then reads again."""
        ...

    def retry(self, fence: str, backfill_id: int, room: int, now: datetime) -> Advance:
        """Clear up to `room` of the runs that are to run again; fewer were decided when there are no more."""
        ...

    def ask(self, fence: str, backfill_id: int, dag_id: str, now: datetime) -> None:
        """Have the code of a custom timetable asked which runs come next; a signal tells of the answer."""
        ...

    def failed(self, backfill_id: int, limit: int) -> int:
        """How many runs of the backfill are failed, counted up to `limit`."""
        ...

    def stop(self, fence: str, backfill_id: int, reason: str, now: datetime) -> None:
        """Pause it, saying why."""
        ...

    def complete(self, fence: str, backfill_id: int, now: datetime) -> bool:
        """End it, unless it has runs that did not end or something left to do; whether it ended."""
        ...


@dataclass(frozen=True, slots=True)
class PastState:
    """What the guard of past runs knows of a DAG."""

    since: datetime | None
    """Begin of the hour in which `made` runs were made late."""
    made: int
    confirmed: datetime | None
    """Somebody agreed to all runs up to here."""
    made_with: DagSpec | None
    """The DAG as it was when its newest scheduled run was made."""


@dataclass(frozen=True, slots=True)
class Held:
    """Past runs that are not made, but kept as a paused backfill."""

    dag_id: str
    from_date: datetime
    to_date: datetime
    count: int
    """About how many."""
    max_active_runs: int
    passed: NextRun
    """The newest of them: the schedule goes on after it."""
    following: NextRun | None
    reason: str
    start: datetime | None = None
    """Of a custom timetable, whose runs are listed when they are made: the first of them covers time up to here."""


class PastRunStore(Protocol):
    """What the guard of past runs reads and writes.  Every write is one transaction that the fence guards."""

    def past(self, dag_id: str) -> PastState:
        """What is known of a DAG."""
        ...

    def note_past(self, fence: str, dag_id: str, since: datetime, made: int) -> None:
        """So many runs were made late in the hour that began at `since`."""
        ...

    def hold(self, fence: str, held: Held, now: datetime) -> int:
        """Write a paused backfill for these runs and let the schedule go on after them; its number.

        Runs of a custom timetable that follow those of such a backfill are added to it.
        """
        ...
