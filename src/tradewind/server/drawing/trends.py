"""The calendar of a DAG, and how long its runs take."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

from fastapi import Query

from tradewind.core.estimate import percentile
from tradewind.core.timetables.base import zone
from tradewind.errors import AirflowTimetableInvalid, InvalidError, NotFoundError
from tradewind.server.api.responses import errors
from tradewind.server.context import Context, ServerContext
from tradewind.server.drawing.common import router as make_router
from tradewind.server.drawing.common import times
from tradewind.server.models.common import Answer
from tradewind.server.params import DagId, QueryTime
from tradewind.store.dated import date_of

router = make_router()
MOST_RUNS = 20_000
MOST_PLANNED = 300
LONGEST = timedelta(days=400)
LAST = datetime.max.replace(tzinfo=UTC) - LONGEST


class CalendarCell(Answer):
    """A day or an hour."""

    at: datetime
    """Its start, in the time zone asked for."""
    counts: dict[str, int]
    """State of runs -> how many; `planned` for runs to come.  Those that succeeded although a task failed are
    `tolerated` and no `success`."""


class CalendarResponse(Answer):
    """Runs by day or hour."""

    dag_id: str
    granularity: Literal["daily", "hourly"]
    timezone: str
    cells: list[CalendarCell]
    """Those with runs, oldest first."""
    complete_from: datetime
    """Runs before this are not counted: there are too many."""
    planned_complete: bool
    """All runs to come up to the end are counted."""


class DurationsResponse(Answer):
    """Durations over the newest runs, oldest first; every list has an entry for each run.  Times are milliseconds since
    1970 (UTC)."""

    dag_id: str
    task_id: str | None
    run_id: list[str]
    run_type: list[str]
    state: list[str | None]
    tolerated: list[bool]
    """The run succeeded although a task failed; of a task always false."""
    logical_date: list[int | None]
    run_after: list[int | None]
    queued: list[int | None]
    start: list[int | None]
    end: list[int | None]
    queued_seconds: list[float | None]
    """From queued to start."""
    seconds: list[float | None]
    """From start to end; null: it is not over."""
    p50_seconds: float | None
    """Of the successful ones."""
    p95_seconds: float | None


@router.get("/dags/{dag_id}/calendar", responses=errors(404))
def get_dag_calendar(
    context: Context,
    dag_id: DagId,
    start: Annotated[
        QueryTime | None, Query(description="Default: a year, or for hours a week, before the end.")
    ] = None,
    end: Annotated[QueryTime | None, Query(description="Default: a month, or for hours a day, from now.")] = None,
    granularity: Literal["daily", "hourly"] = "daily",
    timezone: Annotated[str, Query(max_length=100)] = "UTC",
) -> CalendarResponse:
    """How many runs of a DAG are of which day, or hour, by state, those to come too.  A run is of its logical date, as
    lists call it; without one of the time from which it may run."""
    try:
        where = zone(timezone)
    except AirflowTimetableInvalid as error:
        raise InvalidError(error.message, fix=error.fix) from None
    now = context.now()
    daily = granularity == "daily"
    until = end or now + (timedelta(days=31) if daily else timedelta(days=1))
    since = start or until - (timedelta(days=396) if daily else timedelta(days=8))
    if not since < until or until - since > LONGEST:
        raise InvalidError(
            f"the calendar shows up to {LONGEST.days} days, from start to a later end", fix="ask for less"
        )
    if not context.store.reads.dags.exists(dag_id):
        raise NotFoundError(f"there is no DAG {dag_id!r}")
    rows = context.store.reads.trends.runs_between(dag_id, since, until, MOST_RUNS)
    cells: defaultdict[datetime, Counter[str]] = defaultdict(Counter)

    def cell(at: datetime) -> datetime:
        local = at.astimezone(where)
        return local.replace(hour=0 if daily else local.hour, minute=0, second=0, microsecond=0)

    for row in rows:
        cells[cell(row.date)]["tolerated" if row.tolerated else row.state] += 1
    # a run is due when the time that it is of is over: rarely more than a year after its date
    horizon = min(until, LAST) + LONGEST
    planned, more = context.store.reads.schedule.planned(max(since, now), horizon, now, MOST_PLANNED, [dag_id])
    dates = [date_of(run.logical_date, run.run_after) for run in planned]
    for at in dates:
        if since <= at < until:
            cells[cell(at)]["planned"] += 1
    return CalendarResponse(
        dag_id=dag_id,
        granularity=granularity,
        timezone=timezone,
        cells=[
            CalendarCell(at=at, counts=dict(counts))
            for at, counts in sorted(cells.items(), key=lambda item: item[0].astimezone(UTC))
        ],
        complete_from=rows[-1].date if len(rows) == MOST_RUNS else since,
        planned_complete=not more or dates[-1] >= until,
    )


@router.get("/dags/{dag_id}/durations", responses=errors(404))
def get_dag_durations(
    context: Context,
    dag_id: DagId,
    task_id: Annotated[str | None, Query(max_length=1000, description="Of this task instead of the runs.")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> DurationsResponse:
    """How long the newest runs of a DAG, or one of its tasks in them, waited and took."""
    if not context.store.reads.dags.exists(dag_id):
        raise NotFoundError(f"there is no DAG {dag_id!r}")
    return durations_of(context, dag_id, limit, task_id)


def durations_of(context: ServerContext, dag_id: str, limit: int, task_id: str | None = None) -> DurationsResponse:
    """Of the newest `limit` runs of a DAG, or of one of its tasks in them."""
    rows = context.store.reads.trends.durations(dag_id, limit, task_id)

    def seconds(first: datetime | None, last: datetime | None) -> float | None:
        return None if first is None or last is None else max(0.0, (last - first).total_seconds())

    took = [seconds(row["start_date"], row["end_date"]) for row in rows]
    good = sorted(each for each, row in zip(took, rows, strict=True) if each is not None and row["state"] == "success")
    return DurationsResponse(
        dag_id=dag_id,
        task_id=task_id,
        run_id=[row["run_id"] for row in rows],
        run_type=[row["run_type"] for row in rows],
        state=[row["state"] for row in rows],
        tolerated=[row["tolerated"] for row in rows],
        logical_date=times(rows, "logical_date"),
        run_after=times(rows, "run_after"),
        queued=times(rows, "queued_at"),
        start=times(rows, "start_date"),
        end=times(rows, "end_date"),
        queued_seconds=[seconds(row["queued_at"], row["start_date"]) for row in rows],
        seconds=took,
        p50_seconds=percentile(good, 0.5),
        p95_seconds=percentile(good, 0.95),
    )
