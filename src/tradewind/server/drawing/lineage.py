"""The graph of assets and DAGs, and the search over everything."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import Query

from tradewind.server.api.responses import errors
from tradewind.server.auth import User
from tradewind.server.context import Context
from tradewind.server.drawing.common import router as make_router
from tradewind.server.models.common import Answer
from tradewind.store.reads.search import Kind

router = make_router()
OPEN_KINDS: tuple[Kind, ...] = ("dag", "run", "task", "asset", "pool")
OPERATOR_KINDS: tuple[Kind, ...] = ("connection", "variable")


class LineageAsset(Answer):
    """An asset in the graph."""

    id: int
    name: str
    uri: str
    group: str
    active: bool
    """Some DAG that is there names it."""
    last_at: datetime | None
    """Of its newest event."""


class LineageDag(Answer):
    """A DAG in the graph."""

    dag_id: str
    name: str
    paused: bool
    stale: bool
    owners: str


class LineageEdge(Answer):
    """A DAG uses an asset."""

    asset_id: int
    dag_id: str
    role: Literal["schedule", "inlet", "outlet"]
    """`outlet`: from the DAG to the asset; the others: from the asset to the DAG."""
    task_id: str | None


class LineageResponse(Answer):
    """A part of the graph of assets and DAGs."""

    position: int
    assets: list[LineageAsset]
    dags: list[LineageDag]
    edges: list[LineageEdge]
    more: bool
    """There is more than is shown."""


class SearchHit(Answer):
    """Something found; what does not apply is null."""

    kind: Kind
    name: str
    detail: str
    """Of a DAG, run or task the DAG id, of an asset its URI, else a description."""
    state: str | None
    """Of a run; `tolerated`: it succeeded although a task failed."""
    dag_id: str | None
    run_id: str | None
    task_id: str | None
    asset_id: int | None


class SearchResponse(Answer):
    """What was found, by kind in the order asked for."""

    hits: list[SearchHit]


@router.get("/lineage", responses=errors(404))
def get_lineage(
    context: Context,
    asset_id: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    dag_id: Annotated[str | None, Query(max_length=1000)] = None,
    depth: Annotated[int, Query(ge=1, le=20, description="Steps; from asset to asset are two.")] = 4,
    direction: Literal["up", "down", "both"] = "both",
) -> LineageResponse:
    """Which DAGs make and use which assets: around one asset or DAG, or all of it."""
    position = context.store.reads.changes.position()
    found = context.store.reads.lineage.around(asset_id=asset_id, dag_id=dag_id, depth=depth, direction=direction)
    return LineageResponse(
        position=position,
        assets=[LineageAsset(**{**row, "active": bool(row["active"])}) for row in found.assets.values()],
        dags=[
            LineageDag(
                dag_id=row["dag_id"],
                name=row["display_name"] or row["dag_id"],
                paused=row["paused"],
                stale=row["stale"],
                owners=row["owners"],
            )
            for row in found.dags.values()
        ],
        edges=[
            LineageEdge(asset_id=edge.asset_id, dag_id=edge.dag_id, role=edge.role, task_id=edge.task_id or None)
            for edge in found.edges
        ],
        more=found.more,
    )


@router.get("/search", responses=errors())
def search_everything(
    context: Context,
    user: User,
    q: Annotated[str, Query(min_length=1, max_length=250)],
    kind: Annotated[list[Kind] | None, Query(max_length=7)] = None,
    limit: Annotated[int, Query(ge=1, le=50, description="Of each kind.")] = 8,
) -> SearchResponse:
    """Find DAGs, tasks, assets, pools and settings by a part of their name, runs by the start of `run` or `dag/run`.

    Tasks also by `dag/task`, a part of each; instead of the slash a space will do.

    Connections and variables are found by those who may keep them.
    """
    allowed = OPEN_KINDS + (OPERATOR_KINDS if user.may("op") else ())
    wanted = [each for each in (kind or allowed) if each in allowed]
    hits = context.store.reads.search.find(q.strip(), wanted, limit)
    return SearchResponse(
        hits=[
            SearchHit(
                kind=hit.kind,
                name=hit.name,
                detail=hit.detail,
                state=hit.state,
                dag_id=hit.dag_id,
                run_id=hit.run_id,
                task_id=hit.task_id,
                asset_id=hit.asset_id,
            )
            for hit in hits
        ]
    )
