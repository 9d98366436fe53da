"""What every timetable can say, lengths of time, and how a time zone is read.  Imported by the modules of this package
only."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo

from tradewind.errors import AirflowTimetableInvalid
from tradewind.spec.schedule import Interval, NextRun

_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})(?::(\d{2}))?")


class Timetable(Protocol):
    """When a DAG runs.  All times are aware UTC; results depend on the arguments only."""

    active_runs_limit: int | None
    """Most runs at once that the schedule itself allows, None when it does not care."""
    rhythmic: bool
    """Whether fire times lie in a fixed series, so that some can be missed, and a run can be moved a little."""

    def next_run(
        self,
        last: Interval | None,
        earliest: datetime | None,
        latest: datetime | None,
        catchup: bool,
        now: datetime,
    ) -> NextRun | None:
        """The run after the one with the data interval `last` (None: the first run), or None when there is no
        more.

        `earliest` and `latest` bound the logical date (start and end date of the DAG).  Without `catchup` the
        fire times that passed are left out, all but the newest.
        """
        ...

    def since(
        self, last: Interval | None, earliest: datetime | None, latest: datetime | None, cutoff: datetime, now: datetime
    ) -> NextRun | None:
        """The first run after `last` whose fire time is not before `cutoff`; no other is left out."""
        ...

    def back(self, last: Interval | None, earliest: datetime | None, now: datetime, count: int) -> datetime:
        """The fire time of the run that is the `count`th newest of those that are due at `now`, however old it is."""
        ...

    def manual_interval(self, run_after: datetime) -> Interval:
        """The data interval of a run that somebody triggers for `run_after`."""
        ...


@dataclass(frozen=True, slots=True)
class Length:
    """Calendar months, then a duration; may be empty.  A day that a month does not have becomes its last one."""

    delta: timedelta
    months: int = 0

    def after(self, at: datetime) -> datetime:
        """`at` plus the length."""
        return plus_months(at, self.months) + self.delta

    def before(self, at: datetime) -> datetime:
        """`at` minus the length."""
        return plus_months(at, -self.months) - self.delta


def plus_months(at: datetime, months: int) -> datetime:
    """The same day and time so many months later; the last day of a shorter month."""
    if not months:
        return at
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    month += 1
    return at.replace(year=year, month=month, day=min(at.day, calendar.monthrange(year, month)[1]))


def exact(at: datetime) -> NextRun:
    """A run with an empty data interval."""
    return NextRun(at, Interval(at, at), at)


def covering(start: datetime, end: datetime) -> NextRun:
    """A run over a data interval, due at its end."""
    return NextRun(start, Interval(start, end), end)


def zone(name: str) -> tzinfo:
    """The time zone with this IANA name, or a fixed offset such as `+09:00`.  Raises
    `AirflowTimetableInvalid`."""
    match = _OFFSET.fullmatch(name)
    if match:
        sign = -1 if match[1] == "-" else 1
        length = timedelta(hours=int(match[2]), minutes=int(match[3]), seconds=int(match[4] or 0))
        if length < timedelta(days=1):
            return timezone(sign * length)
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise AirflowTimetableInvalid(
            f"unknown time zone {name!r}", fix="use an IANA name such as 'Europe/Zurich' or 'UTC'"
        ) from None
