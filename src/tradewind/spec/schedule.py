"""Times of runs as plain values.  Made by `core.timetables`, stored by `store`, shown by `server` and `cli`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

CRON_PRESETS = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@quarterly": "0 0 1 */3 *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
"""What stands for a cron in a schedule."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A data interval, start included, end excluded (UTC)."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class NextRun:
    """The next run that a timetable will make."""

    logical_date: datetime | None
    """None for runs of partitions."""
    interval: Interval | None
    run_after: datetime
    """The run may start at this instant; for data-interval schedules the end of the interval."""
    partition_key: str | None = None
    partition_date: datetime | None = None
    run_id: str | None = None
    """Set when the timetable or jitter decided it; otherwise it is made from `run_after`."""

    @property
    def covered(self) -> Interval:
        """What the run after this one continues from: the data interval, or else the instant of the run."""
        return self.interval or Interval(self.run_after, self.run_after)
