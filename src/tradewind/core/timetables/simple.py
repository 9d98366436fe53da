"""Schedules without a rhythm: never, once, continuously, at listed events.  Made by `timetables.build`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import datetime, timedelta

from tradewind.core.timetables.base import covering, exact
from tradewind.spec.schedule import Interval, NextRun

JUST_NOW = timedelta(minutes=1)
"""An event is not missed as long as it is not older than this."""


class _Exact:
    """Manual runs have an empty data interval."""

    active_runs_limit: int | None = None
    rhythmic = False

    def next_run(
        self,
        last: Interval | None,
        earliest: datetime | None,
        latest: datetime | None,
        catchup: bool,
        now: datetime,
    ) -> NextRun | None:
        """Never, unless a subclass says otherwise."""
        return None

    def since(
        self, last: Interval | None, earliest: datetime | None, latest: datetime | None, cutoff: datetime, now: datetime
    ) -> NextRun | None:
        """The next run: none is ever missed."""
        return self.next_run(last, earliest, latest, True, now)

    def back(self, last: Interval | None, earliest: datetime | None, now: datetime, count: int) -> datetime:
        """Now: none is ever missed."""
        return now

    def manual_interval(self, run_after: datetime) -> Interval:
        """An empty interval at `run_after`."""
        return Interval(run_after, run_after)


class NullTimetable(_Exact):
    """Never by itself."""


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

    rhythmic = True

    def __init__(self, events: Iterable[datetime], restrict_to_events: bool = False) -> None:
        self._events = tuple(sorted(set(events)))
        self._restrict = restrict_to_events

    def next_run(
        self,
        last: Interval | None,
        earliest: datetime | None,
        latest: datetime | None,
        catchup: bool,
        now: datetime,
    ) -> NextRun | None:
        """See `Timetable.next_run`.  Without catchup events that passed are not run at all, as in Airflow; one that
        passed in the last minute counts as happening now.
        """
        floor = None if catchup else now - JUST_NOW
        return self._first(last, earliest, latest, floor)

    def since(
        self, last: Interval | None, earliest: datetime | None, latest: datetime | None, cutoff: datetime, now: datetime
    ) -> NextRun | None:
        """See `Timetable.since`."""
        return self._first(last, earliest, latest, cutoff)

    def back(self, last: Interval | None, earliest: datetime | None, now: datetime, count: int) -> datetime:
        """See `Timetable.back`."""
        due = bisect_right(self._events, now)
        return self._events[max(0, due - count)] if due else now

    def manual_interval(self, run_after: datetime) -> Interval:
        """Empty: at `run_after`, or when restricted to events at the newest event (the first one before all of
        them).
        """
        if not self._restrict or not self._events:
            return super().manual_interval(run_after)
        at = self._events[max(0, bisect_right(self._events, run_after) - 1)]
        return Interval(at, at)

    def _first(
        self, last: Interval | None, earliest: datetime | None, latest: datetime | None, floor: datetime | None
    ) -> NextRun | None:
        begin = max(bisect_left(self._events, at) if at is not None else 0 for at in (earliest, floor))
        if last is not None:
            begin = max(begin, bisect_right(self._events, last.end))
        if begin == len(self._events) or (latest is not None and self._events[begin] > latest):
            return None
        return exact(self._events[begin])
