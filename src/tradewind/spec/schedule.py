"""Times of runs as plain values.  Made by `core.timetables`, stored by `store`, shown by `server` and `cli`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Interval:
    """A data interval, start included, end excluded (UTC)."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class NextRun:
    """The next run that a timetable will make."""

    logical_date: datetime
    interval: Interval
    run_after: datetime
    """The run may start at this instant; for data-interval schedules the end of the interval."""
