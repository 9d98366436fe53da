"""What every timetable can say, and how it reads a time zone.  Imported by the modules of this package
only."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo

from tradewind.errors import AirflowTimetableInvalid
from tradewind.spec.schedule import Interval, NextRun

_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})")


class Timetable(Protocol):
    """When a DAG runs.  All times are aware UTC; results depend on the arguments only."""

    active_runs_limit: int | None
    """Most runs at once that the schedule itself allows, None when it does not care."""

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

    def manual_interval(self, run_after: datetime) -> Interval:
        """The data interval of a run that somebody triggers for `run_after`."""
        ...


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
        return timezone(sign * timedelta(hours=int(match[2]), minutes=int(match[3])))
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise AirflowTimetableInvalid(
            f"unknown time zone {name!r}", fix="use an IANA name such as 'Europe/Zurich' or 'UTC'"
        ) from None
