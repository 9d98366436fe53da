"""DAG runs: lists, single runs, waiting for one."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from anyio import sleep
from fastapi import Depends, HTTPException, Query, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from tradewind.core.timetables.base import zone
from tradewind.errors import NotFoundError
from tradewind.server.api.dags import found_dag
from tradewind.server.api.responses import errors
from tradewind.server.api.router import api_router
from tradewind.server.auth import VIEWER
from tradewind.server.context import Context, ServerContext
from tradewind.server.errors import unprocessable
from tradewind.server.models.runs import DAGRunCollectionResponse, DAGRunResponse, DAGRunsBatchBody, run_answer
from tradewind.server.params import (
    ALL,
    CursorPaged,
    DagId,
    Pattern,
    RunId,
    one_or_all,
    pattern,
    within,
)
from tradewind.server.xcom_values import shown
from tradewind.spec.ids import XCOM_RETURN_KEY
from tradewind.spec.states import FINISHED_RUN, DagRunState, DagRunType
from tradewind.store.reads import Range, Row, Rows, RunFilter

router = api_router("DagRun", VIEWER)
MAX_WAIT_INTERVAL = 3600.0


def found_run(context: ServerContext, dag_id: str, run_id: str) -> Row:
    """A row of `reads.runs`.  Raises NotFoundError."""
    row = context.store.reads.runs.get(dag_id, run_id)
    if row is None:
        raise NotFoundError(f"DAG {dag_id!r} has no run {run_id!r}")
    return row


def _answer(rows: Rows) -> DAGRunCollectionResponse:
    return DAGRunCollectionResponse(
        dag_runs=[run_answer(row) for row in rows.items],
        total_entries=rows.total,
        total_entries_limit=rows.counted,
        next_cursor=rows.next_cursor,
        previous_cursor=rows.previous_cursor,
    )


def _filter(
    run_after: Annotated[Range, within("run_after")],
    logical_date: Annotated[Range, within("logical_date")],
    start_date: Annotated[Range, within("start_date")],
    end_date: Annotated[Range, within("end_date")],
    updated_at: Annotated[Range, within("updated_at")],
    partition_date: Annotated[Range, within("partition_date", date, bounds=("gte", "lte"))],
    duration: Annotated[Range, within("duration", float)],
    run_id: Annotated[Pattern, pattern("run_id")],
    dag: Annotated[Pattern, pattern("dag_id")],
    user: Annotated[Pattern, pattern("triggering_user_name")],
    partition: Annotated[Pattern, pattern("partition_key")],
    conf_contains: Annotated[str | None, Query(max_length=2000)] = None,
    run_type: Annotated[list[DagRunType] | None, Query()] = None,
    state: Annotated[list[DagRunState] | None, Query()] = None,
    dag_version: Annotated[list[int] | None, Query(max_length=100)] = None,
    bundle_version: str | None = None,
    consuming_asset_pattern: str | None = None,
) -> RunFilter:
    return RunFilter(
        states=state,
        run_types=run_type,
        version_numbers=dag_version,
        run_after=run_after,
        logical_date=logical_date,
        start_date=start_date,
        end_date=end_date,
        updated_at=updated_at,
        duration=duration,
        conf_contains=conf_contains,
        run_id_pattern=run_id.pattern,
        run_id_prefix=run_id.prefix,
        dag_id_pattern=dag.pattern,
        dag_id_prefix=dag.prefix,
        user_pattern=user.pattern,
        user_prefix=user.prefix,
        partition_key_pattern=partition.pattern,
        partition_key_prefix=partition.prefix,
        partition_date=partition_date,
        bundle_version=bundle_version,
        consuming_asset_pattern=consuming_asset_pattern,
    )


@router.get("/dags/{dag_id}/dagRuns", responses=errors(404))
def get_dag_runs(
    context: Context, dag_id: DagId, which: Annotated[RunFilter, Depends(_filter)], page: CursorPaged
) -> DAGRunCollectionResponse:
    """The runs of a DAG; of all DAGs with `~`."""
    days = _days(context, dag_id, which.partition_date) if which.partition_date else None
    rows = context.store.reads.runs.page(replace(which, dag_ids=one_or_all(dag_id), partition_date=days), page)
    if not rows.items and dag_id != ALL:
        found_dag(context, dag_id)
    return _answer(rows)


def _days(context: ServerContext, dag_id: str, days: Range) -> Range:
    """Days of a DAG's own time zone, the last one whole, as times.  Raises HTTPException 400, NotFoundError."""
    if dag_id == ALL:
        raise HTTPException(400, "partition_date is a day in the time zone of one DAG: name the DAG in the path")
    schedule = found_dag(context, dag_id)["spec"].timetable
    if not schedule.partitioned:
        raise HTTPException(400, f"the schedule of DAG {dag_id!r} has no partitions: leave out partition_date")

    def midnight(day: date) -> datetime:
        return datetime.combine(day, time.min, zone(schedule.timezone))

    return Range(
        gte=midnight(days.gte) if days.gte is not None else None,
        lt=midnight(days.lte + timedelta(days=1)) if days.lte is not None else None,
    )


