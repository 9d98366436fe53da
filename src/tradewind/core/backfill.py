"""What a backfill makes of each logical date, and in which order.

Called by `store.backfills` (create, dry run) and `services.backfills` (the leader).  The dates of a long range are
never listed at once: `slots` gives one after the other from wherever the backfill stands.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from tradewind.core.graph import Graph
from tradewind.core.patterns import Pattern
from tradewind.core.phrases import say
from tradewind.core.timetables import Timetable, build, partitions
from tradewind.core.timetables.base import zone
from tradewind.core.timetables.delta import Distance
from tradewind.errors import InvalidError
from tradewind.spec.dag import DagSpec
from tradewind.spec.schedule import NextRun
from tradewind.spec.states import FINISHED_RUN, DagRunState

MAX_DATES = 10_000
"""Most dates that a backfill can be given as a list."""
COUNTED = 10_000
"""Dates up to here are counted one by one; what follows is extrapolated."""
_TICK = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WINDOW = 200
"""Runs in a piece of a range that is walked backwards, about."""
_NO_RHYTHM = frozenset({"none", "once", "continuous", "custom"})


class Pick(StrEnum):
    """Which logical dates a backfill runs, by the state of the run that is there."""

    MISSING = "missing"
    FAILED = "failed"
    COMPLETED = "completed"
    """The run succeeded."""


class Reprocess(StrEnum):
    """Airflow's words for the same: each includes the ones before."""

    NONE = "none"
    FAILED = "failed"
    COMPLETED = "completed"


PICKS: dict[Reprocess, frozenset[Pick]] = {
    Reprocess.NONE: frozenset({Pick.MISSING}),
    Reprocess.FAILED: frozenset({Pick.MISSING, Pick.FAILED}),
    Reprocess.COMPLETED: frozenset(Pick),
}


class Action(StrEnum):
    """What a backfill does with one logical date."""

    CREATE = "create"
    RERUN = "rerun"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class TaskChoice:
    """The tasks that a backfill runs: named ones and those whose id a regular expression is found in."""

    ids: tuple[str, ...] = ()
    regex: str | None = None
    upstream: bool = False
    downstream: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """The logical dates of a backfill: a range (both ends included), or a list."""

    from_date: datetime
    to_date: datetime
    dates: tuple[datetime, ...] | None = None
    """Ascending, each once."""
    backwards: bool = False
    keys: tuple[str, ...] | None = None
    """Instead of dates: partition keys."""
    runs: tuple[NextRun, ...] | None = None
    """The runs themselves, where no schedule lists them: see `core.given_runs`."""
    place: int = 0
    """How many runs were taken before `runs`."""
    more: bool = False
    """Others follow `runs`, which only the code of the timetable can tell."""


@dataclass(frozen=True, slots=True)
class Existing:
    """The run that a logical date has already."""

    pk: int
    run_id: str
    state: DagRunState


@dataclass(frozen=True, slots=True)
class Planned:
    """One logical date of a backfill."""

    run: NextRun
    action: Action
    reason: str
    """Begins with Airflow's word where it has one: `already exists`, `in flight`, `unknown`."""
    existing: Existing | None = None


# --- which runs -------------------------------------------------------------------------------------------------------


def date_of(run: NextRun) -> datetime:
    """The date that stands for the run in a backfill: the logical date, or that of its partition."""
    return run.logical_date or run.partition_date or run.run_after


def decide(run: NextRun, existing: Existing | None, picks: frozenset[Pick], now: datetime) -> Planned:
    """What the backfill does with this date, and why."""
    if run.run_after > now:
        return Planned(run, Action.SKIP, str(say("recorded.not_due", at=run.run_after.isoformat())), existing)
    if existing is None:
        if Pick.MISSING in picks:
            return Planned(run, Action.CREATE, str(say("recorded.missing")))
        return Planned(run, Action.SKIP, str(say("recorded.missing_unwanted")))
    if existing.state not in FINISHED_RUN:
        return Planned(run, Action.SKIP, _why("in_flight", existing), existing)
    wanted = Pick.FAILED if existing.state is DagRunState.FAILED else Pick.COMPLETED
    if wanted in picks:
        return Planned(run, Action.RERUN, _why("rerun", existing), existing)
    return Planned(run, Action.SKIP, _why("exists", existing), existing)


def _why(word: str, existing: Existing) -> str:
    return str(say(f"recorded.{word}", run=existing.run_id, state=existing.state.value))


