"""Schedules with code of the user's own, seen through the forecast that a child process made.  Made by
`timetables.build`; `services.calendar` gives it the forecast."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import datetime, timedelta

from tradewind.spec.forecast import Forecast
from tradewind.spec.schedule import Interval, NextRun

LOOK_AGAIN = timedelta(hours=1)
"""A timetable that wants no further run may change its mind: it is asked again after this time."""

FRESH = timedelta(minutes=5)
"""So long the number of runs that are due, but not listed, counts as known."""


class Unforeseen(Exception):  # noqa: N818 - a fact: a forecast must be asked for
    """Only the code of the timetable can tell."""


@dataclass(frozen=True, slots=True)
class Due:
    """The runs that are due."""

    listed: tuple[NextRun, ...]
    """The oldest of them."""
    count: int
    """So many are known."""
    complete: bool
    """There are no others; otherwise there are more than these."""
    newest: NextRun | None
    before: NextRun | None
    """The one before the newest."""
    following: NextRun | None
    """The first that is not due yet, as far as that is known."""


class ForeseenTimetable:
    """The runs of a forecast, one after the other.  Bounds and catchup were applied when it was computed."""

    rhythmic = False

    def __init__(self, active_runs_limit: int | None = None, forecast: Forecast | None = None) -> None:
        self.active_runs_limit = active_runs_limit
        self.forecast = forecast

    def next_run(
        self,
        last: Interval | None,
        earliest: datetime | None,
        latest: datetime | None,
        catchup: bool,
        now: datetime,
    ) -> NextRun | None:
        """See `Timetable.next_run`.  Raises `Unforeseen` when the forecast does not reach so far, was made for
        another last run, or could leave out runs if it was made anew because several are due.
        """
        place = self._place(last)
        assert self.forecast is not None
        runs, made = self.forecast.runs, self.forecast.computed_at
        if place == len(runs):
            if self.forecast.ended and now < made + LOOK_AGAIN:
                return None
            raise Unforeseen
        after = runs[place + 1].run_after if place + 1 < len(runs) else None
        if not catchup and after is not None and made < after <= now:
            raise Unforeseen
        return runs[place].as_next()

    def since(
        self, last: Interval | None, earliest: datetime | None, latest: datetime | None, cutoff: datetime, now: datetime
    ) -> NextRun | None:
        """The next run: what is left out was left out when the forecast was computed.  Raises `Unforeseen`."""
        return self.next_run(last, earliest, latest, False, now)

    def back(self, last: Interval | None, earliest: datetime | None, now: datetime, count: int) -> datetime:
        """Now; see `since`."""
        return now

    def due(self, last: Interval | None, now: datetime) -> Due:
        """The runs after `last` that are due.  Raises `Unforeseen` when the forecast does not say, or no longer."""
        place = self._place(last)
        assert self.forecast is not None
        forecast = self.forecast
        rest = [run.as_next() for run in forecast.runs[place:]]
        listed = tuple(itertools.takewhile(lambda run: run.run_after <= now, rest))
        if len(listed) < len(rest) or (forecast.ended and now < forecast.computed_at + LOOK_AGAIN):
            newest, before = (*reversed(listed[-2:]), None, None)[:2]
            following = rest[len(listed)] if len(listed) < len(rest) else None
            return Due(listed, len(listed), True, newest, before, following)
        past = forecast.past
        if past is None or past.count == place or now >= forecast.computed_at + FRESH:
            raise Unforeseen
        count = past.count - place
        before = past.before.as_next() if count > 1 else None
        return Due(listed, count, past.complete, past.newest.as_next(), before, None)

    def manual_interval(self, run_after: datetime) -> Interval:
        """Raises `Unforeseen`: the child process is asked for it."""
        raise Unforeseen

    def _place(self, last: Interval | None) -> int:
        """Index of the run after `last`."""
        if self.forecast is None or self.forecast.error:
            raise Unforeseen
        basis = self.forecast.last
        if (basis is None and last is None) or (last is not None and basis == (last.start, last.end)):
            return 0
        for index, run in enumerate(self.forecast.runs):
            if run.as_next().covered == last:
                return index + 1
        raise Unforeseen