@router.post("/dags/{dag_id}/dagRuns/list", responses=errors())
def get_list_dag_runs_batch(context: Context, dag_id: DagId, body: DAGRunsBatchBody) -> DAGRunCollectionResponse:
    """Runs of several DAGs; the DAG id in the path is `~`."""
    if dag_id != ALL:
        raise unprocessable("the DAG id in the path must be ~; name the DAGs in dag_ids", "path", "dag_id")
    which = RunFilter(
        dag_ids=body.dag_ids,
        states=[state for state in body.states if state is not None] if body.states else None,
        conf_contains=body.conf_contains,
        **body.ranges(),
    )
    return _answer(context.store.reads.runs.page(which, body.page()))


@router.get("/dags/{dag_id}/dagRuns/{dag_run_id}", responses=errors(404))
def get_dag_run(context: Context, dag_id: DagId, dag_run_id: RunId) -> DAGRunResponse:
    """A run."""
    return run_answer(found_run(context, dag_id, dag_run_id))


@router.get(
    "/dags/{dag_id}/dagRuns/{dag_run_id}/wait",
    tags=["experimental"],
    responses={
        200: {
            "content": {"application/x-ndjson": {"schema": {"type": "string"}}, "application/json": {"schema": {}}},
            "description": "One line per look.",
        },
        **errors(404),
    },
    response_class=StreamingResponse,
)
def wait_dag_run_until_finished(
    context: Context,
    request: Request,
    dag_id: DagId,
    dag_run_id: RunId,
    interval: Annotated[float, Query(gt=0, le=MAX_WAIT_INTERVAL, description="Seconds between two looks.")],
    result: Annotated[list[str] | None, Query(max_length=100, description="Tasks whose results to tell.")] = None,
) -> StreamingResponse:
    """The state of a run as a line of JSON at every interval, until it has finished; then the results."""
    found_run(context, dag_id, dag_run_id)
    lines = _states(context, dag_id, dag_run_id, interval, result or [])
    # Airflow's published client wants JSON and refuses any other type, but reads what has none
    wants_json = "application/json" in request.headers.get("accept", "")
    return StreamingResponse(lines, media_type=None if wants_json else "application/x-ndjson")


async def _states(
    context: ServerContext, dag_id: str, run_id: str, interval: float, tasks: list[str]
) -> AsyncIterator[str]:
    while True:
        state = await run_in_threadpool(context.store.reads.runs.state, dag_id, run_id)
        if state is None:  # the run was deleted meanwhile
            return
        line: dict[str, Any] = {"state": state}
        if state in FINISHED_RUN:
            if tasks:
                line["results"] = await run_in_threadpool(_results, context, dag_id, run_id, tasks)
            yield json.dumps(line) + "\n"
            return
        yield json.dumps(line) + "\n"
        await sleep(interval)


def _results(context: ServerContext, dag_id: str, run_id: str, tasks: list[str]) -> dict[str, Any]:
    """Task id -> its result; of a mapped task the list of its results."""
    results: dict[str, Any] = {}
    for row in context.store.reads.xcoms.results(dag_id, run_id, tasks, XCOM_RETURN_KEY):
        value = shown(context.store, row["value"], XCOM_RETURN_KEY)
        if row["map_index"] < 0:
            results[row["task_id"]] = value
        else:
            results.setdefault(row["task_id"], []).append(value)
    return results
