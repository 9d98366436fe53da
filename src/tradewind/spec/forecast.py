"""What a custom timetable says, as data: its code runs in a child process, never in the scheduler.

Made by `loading.timetable_child`, stored by `store.forecasts`, read by `core.timetables.foreseen`.  Times are UTC.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from tradewind.spec.schedule import Interval, NextRun


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


class Forecast(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The next runs of a DAG, as its timetable saw them at one moment."""

    computed_at: datetime
    last: tuple[datetime, datetime] | None = None
    """Data interval of the newest run when it was computed; `runs` follow it."""
    runs: tuple[ForeseenRun, ...] = ()
    ended: bool = False
    """The timetable wants no run after these."""
    error: str = ""
    """Why it could not be computed, in one sentence."""
    line: int | None = None
    traceback: str = ""


class RunsWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which runs does the timetable make in these spans?"""

    spans: tuple[tuple[datetime, datetime], ...]
    """Of logical dates, both ends included, ascending."""
    most: int
    """More are an error."""


class RunsFound(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The answer to `RunsWanted`."""

    runs: tuple[ForeseenRun, ...] = ()
    """Ascending, each logical date once."""
    error: str = ""
    """Why it could not be computed, in one sentence."""


def encode_forecast(forecast: Forecast) -> str:
    """As JSON."""
    return msgspec.json.encode(forecast).decode()


decode_wanted = msgspec.json.Decoder(RunsWanted).decode
decode_found = msgspec.json.Decoder(RunsFound).decode
decode_runs = msgspec.json.Decoder(tuple[ForeseenRun, ...]).decode
decode_forecast = msgspec.json.Decoder(Forecast).decode