def slots(
    spec: DagSpec,
    span: Span,
    *,
    after: datetime | None = None,
    taken: int = 0,
    timetable: Timetable | None = None,
) -> Iterator[NextRun]:
    """The runs of the span in the order in which the backfill takes them, each logical date or partition once.

    `after`: the logical date that was taken last; `taken`: how many were.  What comes next costs the same wherever in
    the span that is.
    """
    custom = spec.timetable.kind == "custom"
    if span.runs is not None and (custom or not span.more):
        runs = reversed(span.runs) if span.backwards else iter(span.runs)
        yield from itertools.islice(runs, taken - span.place, None)
        return
    timetable = timetable or build(spec.timetable)
    if custom:
        return  # its code must be asked: `asks`
    if span.dates is not None:
        ordered = reversed(span.dates) if span.backwards else iter(span.dates)
        for at in ordered:
            if after is None or (at < after if span.backwards else at > after):
                yield _at(spec, timetable, at)
    elif not span.backwards:
        yield from _forward(spec, timetable, span.from_date if after is None else after + _TICK, span.to_date)
    else:
        yield from _backward(spec, timetable, span.from_date, span.to_date if after is None else after - _TICK)


def asks(spec: DagSpec, span: Span) -> bool:
    """Whether more runs follow those of `slots`, and only the code of the timetable can tell which."""
    if spec.timetable.kind != "custom" or span.dates is not None or span.keys is not None:
        return False
    return span.runs is None or span.more


def _at(spec: DagSpec, timetable: Timetable, at: datetime) -> NextRun:
    """The run for one logical date; a schedule that does not know it (any more) gives it a manual run's interval."""
    run = next(_forward(spec, timetable, at, at), None)
    return run if run is not None else NextRun(at, timetable.manual_interval(at), at)


def _forward(spec: DagSpec, timetable: Timetable, start: datetime, end: datetime) -> Iterator[NextRun]:
    if spec.timetable.kind in _NO_RHYTHM or start > end:
        return
    earliest = _aligned(spec, start)
    run = timetable.next_run(None, earliest, None, True, start)
    newest = start - _TICK
    while run is not None and (at := date_of(run)) <= end:
        if at > newest:
            newest = at
            yield run
        run = timetable.next_run(run.covered, earliest, None, True, start)


def _backward(spec: DagSpec, timetable: Timetable, start: datetime, end: datetime) -> Iterator[NextRun]:
    """Piece by piece from the end, as a schedule can only be asked for the next run."""
    first = []
    for run in _forward(spec, timetable, start, end):
        first.append(date_of(run))
        if len(first) == 2:
            break
    if not first:
        return
    width = (first[-1] - first[0]) * _WINDOW if len(first) == 2 else end - start + _TICK
    while end >= start:
        low = start if end - start <= width else end - width
        found = list(_forward(spec, timetable, low, end))
        yield from reversed(found)
        end = low - _TICK
        if not found:
            width *= 2


def _aligned(spec: DagSpec, at: datetime) -> datetime:
    """From where a schedule has its first run at or after `at`.  One with a fixed distance has no places of its own but
    those that its scheduled runs have."""
    timetable = spec.timetable
    if timetable.kind == "cron_partition":
        return partitions(timetable).fire_time(at)  # the date of the partition lies before or after it
    if not timetable.kind.startswith("delta"):
        return at
    starts = [spec.start_date, *(task.start_date for task in spec.tasks)]
    anchor = min((start for start in starts if start is not None), default=None)
    if anchor is None or (not spec.catchup and not timetable.months and timetable.kind == "delta_interval"):
        anchor = _EPOCH
    delta = timedelta(seconds=timetable.delta)
    if not timetable.months:
        return anchor - (anchor - at) // delta * delta
    distance = Distance(delta, timetable.months)
    while anchor > at:
        anchor = distance.before(anchor)
    while anchor < at:
        anchor = distance.after(anchor)
    return anchor


def expected(spec: DagSpec, span: Span, *, timetable: Timetable | None = None) -> tuple[int, bool]:
    """How many logical dates the span has, and whether that is exact: beyond `COUNTED` it is extrapolated."""
    if span.runs is not None or span.dates is not None:
        return len(span.runs if span.runs is not None else span.dates or ()), True
    forward = Span(span.from_date, span.to_date)
    return extrapolated((date_of(run) for run in slots(spec, forward, timetable=timetable)), span.to_date)


def extrapolated(dates: Iterable[datetime], end: datetime, counted: int = COUNTED) -> tuple[int, bool]:
    """How many ascending dates there are up to `end`, and whether that is exact."""
    count, first, at = 0, None, None
    for at in dates:
        first = at if first is None else first
        count += 1
        if count > counted:
            break
    if count <= counted or first is None or at is None or at <= first:
        return count, True
    return count + round((end - at) / (at - first) * (count - 1)), False


# --- what may be asked for --------------------------------------------------------------------------------------------


