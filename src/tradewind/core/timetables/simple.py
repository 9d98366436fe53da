"""Schedules without a rhythm: never, once, continuously, at listed events.  Made by `timetables.build`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from tradewind.core.timetables.base import covering, exact
from tradewind.spec.schedule import Interval, NextRun


class _Exact:
    """Manual runs have an empty data interval."""

    active_runs_limit: int | None = None

    def manual_interval(self, run_after: datetime) -> Interval:
        """An empty interval at `run_after`."""
        return Interval(run_after, run_after)


class NullTimetable(_Exact):
    """Never by itself."""

    def next_run(
        self,
        last: Interval | None,
        earliest: datetime | None,
        latest: datetime | None,
        catchup: bool,
        now: datetime,
    ) -> NextRun | None:
        """Always None."""
        return None


class OnceTimetable(_Exact):
    """One run, at the start date, whatever catchup says; without one at once."""

    def next_run(
        self,
        last: Interval | None,
        earliest: datetime | None,
        latest: datetime | None,
        catchup: bool,
        now: datetime,
    ) -> NextRun | None:
        """See `Timetable.next_run`."""
        at = earliest or now
        if last is not None or (latest is not None and at > latest):
            return None
        return exact(at)


class ContinuousTimetable(_Exact):
    """A new run as soon as the last one ended, one at a time; it covers the time since the last one was
    made."""

    active_runs_limit: int | None = 1

    def next_run(
        self,
        last: Interval | None,
        earliest: datetime | None,
        latest: datetime | None,
        catchup: bool,
        now: datetime,
    ) -> NextRun | None:
        """See `Timetable.next_run`."""
        if last is None:
            start = earliest or now
            end = max(start, now)
        else:
            # An empty interval has taken the instant of its end as logical date; the next run needs its own.
            start = last.end if last.start < last.end else last.end + timedelta(microseconds=1)
            end = max(start, now)
        if latest is not None and end > latest:
            return None
        return covering(start, end)


class EventsTimetable(_Exact):
    """A run at each of the listed times."""

    def __init__(self, events: Iterable[datetime]) -> None:
        self._events = tuple(sorted(set(events)))

    def next_run(
        self,
        last: Interval | None,
        earliest: datetime | None,
        latest: datetime | None,
        catchup: bool,
        now: datetime,
    ) -> NextRun | None:
        """See `Timetable.next_run`.  Without catchup, of the events that passed only the newest is run."""
        ahead = [
            event
            for event in self._events
            if (earliest is None or event >= earliest)
            and (latest is None or event <= latest)
            and (last is None or event > last.end)
        ]
        if not ahead:
            return None
        passed = [event for event in ahead if event <= now]
        return exact(passed[-1] if passed and not catchup else ahead[0])
