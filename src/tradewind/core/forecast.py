"""Which past runs a schedule is about to make: what the guard of past runs and the previews count.

Called by `services.guard` before the leader makes runs late, and by `store.previews` for people who unpause or change a
DAG.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import msgspec

from tradewind.core.backfill import COUNTED, date_of, extrapolated
from tradewind.core.runs import bounds, next_run
from tradewind.core.timetables import Timetable
from tradewind.core.timetables.foreseen import Unforeseen
from tradewind.spec.dag import DagSpec
from tradewind.spec.schedule import Interval, NextRun


@dataclass(frozen=True, slots=True)
class Forecast:
    """The runs that are due already, and the next one that is not."""

    count: int
    exact: bool
    """False: counted so far, then extrapolated."""
    first: datetime | None
    """Logical date of the oldest."""
    last: datetime | None
    """Logical date of the newest, exact in any case."""
    following: NextRun | None
    """The first run that is not due yet; None when there is none."""


def due_runs(spec: DagSpec, timetable: Timetable, last: Interval | None, now: datetime) -> Iterator[NextRun]:
    """The runs that the schedule makes at once at `now`, oldest first."""
    run = next_run(spec, timetable, last, now)
    newest: datetime | None = None
    while run is not None and run.run_after <= now and (newest is None or date_of(run) > newest):
        yield run
        newest = date_of(run)
        run = next_run(spec, timetable, run.covered, now)


def forecast(
    spec: DagSpec, timetable: Timetable, last: Interval | None, now: datetime, *, counted: int = COUNTED
) -> Forecast:
    """What unpausing a DAG makes, or a new version of it.

    `last`: data interval of the newest scheduled run; `counted`: so many are counted one by one: that is its cost.
    Of a custom timetable that was not asked yet nothing is known: count 0, not exact.
    """
    try:
        return _forecast(spec, timetable, last, now, counted)
    except Unforeseen:
        return Forecast(0, False, None, None, None)


def _forecast(spec: DagSpec, timetable: Timetable, last: Interval | None, now: datetime, counted: int) -> Forecast:
    if timetable.active_runs_limit is not None:
        # a continuous schedule makes one run after the other: it has no past to catch up
        run = next_run(spec, timetable, last, now)
        due = [run] if run is not None and run.run_after <= now else []
        return _answer([date_of(at) for at in due], len(due), True, None, run if not due else None)
    seen: list[datetime] = []
    tail: Interval | None = None

    def dates() -> Iterator[datetime]:
        nonlocal tail
        for run in due_runs(spec, timetable, last, now):
            seen.append(date_of(run))
            tail = run.covered
            yield seen[-1]

    count, exact = extrapolated(dates(), now, counted)
    newest = None if exact else newest_due(spec, timetable, last, now)
    if newest is not None:
        tail = newest.covered
    following = next_run(spec, timetable, tail or last, now)
    if following is not None and following.run_after <= now:
        following = None
    return _answer(seen, count, exact, newest, following)


def _answer(
    seen: list[datetime], count: int, exact: bool, newest: NextRun | None, following: NextRun | None
) -> Forecast:
    last = date_of(newest) if newest is not None else (seen[-1] if seen else None)
    return Forecast(count, exact, seen[0] if seen else None, last, following)


def newest_due(spec: DagSpec, timetable: Timetable, last: Interval | None, now: datetime) -> NextRun | None:
    """The newest run that is due, without looking at those before it; None when none is due."""
    earliest, latest = bounds(spec)
    run = timetable.next_run(last, earliest, latest, False, now)
    return run if run is not None and run.run_after <= now else None


def schedule_digest(spec: DagSpec) -> str:
    """SHA-256 (hex) of all that decides which runs the schedule makes.  A change of it is a change of the schedule."""
    earliest, latest = bounds(spec)
    said = msgspec.structs.replace(spec.timetable, summary="", description="")
    text = msgspec.json.encode([said, earliest, latest, spec.catchup], order="sorted")
    return hashlib.sha256(text).hexdigest()
