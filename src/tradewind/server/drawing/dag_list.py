"""The dense list of DAGs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import Depends, Query

from tradewind.core.estimate import percentile
from tradewind.core.schedule_words import said
from tradewind.errors import NotFoundError
from tradewind.server.api.responses import errors
from tradewind.server.auth import User
from tradewind.server.context import Context
from tradewind.server.drawing.common import RunBar, run_bar
from tradewind.server.drawing.common import router as make_router
from tradewind.server.models.common import Answer
from tradewind.server.models.explain import ExplanationResponse, explanation_answer
from tradewind.server.models.phrases import PhraseResponse, phrase_answer
from tradewind.server.params import Cursor, DagId
from tradewind.store.reads import Page, Row
from tradewind.store.reads.dag_list import DagListFilter

router = make_router()
BARS = 14
Names = Annotated[list[str] | None, Query(max_length=50)]
OrderBy = Literal[
    "dag_id",
    "-dag_id",
    "dag_display_name",
    "-dag_display_name",
    "next_run",
    "-next_run",
    "last_run",
    "-last_run",
    "state",
    "-state",
    "owner",
    "-owner",
]


class NextRunFacts(Answer):
    """The run that the schedule makes next."""

    run_after: datetime
    logical_date: datetime | None
    data_interval_start: datetime | None
    data_interval_end: datetime | None


class DagFacts(Answer):
    """A DAG as a row of the list."""

    dag_id: str
    name: str
    description: str | None
    paused: bool
    stale: bool
    """Its file is gone, or does not define it any more."""
    has_import_errors: bool
    owners: list[str]
    tags: list[str]
    favorite: bool
    schedule: str | None
    """As the author wrote it, or the timetable says: a cron, `@daily`, a class."""
    schedule_description: str | None
    """What it means in words; empty where the timetable has none."""
    schedule_said: PhraseResponse | None
    """`schedule_description` as data; null where it is no sentence of Tradewind."""
    by_assets: bool
    """It runs when assets are updated."""
    next_run: NextRunFacts | None
    """Null: no schedule, no further run, or not known yet.  A paused DAG keeps it, but makes no run."""
    runs: list[RunBar]
    """The newest, newest first, at most 14."""
    state: str | None
    """Of the newest run; null: it never ran."""
    active_runs: int
    """Queued or running among the newest 30."""
    p50_seconds: float | None
    """Median duration of the successful ones among the newest 30 runs; null: there is none."""
    p95_seconds: float | None
    relative_fileloc: str
    last_parsed_at: datetime | None
    max_active_runs: int


class DagHead(DagFacts):
    """A DAG as the head of its pages."""

    explained: ExplanationResponse
    """Why it makes no new run, or when the next one comes."""


class DagListResponse(Answer):
    """A page of DAGs."""

    position: int
    dags: list[DagFacts]
    next_cursor: str | None
    previous_cursor: str | None


class DagFiltersResponse(Answer):
    """What the filters of the list offer."""

    tags: list[str]
    owners: list[str]


def which_dags(
    user: User,
    search: Annotated[str | None, Query(max_length=200, description="Part of the id, name or a tag.")] = None,
    tag: Names = None,
    owner: Names = None,
    state: Annotated[
        list[Literal["queued", "running", "success", "failed", "never"]] | None,
        Query(max_length=5, description="State of the newest run."),
    ] = None,
    paused: bool | None = None,
    favorite: Annotated[bool, Query(description="Only favourites.")] = False,
    import_errors: bool | None = None,
) -> DagListFilter:
    """The filters of a list of DAGs."""
    return DagListFilter(
        search=search.strip() if search else None,
        tags=tag,
        owners=owner,
        states=state,
        paused=paused,
        favorite_of=user.username if favorite else None,
        broken=import_errors,
    )


WhichDags = Annotated[DagListFilter, Depends(which_dags)]


@router.get("/dags", responses=errors())
def list_dags(
    context: Context,
    user: User,
    which: WhichDags,
    order_by: OrderBy = "dag_id",
    cursor: Cursor = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> DagListResponse:
    """DAGs with their newest runs as bars, what comes next, and how long they take."""
    page = Page(limit, order_by=(order_by,), cursor=cursor or "")
    position, rows = context.store.reads.dag_list.page(which, page, user.username)
    return DagListResponse(
        position=position,
        dags=[dag_facts(row) for row in rows.items],
        next_cursor=rows.next_cursor,
        previous_cursor=rows.previous_cursor,
    )


@router.get("/dags-filters", responses=errors())
def get_dag_filters(context: Context) -> DagFiltersResponse:
    """The tags and owners in use."""
    tags, owners = context.store.reads.dag_list.names()
    return DagFiltersResponse(tags=tags, owners=owners)


@router.get("/dags/{dag_id}", responses=errors(404))
def get_dag_facts(context: Context, user: User, dag_id: DagId) -> DagHead:
    """One DAG, as in the list, and what it waits for."""
    row = context.store.reads.dag_list.get(dag_id, user.username)
    if row is None:
        raise NotFoundError(f"there is no DAG {dag_id!r}")
    explained = context.store.reads.explain.dag(dag_id, context.now(), context.lease_ttl)
    return DagHead(**dag_facts(row).model_dump(), explained=explanation_answer(explained))


def dag_facts(row: Row) -> DagFacts:
    """From a row of `reads.dag_list`."""
    runs: list[Row] = row["runs"]
    took = sorted(
        (run["end_date"] - run["start_date"]).total_seconds()
        for run in runs
        if run["state"] == "success" and run["start_date"] is not None and run["end_date"] is not None
    )
    following = None
    if row["next_run_after"] is not None:
        following = NextRunFacts(
            run_after=row["next_run_after"],
            logical_date=row["next_logical_date"],
            data_interval_start=row["next_interval_start"],
            data_interval_end=row["next_interval_end"],
        )
    return DagFacts(
        dag_id=row["dag_id"],
        name=row["display_name"] or row["dag_id"],
        description=row["description"],
        paused=row["paused"],
        stale=row["stale"],
        has_import_errors=row["has_import_errors"],
        owners=[name.strip() for name in row["owners"].split(",") if name.strip()],
        tags=row["tags"],
        favorite=row["favorite"],
        schedule=row["timetable_summary"],
        schedule_description=row["timetable_description"],
        schedule_said=phrase_answer(said(row["timetable_summary"] or "", row["timetable_description"] or "")),
        by_assets=bool(row["by_assets"]),
        next_run=following,
        runs=[run_bar(run) for run in runs[:BARS]],
        state=runs[0]["state"] if runs else None,
        active_runs=sum(run["state"] in ("queued", "running") for run in runs),
        p50_seconds=percentile(took, 0.5),
        p95_seconds=percentile(took, 0.95),
        relative_fileloc=row["relative_fileloc"],
        last_parsed_at=row["last_parsed_at"],
        max_active_runs=row["max_active_runs"],
    )
