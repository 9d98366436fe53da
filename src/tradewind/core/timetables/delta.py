"""Schedules with a fixed distance between runs, in seconds, calendar months, or both.  Made by
`timetables.build`."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tradewind.core.timetables.base import covering
from tradewind.errors import AirflowTimetableInvalid
from tradewind.spec.schedule import Interval, NextRun

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Distance:
    """Calendar months, then a duration.  A day that a month does not have becomes its last one."""

    delta: timedelta
    months: int = 0

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

    def after(self, at: datetime) -> datetime:
        """`at` plus the distance."""
        return _plus_months(at, self.months) + self.delta

    def before(self, at: datetime) -> datetime:
        """`at` minus the distance."""
        return _plus_months(at, -self.months) - self.delta

    def newest(self, anchor: datetime, now: datetime) -> datetime:
        """The last of `anchor`, `anchor` + distance, ... that is not later than `now`; `anchor` when none
        is."""
        if not self.months:
            return anchor if now <= anchor else anchor + (now - anchor) // self.delta * self.delta
        at = anchor
        while (following := self.after(at)) <= now:
            at = following
        return at


class DeltaIntervalTimetable:
    """A run covers one distance and is due at its end."""

    active_runs_limit: int | None = None

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

        Without catchup, runs lie on multiples of the distance since 1970 (as in Airflow); distances with
        months lie on multiples since the last run or the start date, as months have no common length.
        """
        start = earliest
        if not catchup:
            anchor = (last.end if last is not None else earliest) if self._distance.months else None
            end = self._distance.newest(anchor or _EPOCH, now)
            newest = self._distance.before(end)
            start = newest if earliest is None else max(newest, earliest)
        if last is not None:
            start = last.end if start is None else max(last.end, start)
        if start is None or (latest is not None and start > latest):
            return None
        return covering(start, self._distance.after(start))

    def manual_interval(self, run_after: datetime) -> Interval:
        """The interval of one distance that ends at `run_after`."""
        return Interval(self._distance.before(run_after), run_after)


class DeltaTriggerTimetable:
    """A run fires every distance; its data interval has a length of its own."""

    active_runs_limit: int | None = None

    def __init__(self, distance: Distance, interval: timedelta) -> None:
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
        if last is not None:
            at = self._distance.after(last.end)
            if earliest is not None:
                at = max(at, earliest)
        else:
            at = now if earliest is None else earliest
        if not catchup:
            at = self._distance.newest(at, now)
        if latest is not None and at > latest:
            return None
        return covering(at - self._interval, at)

    def manual_interval(self, run_after: datetime) -> Interval:
        """The interval that ends at `run_after`."""
        return Interval(run_after - self._interval, run_after)


def _plus_months(at: datetime, months: int) -> datetime:
    if not months:
        return at
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    month += 1
    return at.replace(year=year, month=month, day=min(at.day, calendar.monthrange(year, month)[1]))
