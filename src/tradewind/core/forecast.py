"""Which past runs a schedule is about to make, and which of them can be held back: what the guard of past runs and the
previews count.

Called by `services.guard` before the leader makes runs late, and by `store.previews` for people who unpause or change a
DAG.  A custom timetable is seen through its forecast, and `Unforeseen` says that it must be asked for one.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from tradewind.core.backfill import COUNTED, Span, date_of, extrapolated, slots
from tradewind.core.runs import bounds, may_be_scheduled, next_run
from tradewind.core.timetables import Timetable
from tradewind.core.timetables.foreseen import ForeseenTimetable
from tradewind.spec.dag import CatchupPolicy, DagSpec
from tradewind.spec.forecast import Restricted
from tradewind.spec.schedule import Interval, NextRun

SHOWN = 100
"""So many dates of runs are listed."""
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Forecast:
    """The runs that are due already, and the next one that is not."""

    count: int
    exact: bool
    """False: counted so far, then extrapolated."""
    first: datetime | None
    """Logical date of the oldest."""
    last: datetime | None
    """Logical date of the newest, exact in any case; None when only the code of the timetable could tell."""
    following: NextRun | None
    """The first run that is not due yet; None when there is none."""
    dates: tuple[datetime, ...] = ()
    """Logical dates of the first ones, ascending."""


@dataclass(frozen=True, slots=True)
class Flood:
    """Runs that are due, all but the newest."""

    first: NextRun
    passed: NextRun
    """The newest of them."""
    following: NextRun | None
    """The newest that is due; None: there are others between, which only the code of the timetable can tell."""
    count: int
    """About how many."""


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
    Raises `Unforeseen` for a custom timetable that has to be asked.
    """
    if isinstance(timetable, ForeseenTimetable) and may_be_scheduled(spec):
        return _foreseen(timetable, last, now)
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
    return Forecast(count, exact, seen[0] if seen else None, last, following, tuple(seen[:SHOWN]))


def _foreseen(timetable: ForeseenTimetable, last: Interval | None, now: datetime) -> Forecast:
    due = timetable.due(last, now)
    seen = [date_of(run) for run in due.listed]
    count = due.count
    if not due.complete and due.newest is not None and seen and date_of(due.newest) > seen[0]:
        count += round((now - date_of(due.newest)) / (date_of(due.newest) - seen[0]) * (count - 1))
    newest = due.newest if due.complete else None
    first = seen[0] if seen else None
    return Forecast(
        count, due.complete, first, None if newest is None else date_of(newest), due.following, tuple(seen[:SHOWN])
    )


def flood(
    spec: DagSpec, timetable: Timetable, last: Interval | None, now: datetime, *, counted: int = COUNTED
) -> Flood | None:
    """The runs that can be held back, so that the schedule goes on after them; None when there are none.

    Raises `Unforeseen` for a custom timetable that has to be asked.
    """
    if isinstance(timetable, ForeseenTimetable):
        due = timetable.due(last, now)
        if not due.listed or due.newest is None or due.before is None:
            return None
        if not due.complete:
            return Flood(due.listed[0], due.newest, None, due.count)
        return Flood(due.listed[0], due.before, due.newest, due.count - 1)
    first, newest = next_run(spec, timetable, last, now), newest_due(spec, timetable, last, now)
    if first is None or newest is None or date_of(first) >= date_of(newest):
        return None
    span = Span(date_of(first), date_of(newest) - _TICK, backwards=True)
    passed = next(itertools.islice(slots(spec, span, timetable=timetable), 1), None)
    if passed is None:
        return None
    return Flood(first, passed, newest, forecast(spec, timetable, last, now, counted=counted).count - 1)


def newest_due(spec: DagSpec, timetable: Timetable, last: Interval | None, now: datetime) -> NextRun | None:
    """The newest run that is due, without looking at those before it; None when none is due."""
    first = next_run(spec, timetable, last, now)
    if first is None or first.run_after > now:
        return None
    earliest, latest = bounds(spec)
    # a schedule that has ended is asked for the time of its end; what is due then has at most a few runs after it
    at = now if latest is None else min(now, latest)
    run: NextRun | None = timetable.since(last, earliest, latest, timetable.back(last, earliest, at, 1), now)
    newest = None
    while run is not None and run.run_after <= now and (newest is None or date_of(run) > date_of(newest)):
        newest = run
        run = timetable.next_run(run.covered, earliest, latest, True, now)
    return newest


def restricted(spec: DagSpec, last: Interval | None, last_run_after: datetime | None) -> Restricted:
    """What a custom timetable is told when it is asked which runs come next."""
    earliest, latest = bounds(spec)
    policy = spec.catchup_policy or CatchupPolicy(kind="all" if spec.catchup else "latest")
    times = None if last is None else (last.start, last.end)
    return Restricted(last=times, last_run_after=last_run_after, earliest=earliest, latest=latest, policy=policy)


def schedule_digest(spec: DagSpec) -> str:
    """SHA-256 (hex) of all that decides which runs the schedule makes.  A change of it is a change of the schedule."""
    earliest, latest = bounds(spec)
    said = msgspec.structs.replace(spec.timetable, summary="", description="")
    text = msgspec.json.encode([said, earliest, latest, spec.catchup], order="sorted")
    return hashlib.sha256(text).hexdigest()
