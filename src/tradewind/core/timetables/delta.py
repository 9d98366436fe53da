"""Schedules with a fixed distance between runs, in seconds, calendar months, or both.  Made by
`timetables.build`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from tradewind.core.timetables.base import Length, covering
from tradewind.errors import AirflowTimetableInvalid
from tradewind.spec.schedule import Interval, NextRun

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Distance(Length):
    """A length that is longer than nothing."""

    def __post_init__(self) -> None:
        try:
            forward = self.after(_EPOCH) > _EPOCH and self.before(_EPOCH) < _EPOCH
        except (OverflowError, ValueError):
            forward = False
        if not forward:
            raise AirflowTimetableInvalid(
                f"the distance between runs must be positive, not {self.months} months and {self.delta}",
                fix="give schedule a timedelta or relativedelta longer than zero",
            )

    def newest(self, anchor: datetime, now: datetime) -> datetime:
        """The last of `anchor`, `anchor` + distance, ... that is not later than `now`; `anchor` when none
        is."""
        if not self.months:
            return anchor if now <= anchor else anchor + (now - anchor) // self.delta * self.delta
        at = anchor
        while (following := self.after(at)) <= now:
            at = following
        return at

    def oldest(self, anchor: datetime, cutoff: datetime) -> datetime:
        """The first of `anchor`, `anchor` + distance, ... that is not earlier than `cutoff`."""
        at = self.newest(anchor, cutoff)
        return at if at >= cutoff else self.after(at)

    def times_before(self, at: datetime, times: int) -> datetime:
        """`at` minus so many distances."""
        if not self.months:
            return at - times * self.delta
        for _ in range(times):
            at = self.before(at)
        return at


class DeltaIntervalTimetable:
    """A run covers one distance and is due at its end."""

    active_runs_limit: int | None = None
    rhythmic = True

    def __init__(self, distance: Distance) -> None:
        self._distance = distance

    def next_run(
        self,
        last: Interval | None,
        earliest: datetime | None,
        latest: datetime | None,
        catchup: bool,
        now: datetime,
    ) -> NextRun | None:
        """See `Timetable.next_run`.  With catchup and no start date there is no first run.

        Without catchup, intervals lie on multiples of the distance since the last run, or else the start date; without
        both the first one ends now.
        """
        start = _first(last, earliest)
        if not catchup:
            end = self._distance.newest(now if start is None else start, now)
            newest = self._distance.before(end)
            start = newest if start is None else max(newest, start)
        return self._covering(start, latest)

    def since(
        self, last: Interval | None, earliest: datetime | None, latest: datetime | None, cutoff: datetime, now: datetime
    ) -> NextRun | None:
        """See `Timetable.since`."""
        start = _first(last, earliest)
        if start is None:
            start = self._distance.before(now)
        end = self._distance.oldest(self._distance.after(start), cutoff)
        return self._covering(max(start, self._distance.before(end)), latest)

    def back(self, last: Interval | None, earliest: datetime | None, now: datetime, count: int) -> datetime:
        """See `Timetable.back`."""
        anchor = _first(last, earliest) or now
        return self._distance.times_before(self._distance.newest(anchor, now), count - 1)

    def manual_interval(self, run_after: datetime) -> Interval:
        """The interval of one distance that ends at `run_after`."""
        return Interval(self._distance.before(run_after), run_after)

    def _covering(self, start: datetime | None, latest: datetime | None) -> NextRun | None:
        if start is None or (latest is not None and start > latest):
            return None
        return covering(start, self._distance.after(start))


class DeltaTriggerTimetable:
    """A run fires every distance; its data interval has a length of its own."""

    active_runs_limit: int | None = None
    rhythmic = True

    def __init__(self, distance: Distance, interval: Length) -> None:
        self._distance = distance
        self._interval = interval

    def next_run(
        self,
        last: Interval | None,
        earliest: datetime | None,
        latest: datetime | None,
        catchup: bool,
        now: datetime,
    ) -> NextRun | None:
        """See `Timetable.next_run`.  Fire times keep their distance from the last run or the start date.

        A late look at the clock must not shift all later runs; without a last run and a start date the first
        is now.
        """
        at = self._first(last, earliest, now)
        return self._run(at if catchup else self._distance.newest(at, now), latest)

    def since(
        self, last: Interval | None, earliest: datetime | None, latest: datetime | None, cutoff: datetime, now: datetime
    ) -> NextRun | None:
        """See `Timetable.since`."""
        return self._run(self._distance.oldest(self._first(last, earliest, now), cutoff), latest)

    def back(self, last: Interval | None, earliest: datetime | None, now: datetime, count: int) -> datetime:
        """See `Timetable.back`."""
        newest = self._distance.newest(self._first(last, earliest, now), now)
        return self._distance.times_before(newest, count - 1)

    def manual_interval(self, run_after: datetime) -> Interval:
        """The interval that ends at `run_after`."""
        return Interval(self._interval.before(run_after), run_after)

    def _first(self, last: Interval | None, earliest: datetime | None, now: datetime) -> datetime:
        if last is None:
            return now if earliest is None else earliest
        at = self._distance.after(last.end)
        return at if earliest is None else max(at, earliest)

    def _run(self, at: datetime, latest: datetime | None) -> NextRun | None:
        return None if latest is not None and at > latest else covering(self._interval.before(at), at)


def _first(last: Interval | None, earliest: datetime | None) -> datetime | None:
    """Where the first interval begins."""
    if last is None:
        return earliest
    return last.end if earliest is None else max(last.end, earliest)