def check(spec: DagSpec, span: Span, picks: frozenset[Pick], choice: TaskChoice | None, now: datetime) -> None:
    """Raise InvalidError when such a backfill makes no sense, with Airflow's rules for `depends_on_past`."""
    dag_id = spec.dag_id
    if not picks:
        raise InvalidError("the backfill would run nothing", fix="choose from: missing, failed, completed")
    if span.from_date > span.to_date:
        raise InvalidError(
            f"the backfill begins ({span.from_date.isoformat()}) after it ends ({span.to_date.isoformat()})",
            fix="exchange from_date and to_date",
        )
    if span.to_date > now:
        raise InvalidError(
            f"a backfill cannot be made for future dates: {span.to_date.isoformat()} has not come yet",
            fix=f"use {now.isoformat()} or earlier",
        )
    if span.runs is None and span.dates is None and spec.timetable.kind in _NO_RHYTHM:
        raise InvalidError(
            f"DAG {dag_id!r} has no schedule with dates in a range", fix="give the logical dates one by one"
        )
    graph = Graph(spec)
    chosen = set(graph.order) if choice is None else set(choose(graph, choice))
    if not chosen:
        raise InvalidError(
            f"no task of DAG {dag_id!r} fits the choice", fix=f"see its tasks with: tradewind tasks list {dag_id}"
        )
    past = [
        task for task in spec.tasks if task.task_id in chosen and (task.depends_on_past or task.wait_for_downstream)
    ]
    if not past:
        return
    looks = f"task {past[0].task_id!r} of DAG {dag_id!r} looks at the run before (depends_on_past)"
    if span.backwards:
        raise InvalidError(f"{looks}: a backfill cannot run backwards", fix="leave run_backwards out")
    if picks == PICKS[Reprocess.NONE]:
        raise InvalidError(
            f"{looks}: a backfill of missing runs only could wait for ever for a failed one",
            fix="set reprocess_behavior to failed or completed",
        )


def choose(graph: Graph, choice: TaskChoice) -> tuple[str, ...]:
    """The chosen tasks that this version of the DAG has, in topological order, with the setups and teardowns that they
    need.  Raises InvalidError for a regular expression that is none, or that could take for ever (see `core.patterns`).
    """
    regex = None if choice.regex is None else Pattern(choice.regex)
    named = set(choice.ids)
    wanted = [task for task in graph.order if task in named or (regex is not None and regex.search(task))]
    return tuple(graph.select(wanted, upstream=choice.upstream, downstream=choice.downstream)) if wanted else ()


def dates_from(spec: DagSpec, given: Iterable[date | datetime]) -> tuple[datetime, ...]:
    """The logical dates that a list means, ascending: a day stands for all runs of that day in the schedule's zone.

    Raises InvalidError for a time that the schedule does not have, and for an empty or too long list.
    """
    timetable = build(spec.timetable)
    rhythm = spec.timetable.kind not in _NO_RHYTHM
    found: set[datetime] = set()
    for item in given:
        if isinstance(item, datetime):
            start = end = item.astimezone(UTC)
        else:
            here = zone(spec.timetable.timezone)
            start = datetime(item.year, item.month, item.day, tzinfo=here).astimezone(UTC)
            end = (
                start
                if not rhythm
                else datetime(item.year, item.month, item.day, 23, 59, 59, 999999, tzinfo=here).astimezone(UTC)
            )
        runs = [date_of(run) for run in _forward(spec, timetable, start, end)] if rhythm else [start]
        if not runs:
            following = next(_forward(spec, timetable, end, end + timedelta(days=400)), None)
            after = f"; the next is {date_of(following).isoformat()}" if following is not None else ""
            raise InvalidError(
                f"the schedule of DAG {spec.dag_id!r} has no run at {item.isoformat()}{after}",
                fix="use logical dates of the schedule, or a day (2024-05-01) for all runs of that day",
            )
        found.update(runs)
        if len(found) > MAX_DATES:
            raise InvalidError(f"more than {MAX_DATES:,} dates", fix="use a range, or several backfills")
    if not found:
        raise InvalidError("the list of dates is empty", fix="give at least one date, or a range")
    return tuple(sorted(found))


def overlap(one: Span, other: Span) -> bool:
    """Whether two backfills may want the same logical date or partition."""
    if one.keys is not None and other.keys is not None:
        return not set(one.keys).isdisjoint(other.keys)
    if one.from_date > other.to_date or other.from_date > one.to_date:
        return False
    if one.dates is None and other.dates is None:
        return True
    if one.dates is not None and other.dates is not None:
        return not set(one.dates).isdisjoint(other.dates)
    dates, span = (one.dates, other) if one.dates is not None else (other.dates, one)
    assert dates is not None
    return any(span.from_date <= at <= span.to_date for at in dates)
