"""What the scheduler writes of a DAG's schedule, and what is asked of custom timetables, as values and a Protocol.

Used by `services.calendar` and `services.forecaster`, implemented by `tradewind.store`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from tradewind.spec.dag import DagSpec
from tradewind.spec.forecast import Forecast, ForeseenRun, RunsFound, RunsWanted, Stretch
from tradewind.spec.schedule import Interval, NextRun
from tradewind.spec.wire import DagSource


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """An entry of the event log of a DAG."""

    event: str
    at: datetime
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScheduleNote:
    """What changes in the schedule of a DAG without a run being made."""

    next_run: NextRun | None
    """For the API and the CLI to show."""
    passed: NextRun | None = None
    """A fire time that gets no run: the schedule goes on after it."""
    events: tuple[LoggedEvent, ...] = ()
    ask: datetime | None = None
    """Since when a forecast of the custom timetable is wanted."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that only the code of a custom timetable can tell."""

    dag_id: str
    run_pk: int
    """0: which runs come next; otherwise the manual run whose data interval is wanted."""
    version_id: int
    spec: DagSpec
    source: DagSource
    last: Interval | None
    """Data interval of the newest scheduled run."""
    last_run_after: datetime | None
    run_after: datetime | None
    """The time for which the manual run was triggered."""
    backfill_id: int = 0
    """Not 0: which runs come next in this backfill is wanted."""
    stretch: Stretch | None = None
    """Where the backfill stands."""
    earliest: datetime | None = None
    """Of a backfill: the logical dates lie between these."""
    latest: datetime | None = None


@dataclass(frozen=True, slots=True)
class RangeQuestion:
    """Which runs does a custom timetable make in a range?  Somebody waits for the answer."""

    id: int
    dag_id: str
    source: DagSource
    wanted: RunsWanted


class ForecastStore(Protocol):
    """Questions to custom timetables and their answers."""

    def questions(self, limit: int) -> list[Question]:
        """The oldest open questions; those about DAGs and runs that are gone are dropped."""
        ...

    def save(self, question: Question, forecast: Forecast) -> None:
        """Answer what comes next, and tell the leader.  A failure becomes an import error of the DAG's file."""
        ...

    def save_piece(
        self, question: Question, runs: tuple[ForeseenRun, ...], more: bool, error: str, now: datetime
    ) -> None:
        """Answer which runs come next in a backfill, and tell the leader; with an error the backfill pauses."""
        ...

    def save_interval(self, question: Question, interval: Interval | None, error: str, now: datetime) -> None:
        """Answer for a manual run, and tell the leader; with an error the run fails."""
        ...

    def ranges(self, now: datetime) -> list[RangeQuestion]:
        """The open questions about ranges, oldest first; those that nobody waits for any more are dropped."""
        ...

    def save_runs(self, question: RangeQuestion, answer: RunsFound) -> None:
        """Answer about a range."""
        ...
