"""Cron schedules: with data intervals between fire times, or firing at them.  Made by `timetables.build`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from tradewind.core.timetables.base import covering
from tradewind.core.timetables.ticks import Cron
from tradewind.spec.schedule import Interval, NextRun

_LEAST_GRACE = timedelta(minutes=5)


class CronIntervalTimetable:
    """A run covers the time from one fire time to the next, and is due at its end."""

    active_runs_limit: int | None = None

    def __init__(self, cron: Cron) -> None:
        self._cron = cron

    def next_run(
        self,
        last: Interval | None,
        earliest: datetime | None,
        latest: datetime | None,
        catchup: bool,
        now: datetime,
    ) -> NextRun | None:
        """See `Timetable.next_run`.  With catchup and no start date there is no first run."""
        cron = self._cron
        start = None if earliest is None else cron.at_or_after(earliest)
        if not catchup:
            newest = cron.before(cron.at_or_before(now))
            start = newest if start is None else max(newest, start)
        if last is not None:
            # Aligned, because the schedule may have changed since the last run.
            following = cron.at_or_before(last.end)
            start = following if start is None else max(following, start)
        if start is None or (latest is not None and start > latest):
            return None
        return covering(start, cron.after(start))

    def manual_interval(self, run_after: datetime) -> Interval:
        """The last interval that was complete at `run_after`."""
        end = self._cron.at_or_before(run_after)
        return Interval(self._cron.before(end), end)


class CronTriggerTimetable:
    """A run fires at each fire time of one or more crons; its data interval has a length of its own."""

    active_runs_limit: int | None = None

    def __init__(self, crons: Sequence[Cron], interval: timedelta, run_immediately: bool | timedelta = False) -> None:
        self._crons = tuple(crons)
        self._interval = interval
        self._run_immediately = run_immediately

    def next_run(
        self,
        last: Interval | None,
        earliest: datetime | None,
        latest: datetime | None,
        catchup: bool,
        now: datetime,
    ) -> NextRun | None:
        """See `Timetable.next_run`.  Crons that fire at the same time make one run."""
        times = [self._next_time(cron, last, earliest, catchup, now) for cron in self._crons]
        times = [at for at in times if latest is None or at <= latest]
        if not times:
            return None
        passed = [at for at in times if at <= now]
        at = max(passed) if passed and not catchup else min(times)
        return covering(at - self._interval, at)

    def manual_interval(self, run_after: datetime) -> Interval:
        """The interval that ends at `run_after`."""
        return Interval(run_after - self._interval, run_after)

    def _next_time(
        self, cron: Cron, last: Interval | None, earliest: datetime | None, catchup: bool, now: datetime
    ) -> datetime:
        times = [] if catchup else [cron.at_or_before(now)]
        if last is not None:
            times.append(cron.after(last.end))
        elif earliest is None:
            times.append(self._first_time(cron, now))
        if earliest is not None and not (catchup and last is not None):
            times.append(cron.at_or_after(earliest))
        return max(times)

    def _first_time(self, cron: Cron, now: datetime) -> datetime:
        """Where a DAG without a start date begins: at the last fire time if that is recent, else at the
        next."""
        past, future = cron.at_or_before(now), cron.at_or_after(now)
        if self._run_immediately is True:
            return past
        if isinstance(self._run_immediately, timedelta):
            grace = self._run_immediately
        else:
            grace = max((future - past) / 10, _LEAST_GRACE)
        return past if now - past <= grace else future
