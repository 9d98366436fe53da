"""Which runs a backfill is about: a range, a list of dates, partition keys, or what code of a custom timetable says.

Called by `store.backfills`: `ask` before its transaction, as another process answers, `span_for` inside it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine

from tradewind.core import backfill as rules
from tradewind.core import given_runs
from tradewind.core.backfill import Pick, Reprocess, Span, TaskChoice
from tradewind.errors import ConflictError, InvalidError
from tradewind.spec.dag import DagSpec
from tradewind.spec.forecast import ForeseenRun, RunsWanted
from tradewind.spec.schedule import NextRun
from tradewind.store.actions_common import aware
from tradewind.store.actions_trigger import usable_dag
from tradewind.store.engine import read
from tradewind.store.range_questions import ask_runs
from tradewind.store.reads.versions import VersionReads

Asked = tuple[NextRun, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a backfill is to do."""

    dag_id: str
    from_date: datetime | None = None
    to_date: datetime | None = None
    dates: Sequence[date | datetime] | None = None
    """Instead of a range: logical dates, or days for all runs of the day."""
    partition_keys: Sequence[str] | None = None
    """Instead of dates: of a DAG that runs by partitions."""
    run_backwards: bool = False
    reprocess_behavior: Reprocess = Reprocess.NONE
    only: Collection[Pick] | None = None
    """Instead of `reprocess_behavior`: exactly these."""
    tasks: TaskChoice | None = None
    conf: Mapping[str, Any] | None = None
    max_active_runs: int = 10
    stop_after: int | None = None
    run_on_latest_version: bool = False
    paused: bool = False
    origin: str = "user"
    reason: str | None = None


def ask(engine: Engine, versions: VersionReads, wanted: Wanted, now: Callable[[], datetime]) -> Asked | None:
    """What the code of the DAG's timetable says; None for a DAG whose schedule is data, and for partition keys.

    Raises UnansweredError when no DAG processor answers, InvalidError when the code failed or there are too many runs,
    and as `span_for`.
    """
    with read(engine) as connection:
        dag = usable_dag(connection, wanted.dag_id)
        spec = versions.specs([dag.version_id], connection)[dag.version_id]
    if spec.timetable.kind != "custom" or wanted.partition_keys is not None:
        return None
    start, end = _bounds(wanted)
    spans = given_runs.spans_of(spec, start, end, wanted.dates)
    if not spans:
        return ()
    answer = ask_runs(engine, wanted.dag_id, RunsWanted(spans=spans, most=rules.MAX_DATES), now)
    return tuple(run.as_next() for run in answer.runs)


def span_for(spec: DagSpec, wanted: Wanted, asked: Asked | None, now: datetime) -> Span:
    """The runs as a span; `asked`: what `ask` gave.  Raises InvalidError for what makes no sense, ConflictError when
    the DAG got a custom timetable meanwhile."""
    start, end = _bounds(wanted)
    backwards = wanted.run_backwards
    if wanted.partition_keys is not None:
        runs = given_runs.keyed(spec, wanted.partition_keys, now)
        dates = [run.partition_date for run in runs if run.partition_date is not None] or [now]
        keys = tuple(str(run.partition_key) for run in runs)
        return Span(min(dates), max(dates), None, backwards, keys, runs)
    if spec.timetable.kind == "custom":
        if asked is None:
            raise ConflictError(f"the schedule of DAG {spec.dag_id!r} changed meanwhile", fix="try again")
        runs = given_runs.found(spec, wanted.dates, asked)
        listed = None if wanted.dates is None else tuple(rules.date_of(run) for run in runs)
        first, last = (
            (rules.date_of(runs[0]), rules.date_of(runs[-1])) if start is None or end is None else (start, end)
        )
        return Span(first, last, listed, backwards, None, runs)
    if wanted.dates is not None:
        found = rules.dates_from(spec, wanted.dates)
        return Span(found[0], found[-1], found, backwards)
    assert start is not None and end is not None
    return Span(start, end, None, backwards)


def slots_body(span: Span) -> list[ForeseenRun] | None:
    """The runs of a span as they are stored; None when the schedule lists them."""
    if span.runs is None:
        return None
    return [
        ForeseenRun(
            run_after=run.run_after,
            start=run.interval.start if run.interval is not None else None,
            end=run.interval.end if run.interval is not None else None,
            partition_key=run.partition_key,
            partition_date=run.partition_date,
            run_id=run.run_id,
        )
        for run in span.runs
    ]


def _bounds(wanted: Wanted) -> tuple[datetime | None, datetime | None]:
    """The range, in UTC; None twice when there is a list instead.  Raises InvalidError."""
    ranged = wanted.from_date is not None or wanted.to_date is not None
    if [ranged, wanted.dates is not None, wanted.partition_keys is not None].count(True) > 1:
        raise InvalidError(
            "a backfill has a range, or a list of dates, or a list of partition keys", fix="leave the others out"
        )
    if wanted.partition_keys is not None:
        return None, None
    if wanted.dates is not None:
        for item in wanted.dates:
            aware("the date", item if isinstance(item, datetime) else None)
        return None, None
    start, end = aware("from_date", wanted.from_date), aware("to_date", wanted.to_date)
    if start is None or end is None:
        raise InvalidError(
            "the backfill needs from_date and to_date", fix="give both, or a list of dates or of partition keys"
        )
    return start.astimezone(UTC), end.astimezone(UTC)
