"""Cron schedules: with data intervals between fire times, firing at them, or for partitions.  Made by
`timetables.build`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from tradewind.core.timetables.base import Length, covering
from tradewind.core.timetables.ticks import Cron
from tradewind.spec.ids import run_id_for
from tradewind.spec.schedule import Interval, NextRun
from tradewind.spec.states import DagRunType

_LEAST_GRACE = timedelta(minutes=5)


class CronIntervalTimetable:
    """A run covers the time from one fire time to the next, and is due at its end."""

    active_runs_limit: int | None = None
    rhythmic = True

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
        start = self._first(last, earliest)
        if not catchup:
            newest = cron.before(cron.at_or_before(now))
            start = newest if start is None else max(newest, start)
        return self._covering(start, latest)

    def since(
        self, last: Interval | None, earliest: datetime | None, latest: datetime | None, cutoff: datetime, now: datetime
    ) -> NextRun | None:
        """See `Timetable.since`."""
        start = self._cron.before(self._cron.at_or_after(cutoff))
        first = self._first(last, earliest)
        return self._covering(start if first is None else max(first, start), latest)

    def back(self, last: Interval | None, earliest: datetime | None, now: datetime, count: int) -> datetime:
        """See `Timetable.back`."""
        return _back(self._cron, now, count)

    def manual_interval(self, run_after: datetime) -> Interval:
        """The last interval that was complete at `run_after`."""
        end = self._cron.at_or_before(run_after)
        return Interval(self._cron.before(end), end)

    def _first(self, last: Interval | None, earliest: datetime | None) -> datetime | None:
        """Start of the first interval after `last` that lies inside the bounds."""
        start = None if earliest is None else self._cron.at_or_after(earliest)
        if last is None:
            return start
        # Aligned, because the schedule may have changed since the last run.
        following = self._cron.at_or_before(last.end)
        if following <= last.start:
            # of a coarser schedule: the last run began here already
            following = self._cron.after(last.start)
        return following if start is None else max(following, start)

    def _covering(self, start: datetime | None, latest: datetime | None) -> NextRun | None:
        if start is None or (latest is not None and start > latest):
            return None
        return covering(start, self._cron.after(start))


class CronTriggerTimetable:
    """A run fires at each fire time of one or more crons; its data interval has a length of its own."""

    active_runs_limit: int | None = None
    rhythmic = True

    def __init__(self, crons: Sequence[Cron], interval: Length, run_immediately: bool | timedelta = False) -> None:
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
        return self._run(max(passed) if passed and not catchup else min(times))

    def since(
        self, last: Interval | None, earliest: datetime | None, latest: datetime | None, cutoff: datetime, now: datetime
    ) -> NextRun | None:
        """See `Timetable.since`."""
        floor = cutoff if earliest is None else max(cutoff, earliest)
        times = [cron.at_or_after(floor) for cron in self._crons]
        if last is not None:
            times = [max(at, cron.after(last.end)) for at, cron in zip(times, self._crons, strict=True)]
        at = min(times)
        return None if latest is not None and at > latest else self._run(at)

    def back(self, last: Interval | None, earliest: datetime | None, now: datetime, count: int) -> datetime:
        """See `Timetable.back`."""
        ticks = {cron.at_or_before(now) for cron in self._crons}
        for _ in range(count - 1):
            newest = max(ticks)
            ticks = {tick for tick in ticks if tick != newest} | {cron.before(newest) for cron in self._crons}
        return max(ticks)

    def manual_interval(self, run_after: datetime) -> Interval:
        """The interval that ends at `run_after`."""
        return Interval(self._interval.before(run_after), run_after)

    def _run(self, at: datetime) -> NextRun:
        return covering(self._interval.before(at), at)

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


class CronPartitionTimetable(CronTriggerTimetable):
    """A run fires at each fire time, for the partition that lies `offset` fire times away; it has no data interval."""

    def __init__(self, cron: Cron, offset: int, key_format: str, run_immediately: bool | timedelta = False) -> None:
        super().__init__([cron], Length(timedelta()), run_immediately)
        self._cron = cron
        self._offset = offset
        self._key_format = key_format

    def _run(self, at: datetime) -> NextRun:
        date = at
        for _ in range(abs(self._offset)):
            date = self._cron.after(date) if self._offset > 0 else self._cron.before(date)
        key = self._key(date)
        run_id = f"{run_id_for(DagRunType.SCHEDULED, at)}__{key}"
        return NextRun(None, None, at, partition_key=key, partition_date=date, run_id=run_id)

    def partitions(self, earliest: datetime, latest: datetime) -> list[NextRun]:
        """A run for every partition date between these (both included), due at that date, as backfills make them.

        The bounds are read as wall-clock times of the cron's zone, whatever zone they are written in.
        """
        found = []
        at = self._cron.at_or_after(self._cron.instant(earliest.replace(tzinfo=None)))
        end = self._cron.instant(latest.replace(tzinfo=None))
        while at <= end:
            found.append(NextRun(None, None, at, partition_key=self._key(at), partition_date=at))
            at = self._cron.after(at)
        return found

    def at_or_after(self, at: datetime) -> tuple[NextRun, NextRun]:
        """The run for the first partition at or after an instant, as backfills make it, and the one for the next."""
        first = self._cron.at_or_after(at)
        one, two = (
            NextRun(None, None, date, partition_key=self._key(date), partition_date=date)
            for date in (first, self._cron.after(first))
        )
        return one, two

    def fire_time(self, date: datetime) -> datetime:
        """When the run for the first partition at or after a date fires."""
        at = self._cron.at_or_after(date)
        for _ in range(abs(self._offset)):
            at = self._cron.before(at) if self._offset > 0 else self._cron.after(at)
        return at

    def partition_date(self, key: str) -> datetime:
        """The date of a partition from its key.  Raises ValueError when it does not match the format."""
        return self._cron.instant(datetime.strptime(key, self._key_format))  # noqa: DTZ007 - local to the cron's zone

    def _key(self, date: datetime) -> str:
        return self._cron.local(date).strftime(self._key_format)


def _back(cron: Cron, now: datetime, count: int) -> datetime:
    at = cron.at_or_before(now)
    for _ in range(count - 1):
        at = cron.before(at)
    return at
