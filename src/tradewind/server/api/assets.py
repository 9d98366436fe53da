"""Assets: what there is, what happened, who waits; events from outside, and runs that make an asset anew."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query

from tradewind.errors import NotFoundError
from tradewind.server.api.dag_runs import found_run
from tradewind.server.api.dag_runs_write import interval_of
from tradewind.server.api.dags import found_dag
from tradewind.server.api.responses import errors
from tradewind.server.api.router import api_router
from tradewind.server.auth import USER, VIEWER, User
from tradewind.server.context import Context
from tradewind.server.models.assets import (
    AssetAliasCollectionResponse,
    AssetAliasResponse,
    AssetCollectionResponse,
    AssetEventCollectionResponse,
    AssetEventResponse,
    AssetResponse,
    CreateAssetEventsBody,
    MaterializeAssetBody,
    QueuedEventCollectionResponse,
    QueuedEventResponse,
    alias_answer,
    asset_answer,
    asset_event_answer,
    queued_answer,
)
from tradewind.server.models.runs import DAGRunResponse, run_answer
from tradewind.server.params import MAX_INT, DagId, Paged, Pattern, QueryTime, RunId, pattern, within
from tradewind.store.reads import AssetEventFilter, AssetFilter, Page, Range

router = api_router("Asset", VIEWER)
writers = api_router("Asset", USER)
of_runs = api_router("DagRun", VIEWER)
AssetId = Annotated[int, Path(ge=0, lt=2**63, description="Id of an asset.")]
_MOST_OF_A_RUN = 10_000


@router.get("/assets", responses=errors())
def get_assets(
    context: Context,
    page: Paged,
    name: Annotated[Pattern, pattern("name")],
    uri: Annotated[Pattern, pattern("uri")],
    dag_ids: Annotated[list[str] | None, Query()] = None,
    only_active: bool = True,
) -> AssetCollectionResponse:
    """Assets."""
    which = AssetFilter(name.pattern, name.prefix, uri.pattern, uri.prefix, dag_ids, only_active)
    found = context.store.reads.assets.page(which, page)
    return AssetCollectionResponse(assets=[asset_answer(row) for row in found.items], total_entries=found.total)


@router.get("/assets/aliases", responses=errors())
def get_asset_aliases(
    context: Context, page: Paged, name: Annotated[Pattern, pattern("name")]
) -> AssetAliasCollectionResponse:
    """Aliases of assets."""
    found = context.store.reads.assets.aliases(page, name.pattern, name.prefix)
    aliases = [alias_answer(row) for row in found.items]
    return AssetAliasCollectionResponse(asset_aliases=aliases, total_entries=found.total)


@router.get("/assets/aliases/{asset_alias_id}", responses=errors(404))
def get_asset_alias(context: Context, asset_alias_id: AssetId) -> AssetAliasResponse:
    """An alias."""
    return alias_answer(context.store.reads.assets.alias(asset_alias_id))


@router.get("/assets/events", responses=errors())
def get_asset_events(
    context: Context,
    page: Paged,
    name: Annotated[Pattern, pattern("name")],
    timestamp: Annotated[Range, within("timestamp")],
    asset_id: Annotated[int | None, Query(ge=0, lt=2**63)] = None,
    source_dag_id: str | None = None,
    source_task_id: str | None = None,
    source_run_id: str | None = None,
    source_map_index: Annotated[int | None, Query(ge=-1, le=MAX_INT)] = None,
    partition_key: str | None = None,
) -> AssetEventCollectionResponse:
    """Events of assets."""
    which = AssetEventFilter(
        asset_id=asset_id,
        source_dag_id=source_dag_id,
        source_task_id=source_task_id,
        source_run_id=source_run_id,
        source_map_index=source_map_index,
        name_pattern=name.pattern,
        name_prefix=name.prefix,
        timestamp=timestamp,
        partition_key=partition_key,
    )
    return _events(context, which, page)


def _events(context: Context, which: AssetEventFilter, page: Page) -> AssetEventCollectionResponse:
    found = context.store.reads.assets.events(which, page)
    events = [asset_event_answer(row) for row in found.items]
    return AssetEventCollectionResponse(asset_events=events, total_entries=found.total)


@writers.post("/assets/events", responses=errors(404))
def create_asset_event(context: Context, user: User, body: CreateAssetEventsBody) -> AssetEventResponse:
    """Tell of an update of an asset."""
    event_id = context.store.actions.assets.create_event(
        body.asset_id, context.now(), extra=body.extra, partition_key=body.partition_key, user=user.username
    )
    return asset_event_answer(context.store.reads.assets.event(event_id))


@writers.post("/assets/{asset_id}/materialize", responses=errors(404, 409))
def materialize_asset(
    context: Context, user: User, asset_id: AssetId, body: MaterializeAssetBody | None = None
) -> DAGRunResponse:
    """Trigger the DAG that makes an asset."""
    given = body or MaterializeAssetBody()
    run = context.store.actions.assets.materialize(
        asset_id,
        context.now(),
        user=user.username,
        run_id=given.dag_run_id,
        logical_date=given.logical_date,
        interval=interval_of(given.data_interval_start, given.data_interval_end),
        run_after=given.run_after,
        conf=given.conf,
        note=given.note,
        partition_key=given.partition_key,
    )
    return run_answer(found_run(context, run.dag_id, run.run_id))


@router.get("/assets/{asset_id}", responses=errors(404))
def get_asset(context: Context, asset_id: AssetId) -> AssetResponse:
    """An asset."""
    return asset_answer(context.store.reads.assets.get(asset_id))


# --- what consumers have seen since their last run ------------------------------------------------------------


@router.get("/assets/{asset_id}/queuedEvents", responses=errors(404))
def get_asset_queued_events(
    context: Context, asset_id: AssetId, before: QueryTime | None = None
) -> QueuedEventCollectionResponse:
    """DAGs that have seen an asset and wait for others."""
    context.store.reads.assets.get(asset_id)
    return queued_answer(context.store.reads.assets.queued(asset_id=asset_id, before=before))


@writers.delete("/assets/{asset_id}/queuedEvents/", status_code=204, include_in_schema=False)  # airflowctl
@writers.delete("/assets/{asset_id}/queuedEvents", status_code=204, responses=errors(404))
def delete_asset_queued_events(
    context: Context, user: User, asset_id: AssetId, before: QueryTime | None = None
) -> None:
    """Let every DAG forget that it has seen an asset."""
    context.store.actions.assets.forget_queued(asset_id=asset_id, before=before, now=context.now(), user=user.username)


@router.get("/dags/{dag_id}/assets/queuedEvents", responses=errors(404))
def get_dag_asset_queued_events(
    context: Context, dag_id: DagId, before: QueryTime | None = None
) -> QueuedEventCollectionResponse:
    """Assets that a DAG has seen since its last run."""
    found_dag(context, dag_id)
    return queued_answer(context.store.reads.assets.queued(dag_id=dag_id, before=before))


@writers.delete("/assets/dags/{dag_id}/queuedEvents", status_code=204, include_in_schema=False)  # airflowctl
@writers.delete("/dags/{dag_id}/assets/queuedEvents", status_code=204, responses=errors(404))
def delete_dag_asset_queued_events(
    context: Context, user: User, dag_id: DagId, before: QueryTime | None = None
) -> None:
    """Let a DAG forget what it has seen."""
    context.store.actions.assets.forget_queued(dag_id=dag_id, before=before, now=context.now(), user=user.username)


@router.get("/dags/{dag_id}/assets/{asset_id}/queuedEvents", responses=errors(404))
def get_dag_asset_queued_event(
    context: Context, dag_id: DagId, asset_id: AssetId, before: QueryTime | None = None
) -> QueuedEventResponse:
    """Whether a DAG has seen an asset since its last run."""
    rows = context.store.reads.assets.queued(dag_id=dag_id, asset_id=asset_id, before=before)
    if not rows:
        raise NotFoundError("no queued asset events match")
    return queued_answer(rows).queued_events[0]


@writers.delete("/assets/dags/{dag_id}/assets/{asset_id}/queuedEvents/", status_code=204, include_in_schema=False)
@writers.delete("/dags/{dag_id}/assets/{asset_id}/queuedEvents", status_code=204, responses=errors(404))
def delete_dag_asset_queued_event(
    context: Context, user: User, dag_id: DagId, asset_id: AssetId, before: QueryTime | None = None
) -> None:
    """Let a DAG forget that it has seen an asset."""
    context.store.actions.assets.forget_queued(
        dag_id=dag_id, asset_id=asset_id, before=before, now=context.now(), user=user.username
    )


@of_runs.get("/dags/{dag_id}/dagRuns/{dag_run_id}/upstreamAssetEvents", responses=errors(404))
def get_upstream_asset_events(context: Context, dag_id: DagId, dag_run_id: RunId) -> AssetEventCollectionResponse:
    """The events that a run consumed."""
    found_run(context, dag_id, dag_run_id)
    which = AssetEventFilter(run=(dag_id, dag_run_id))
    return _events(context, which, Page(limit=_MOST_OF_A_RUN, order_by=("id",)))
