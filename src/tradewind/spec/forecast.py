"""What a custom timetable says, as data: its code runs in a child process, never in the scheduler.

Made by `loading.timetable_child`, stored by `store.forecasts`, read by `core.timetables.foreseen`.  Times are UTC.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from tradewind.spec.dag import CatchupPolicy
from tradewind.spec.schedule import Interval, NextRun

Times = tuple[datetime, datetime]


class ForeseenRun(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A run that the timetable wants."""

    run_after: datetime
    start: datetime | None = None
    """Start and end of the data interval; both None for a run of a partition."""
    end: datetime | None = None
    partition_key: str | None = None
    partition_date: datetime | None = None
    run_id: str | None = None
    """What the timetable's own `generate_run_id` gave."""

    @property
    def date(self) -> datetime:
        """The date that stands for it in a range: the logical date, or that of its partition."""
        return self.start or self.partition_date or self.run_after

    def as_next(self) -> NextRun:
        """As the scheduler reads it."""
        interval = Interval(self.start, self.end) if self.start is not None and self.end is not None else None
        return NextRun(self.start, interval, self.run_after, self.partition_key, self.partition_date, self.run_id)


class PastRuns(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All runs whose time has passed, those that a forecast lists included."""

    count: int
    """So many were looked at."""
    newest: ForeseenRun
    """The newest of those."""
    before: ForeseenRun
    """The one before it."""
    complete: bool
    """Nothing was due after them; otherwise there was no time to look at more."""


class Forecast(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The next runs of a DAG, as its timetable saw them at one moment."""

    computed_at: datetime
    last: Times | None = None
    """Data interval of the newest run when it was computed; `runs` follow it."""
    runs: tuple[ForeseenRun, ...] = ()
    ended: bool = False
    """The timetable wants no run after these."""
    past: PastRuns | None = None
    """Set when all of `runs` were due already."""
    error: str = ""
    """Why it could not be computed, in one sentence."""
    line: int | None = None
    traceback: str = ""


class Restricted(msgspec.Struct, frozen=True, kw_only=True):
    """From where a schedule goes on, and within which bounds."""

    last: Times | None = None
    """Data interval of the newest scheduled run."""
    last_run_after: datetime | None = None
    earliest: datetime | None = None
    latest: datetime | None = None
    policy: CatchupPolicy | None = None


class RunsWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which runs does the timetable make in these spans, or what would its schedule make now?"""

    spans: tuple[Times, ...]
    """Of logical dates, both ends included, ascending."""
    most: int
    """More are an error."""
    now: Restricted | None = None
    """Instead of spans: a forecast as of now."""


class RunsFound(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The answer to `RunsWanted`."""

    runs: tuple[ForeseenRun, ...] = ()
    """Ascending, each logical date or partition once."""
    forecast: Forecast | None = None
    """The answer to `RunsWanted.now`."""
    error: str = ""
    """Why it could not be computed, in one sentence."""


class Stretch(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Runs of a custom timetable that are listed piece by piece, as a backfill comes to them.

    They go on after `last`, and end with the one that covers the time up to `end` and with the dates up to `until`.
    """

    end: datetime | None = None
    until: datetime | None = None
    last: Times | None = None
    last_run_after: datetime | None = None
    start: datetime | None = None
    """Runs that end before this are left out."""
    after: datetime | None = None
    """Runs with dates up to this were taken."""
    runs: tuple[ForeseenRun, ...] = ()
    """The present piece."""
    place: int = 0
    """How many runs were taken before this piece."""
    more: bool = True
    """Others follow this piece."""


def encode_forecast(forecast: Forecast) -> str:
    """As JSON."""
    return msgspec.json.encode(forecast).decode()


def encode_stretch(stretch: Stretch) -> str:
    """As JSON."""
    return msgspec.json.encode(stretch).decode()


decode_wanted = msgspec.json.Decoder(RunsWanted).decode
decode_found = msgspec.json.Decoder(RunsFound).decode
decode_slots = msgspec.json.Decoder(tuple[ForeseenRun, ...] | Stretch).decode
decode_forecast = msgspec.json.Decoder(Forecast).decode
