"""The dense list of runs, of one DAG or of all."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from fastapi import Depends, Query

from tradewind.errors import NotFoundError
from tradewind.server.api.responses import errors
from tradewind.server.context import Context
from tradewind.server.drawing.common import RunBar, run_bar
from tradewind.server.drawing.common import router as make_router
from tradewind.server.models.common import Answer
from tradewind.server.params import Cursor, QueryTime
from tradewind.spec.states import DagRunState, DagRunType
from tradewind.store.reads import Page, Range, Row, RunFilter

router = make_router()
OrderBy = Literal["run_after", "-run_after", "start_date", "-start_date", "duration", "-duration"]


LOOKED_AT = 1_000_000
"""Of the newest so many runs a part of an id is looked for: no index can tell it, and no request is to take the longer
the more history there is."""


class RunRow(RunBar):
    """A run as a row of the list."""

    dag_id: str
    dag_name: str
    reason: str | None
    conf: dict[str, Any]
    note: str | None
    triggered_by: str
    triggering_user: str | None
    partition_key: str | None
    version_number: int
    backfill_id: int | None


class RunListResponse(Answer):
    """A page of runs."""

    position: int
    runs: list[RunRow]
    next_cursor: str | None
    previous_cursor: str | None
    looked_at: int | None
    """Only so many of the newest runs were looked at; null: all."""


def which_runs(
    context: Context,
    dag_id: Annotated[str | None, Query(max_length=1000, description="Of this DAG; default: of all.")] = None,
    state: Annotated[list[DagRunState] | None, Query(max_length=5)] = None,
    run_type: Annotated[list[DagRunType] | None, Query(max_length=10)] = None,
    start: Annotated[
        QueryTime | None,
        Query(alias="from", description="Date of the first: its logical date, without one `run_after`."),
    ] = None,
    end: Annotated[QueryTime | None, Query(alias="to", description="Date before this.")] = None,
    search: Annotated[
        str | None, Query(max_length=200, description=f"Part of the run id, among the newest {LOOKED_AT:,} runs.")
    ] = None,
    dag: Annotated[str | None, Query(max_length=200, description="Part of the DAG id.")] = None,
    version: Annotated[int | None, Query(ge=0, le=2**31 - 1)] = None,
) -> RunFilter:
    """The filters of a list of runs."""
    if dag_id is not None and not context.store.reads.dags.exists(dag_id):
        raise NotFoundError(f"there is no DAG {dag_id!r}")
    looked_through = search or (version is not None and dag_id is None)
    return RunFilter(
        dag_ids=None if dag_id is None else [dag_id],
        states=[each.value for each in state] if state else None,
        run_types=[each.value for each in run_type] if run_type else None,
        date=Range(gte=start, lt=end) if start or end else None,
        run_id_pattern=_plain(search) if search else None,
        dag_id_pattern=_plain(dag) if dag else None,
        version_numbers=None if version is None else [version],
        after_id=context.store.reads.runs.newest(LOOKED_AT) if looked_through else None,
    )


WhichRuns = Annotated[RunFilter, Depends(which_runs)]


@router.get("/runs", responses=errors(404))
def list_runs(
    context: Context,
    which: WhichRuns,
    order_by: OrderBy = "-run_after",
    cursor: Cursor = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> RunListResponse:
    """Runs with all that a list shows of them, by default those for the latest times first.

    With `from` or `to` the order by `run_after` is that by the date of the runs, which these bound.
    """
    by = order_by.replace("run_after", "date") if which.date else order_by
    position = context.store.reads.changes.position()
    page = context.store.reads.runs.page(which, Page(limit, order_by=(by,), cursor=cursor or ""))
    tolerated = context.store.reads.runs.tolerated([row["id"] for row in page.items if row["state"] == "success"])
    return RunListResponse(
        position=position,
        runs=[_row(row, tolerated) for row in page.items],
        next_cursor=page.next_cursor,
        previous_cursor=page.previous_cursor,
        looked_at=None if which.after_id is None else LOOKED_AT,
    )


def _plain(text: str) -> str:
    """A text as a pattern that means only itself."""
    return re.sub(r"([\\\\%_|])", r"\\\1", text)


def _row(row: Row, tolerated: set[int]) -> RunRow:
    return RunRow(
        **run_bar({**row, "tolerated": row["id"] in tolerated}).model_dump(),
        dag_name=row["dag_display_name"] or row["dag_id"],
        triggering_user=row["triggering_user_name"],
        **{
            name: row[name]
            for name in (
                *("dag_id", "reason", "conf", "note", "triggered_by", "partition_key", "version_number"),
                "backfill_id",
            )
        },
    )
