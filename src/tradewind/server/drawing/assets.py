"""Assets for their pages: the dense list with freshness, one asset with all that is around it, the feed of events."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Path, Query

from tradewind.core.rhythm import missed_at, usual_gap
from tradewind.server.api.responses import errors
from tradewind.server.context import Context, ServerContext
from tradewind.server.drawing.common import ms
from tradewind.server.drawing.common import router as make_router
from tradewind.server.models.assets import AssetAliasResponse, AssetEventResponse, alias_answer, asset_event_answer
from tradewind.server.models.common import Answer
from tradewind.server.params import Cursor, QueryTime
from tradewind.store.reads import AssetEventFilter, Page, Range, Row
from tradewind.store.reads.asset_pages import AssetListFilter, WaitingDag

router = make_router()
AssetId = Annotated[int, Path(ge=0, lt=2**63)]
Show = Literal["active", "stale", "never", "unmade", "gone"]
HISTORY = 200
SERIES = 12
"""Numbers of extras that are drawn at most."""


class AssetTask(Answer):
    """A task that makes or reads an asset."""

    dag_id: str
    task_id: str


class AssetFacts(Answer):
    """An asset in the list."""

    id: int
    name: str
    uri: str
    group: str
    active: bool
    """Some DAG that is there names it."""
    producers: list[AssetTask]
    consumers: list[AssetTask]
    """Tasks that read it."""
    dag_ids: list[str]
    """DAGs that run on it."""
    watchers: int
    last_at: datetime | None
    """Of its newest event."""
    usual_gap_seconds: float | None
    """Median of the gaps between its newest events; null: too few to tell."""
    stale_at: datetime | None
    """It is stale from then on; null: it has no rhythm, or no task makes it."""


class AssetListResponse(Answer):
    """Assets."""

    now: datetime
    assets: list[AssetFacts]
    groups: list[str]
    """All groups in use."""
    next_cursor: str | None
    previous_cursor: str | None


class AssetNeed(Answer):
    """An asset that a DAG runs on."""

    name: str
    seen_at: datetime | None
    """When it came since the last run of the DAG; null: it is waited for."""


class AssetPending(Answer):
    """A partition of a DAG that waits for more."""

    key: str
    missing: list[str]
    """What it waits for."""


class AssetConsumer(Answer):
    """A DAG that runs on the asset."""

    dag_id: str
    name: str
    paused: bool
    any_of: bool
    """One of the needs is enough."""
    partitioned: bool
    needs: list[AssetNeed]
    partitions: list[AssetPending]
    """The newest ones first, at most 20."""


class AssetPartition(Answer):
    """A partition of the asset that there were events of."""

    key: str
    count: int
    last_at: datetime


class AssetSeries(Answer):
    """Numbers in the extras of the newest events, oldest first; every list has an entry for each event."""

    event_id: list[int]
    at: list[int | None]
    """Milliseconds since 1970, UTC."""
    values: dict[str, list[float | None]]
    """Key (of nested objects with dots) -> its numbers; those that most events have come first."""


class AssetPageResponse(Answer):
    """An asset and what is around it."""

    now: datetime
    asset: AssetFacts
    extra: dict[str, Any]
    created_at: datetime
    aliases: list[AssetAliasResponse]
    watchers: list[str]
    waiting: list[AssetConsumer]
    """The DAGs that run on it and what each waits for."""
    partitions: list[AssetPartition]
    """Of its newest 1000 events with a partition, by key."""
    series: AssetSeries


class AssetFeedResponse(Answer):
    """Events, the newest first."""

    events: list[AssetEventResponse]
    next_cursor: str | None
    previous_cursor: str | None


@router.get("/assets", responses=errors())
def list_assets(
    context: Context,
    search: Annotated[str | None, Query(max_length=200, description="Part of the name or URI.")] = None,
    group: Annotated[str | None, Query(max_length=1500)] = None,
    dag_id: Annotated[str | None, Query(max_length=250, description="That this DAG makes, reads or runs on.")] = None,
    show: Annotated[
        Show, Query(description="`stale`: not updated for longer than usual; `gone`: no DAG names it.")
    ] = "active",
    order_by: Literal["name", "-name", "group", "last_event", "-last_event"] = "name",
    cursor: Cursor = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> AssetListResponse:
    """Assets: who makes and uses them, and whether they are as fresh as usual."""
    now = context.now()
    which = AssetListFilter(
        search=search.strip() if search else None,
        group=group,
        dag_id=dag_id,
        active=show != "gone",
        updated=False if show == "never" else None,
        made=False if show == "unmade" else None,
        ids=_stale(context, now) if show == "stale" else None,
    )
    reads = context.store.reads.asset_pages
    rows = reads.page(which, Page(limit, order_by=(order_by,), cursor=cursor or ""))
    return AssetListResponse(
        now=now,
        assets=[_facts(row) for row in rows.items],
        groups=reads.groups(),
        next_cursor=rows.next_cursor,
        previous_cursor=rows.previous_cursor,
    )


@router.get("/assets/events", responses=errors())
def list_asset_events(
    context: Context,
    search: Annotated[str | None, Query(max_length=200, description="Part of the name.")] = None,
    asset_id: Annotated[int | None, Query(ge=0, lt=2**63)] = None,
    source_dag_id: Annotated[str | None, Query(max_length=250)] = None,
    source_run_id: Annotated[str | None, Query(max_length=250)] = None,
    partition_key: Annotated[str | None, Query(max_length=250)] = None,
    since: QueryTime | None = None,
    until: QueryTime | None = None,
    cursor: Cursor = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> AssetFeedResponse:
    """Events of assets, the newest first: who made them and which runs they led to."""
    which = AssetEventFilter(
        asset_id=asset_id,
        source_dag_id=source_dag_id,
        source_run_id=source_run_id,
        partition_key=partition_key,
        name_contains=search.strip() if search and search.strip() else None,
        timestamp=Range(gte=since, lt=until),
    )
    rows = context.store.reads.assets.events(which, Page(limit, order_by=("-id",), cursor=cursor or ""))
    return AssetFeedResponse(
        events=[asset_event_answer(row) for row in rows.items],
        next_cursor=rows.next_cursor,
        previous_cursor=rows.previous_cursor,
    )


@router.get("/assets/{asset_id}", responses=errors(404))
def get_asset_page(context: Context, asset_id: AssetId) -> AssetPageResponse:
    """One asset: its freshness, who makes it, who waits for what, its partitions and the numbers of its events."""
    row = context.store.reads.assets.get(asset_id)
    reads = context.store.reads.asset_pages
    history = reads.history(asset_id, HISTORY)
    row["times"] = [event["at"] for event in history]
    return AssetPageResponse(
        now=context.now(),
        asset=_facts(row),
        extra=row["extra"] or {},
        created_at=row["created_at"],
        aliases=[alias_answer(alias) for alias in row["aliases"]],
        watchers=[watcher["name"] for watcher in row["watchers"]],
        waiting=[_consumer(dag) for dag in reads.waiting([use["dag_id"] for use in row["scheduled_dags"]])],
        partitions=[AssetPartition(**each) for each in reads.partitions(asset_id)],
        series=_series(history),
    )


def _stale(context: ServerContext, now: datetime) -> list[int]:
    """Assets that missed a beat."""
    rhythms = context.store.reads.home.asset_rhythms()
    return [row["id"] for row in rhythms if (missed := missed_at(row["times"])) is not None and missed < now]


def _facts(row: Row) -> AssetFacts:
    times: list[datetime] = row["times"][:8]
    return AssetFacts(
        **{name: row[name] for name in ("id", "name", "uri", "group")},
        active=bool(row["active"]),
        producers=[AssetTask(dag_id=use["dag_id"], task_id=use["task_id"]) for use in row["producing_tasks"]],
        consumers=[AssetTask(dag_id=use["dag_id"], task_id=use["task_id"]) for use in row["consuming_tasks"]],
        dag_ids=sorted({use["dag_id"] for use in row["scheduled_dags"]}),
        watchers=len(row["watchers"]),
        last_at=times[0] if times else None,
        usual_gap_seconds=usual_gap(times),
        stale_at=missed_at(times) if row["producing_tasks"] and row["active"] else None,
    )


def _consumer(dag: WaitingDag) -> AssetConsumer:
    return AssetConsumer(
        dag_id=dag.dag_id,
        name=dag.name,
        paused=dag.paused,
        any_of=dag.any_of,
        partitioned=dag.partitioned,
        needs=[AssetNeed(name=need.name, seen_at=need.seen_at) for need in dag.needs],
        partitions=[AssetPending(key=each.key, missing=list(each.missing)) for each in dag.partitions],
    )


def _series(history: list[Row]) -> AssetSeries:
    events = history[::-1]
    numbers = [dict(_numbers(event["extra"] or {})) for event in events]
    counts = Counter(key for each in numbers for key in each)
    keys = [key for key, count in counts.most_common(SERIES) if count > 1]
    return AssetSeries(
        event_id=[event["id"] for event in events],
        at=[ms(event["at"]) for event in events],
        values={key: [each.get(key) for each in numbers] for key in keys},
    )


def _numbers(value: Any, path: str = "", depth: int = 0) -> list[tuple[str, float]]:
    if isinstance(value, bool):
        return []
    if isinstance(value, int | float):
        # what no double holds cannot be drawn
        return [(path, float(value))] if abs(value) < 2**1023 else []
    if not isinstance(value, dict) or depth > 4:
        return []
    found: list[tuple[str, float]] = []
    for key, part in value.items():
        found += _numbers(part, f"{path}.{key}" if path else str(key), depth + 1)
    return found
