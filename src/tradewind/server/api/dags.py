"""DAGs, their sources, tags, versions, warnings and run counts."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Depends, HTTPException, Query, Request
from fastapi.responses import PlainTextResponse, Response

from tradewind.errors import NotFoundError
from tradewind.server import hidden
from tradewind.server.api.responses import errors
from tradewind.server.api.router import api_router
from tradewind.server.auth import USER, VIEWER, User
from tradewind.server.context import Context, ServerContext
from tradewind.server.models.common import DagVersionResponse, version_of
from tradewind.server.models.dags import (
    DAGCollectionResponse,
    DAGDetailsResponse,
    DAGPatchBody,
    DAGResponse,
    DAGSourceResponse,
    DagStatsCollectionResponse,
    DAGTagCollectionResponse,
    DAGVersionCollectionResponse,
    DAGWarningCollectionResponse,
    DagWarningType,
    dag_answer,
    dag_details_answer,
    stats_answer,
    warning_answer,
)
from tradewind.server.params import (
    ALL,
    MAX_INT,
    DagId,
    Paged,
    Pattern,
    UpdateMask,
    one_or_all,
    pattern,
    within,
)
from tradewind.spec.states import DagRunState
from tradewind.store.reads import DagFilter, Page, Range, Row

router = api_router(None, VIEWER)
Names = Annotated[list[str] | None, Query(max_length=200)]


def unknown_dag(dag_id: str) -> NotFoundError:
    """The error for a DAG that does not exist."""
    return NotFoundError(f"DAG {dag_id!r} does not exist")


def found_dag(context: ServerContext, dag_id: str) -> Row:
    """A row of `reads.dags`.  Raises NotFoundError."""
    row = context.store.reads.dags.get(dag_id)
    if row is None:
        raise unknown_dag(dag_id)
    return row


def _filter(
    user: User,
    dag_id: Annotated[Pattern, pattern("dag_id")],
    name: Annotated[Pattern, pattern("dag_display_name")],
    run_start: Annotated[Range, within("dag_run_start_date")],
    run_end: Annotated[Range, within("dag_run_end_date")],
    tags: Names = None,
    tags_match_mode: Literal["any", "all"] | None = None,
    owners: Names = None,
    exclude_stale: bool = True,
    paused: bool | None = None,
    has_import_errors: bool | None = None,
    last_dag_run_state: DagRunState | None = None,
    dag_run_state: Annotated[list[DagRunState] | None, Query()] = None,
    bundle_name: str | None = None,
    bundle_version: str | None = None,
    has_asset_schedule: bool | None = None,
    asset_dependency: str | None = None,
    is_favorite: bool | None = None,
    timetable_type: Names = None,
) -> DagFilter:
    return DagFilter(
        tags=tags,
        all_tags=tags_match_mode == "all",
        owners=owners,
        dag_id_pattern=dag_id.pattern,
        dag_id_prefix=dag_id.prefix,
        display_name_pattern=name.pattern,
        display_name_prefix=name.prefix,
        exclude_stale=exclude_stale,
        paused=paused,
        has_import_errors=has_import_errors,
        last_run_state=last_dag_run_state,
        bundle_name=bundle_name,
        run_states=dag_run_state,
        run_start=run_start,
        run_end=run_end,
        has_asset_schedule=has_asset_schedule,
        asset_dependency=asset_dependency,
        favorite_of=user.username if is_favorite else None,
        no_favorite_of=user.username if is_favorite is False else None,
        never=bundle_version is not None,  # the DAG folder has no versions
        timetable_types=timetable_type,
    )


Which = Annotated[DagFilter, Depends(_filter)]


@router.get("/dags", tags=["DAG"], responses=errors())
def get_dags(context: Context, which: Which, page: Paged) -> DAGCollectionResponse:
    """DAGs."""
    rows = context.store.reads.dags.page(which, page)
    return DAGCollectionResponse(dags=[dag_answer(row) for row in rows.items], total_entries=rows.total)


@router.patch("/dags", tags=["DAG"], dependencies=[USER], responses=errors(404))
def patch_dags(
    context: Context, user: User, which: Which, page: Paged, body: DAGPatchBody, update_mask: UpdateMask = None
) -> DAGCollectionResponse:
    """Pause or unpause the DAGs of one page of a list."""
    if which.dag_id_pattern is None and which.dag_id_prefix is None:
        raise HTTPException(400, "say which DAGs: give dag_id_pattern, or ~ for all")
    rows = context.store.reads.dags.page(which, page)
    if _pauses(update_mask):
        for row in rows.items:
            context.store.actions.set_paused(row["dag_id"], body.is_paused, user=user.username, now=context.now())
    ids = [row["dag_id"] for row in rows.items]
    if not ids:
        return DAGCollectionResponse(dags=[], total_entries=rows.total)
    changed = context.store.reads.dags.page(DagFilter(dag_ids=ids, exclude_stale=False), Page(len(ids)))
    by_id = {row["dag_id"]: row for row in changed.items}
    answers = [dag_answer(by_id[dag_id]) for dag_id in ids if dag_id in by_id]
    return DAGCollectionResponse(dags=answers, total_entries=rows.total)


def _pauses(update_mask: list[str] | None) -> bool:
    if update_mask and set(update_mask) != {"is_paused"}:
        raise HTTPException(400, "only is_paused of a DAG can be changed")
    return True


@router.get("/dags/{dag_id}", tags=["DAG"], responses=errors(404))
def get_dag(context: Context, dag_id: DagId) -> DAGResponse:
    """A DAG."""
    return dag_answer(found_dag(context, dag_id))


@router.get("/dags/{dag_id}/details", tags=["DAG"], responses=errors(404))
def get_dag_details(context: Context, user: User, dag_id: DagId) -> DAGDetailsResponse:
    """A DAG with all that is known of it."""
    row = context.store.reads.dags.details(dag_id)
    if row is None:
        raise unknown_dag(dag_id)
    return dag_details_answer(row, favorite=bool(context.store.favorites.among([dag_id], user.username)))


@router.post("/dags/{dag_id}/favorite", tags=["DAG"], status_code=204, responses=errors(404))
def favorite_dag(context: Context, user: User, dag_id: DagId) -> None:
    """Mark a DAG as a favourite of yours."""
    context.store.favorites.add(dag_id, user.username, context.now())


@router.post("/dags/{dag_id}/unfavorite", tags=["DAG"], status_code=204, responses=errors(404, 409))
def unfavorite_dag(context: Context, user: User, dag_id: DagId) -> None:
    """Take the mark away."""
    context.store.favorites.remove(dag_id, user.username, context.now())


@router.patch("/dags/{dag_id}", tags=["DAG"], dependencies=[USER], responses=errors(404))
def patch_dag(
    context: Context, user: User, dag_id: DagId, body: DAGPatchBody, update_mask: UpdateMask = None
) -> DAGResponse:
    """Pause or unpause a DAG."""
    if _pauses(update_mask):
        context.store.actions.set_paused(dag_id, body.is_paused, user=user.username, now=context.now())
    return dag_answer(found_dag(context, dag_id))


@router.delete("/dags/{dag_id}", tags=["DAG"], dependencies=[USER], responses=errors(404, 409))
def delete_dag(context: Context, user: User, dag_id: DagId) -> None:
    """Delete all that is known of a DAG.  It comes back when its file is there."""
    context.store.actions.delete_dag(dag_id, user=user.username, now=context.now())


@router.get("/dagTags", tags=["DAG"], responses=errors())
def get_dag_tags(
    context: Context, page: Paged, name: Annotated[Pattern, pattern("tag_name")]
) -> DAGTagCollectionResponse:
    """The names of all tags."""
    rows = context.store.reads.dags.tags(page, name.pattern, name.prefix)
    return DAGTagCollectionResponse(tags=[row["name"] for row in rows.items], total_entries=rows.total)


@router.get("/dagStats", tags=["DagStats"])
def get_dag_stats(
    context: Context, dag_ids: Annotated[list[str] | None, Query(max_length=1000)] = None
) -> DagStatsCollectionResponse:
    """How many runs of each DAG are in which state."""
    rows = context.store.reads.dags.stats(dag_ids)
    return DagStatsCollectionResponse(dags=[stats_answer(row) for row in rows], total_entries=len(rows))


@router.get(
    "/dagSources/{dag_id}",
    tags=["DagSource"],
    response_model=DAGSourceResponse,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}, **errors(404, 406)},
)
def get_dag_source(
    context: Context,
    request: Request,
    dag_id: DagId,
    version_number: Annotated[int | None, Query(ge=0, le=MAX_INT)] = None,
) -> Response | DAGSourceResponse:
    """The text of a DAG's file, of the newest version unless one is named."""
    row = context.store.reads.versions.source(dag_id, version_number)
    if row is None:
        found_dag(context, dag_id)
        raise NotFoundError(f"DAG {dag_id!r} has no version {version_number}")
    accept = request.headers.get("accept", "*/*")
    if "text/plain" in accept and "json" not in accept:
        return PlainTextResponse(hidden.masker().mask(row["source"] or ""))
    return DAGSourceResponse(
        content=row["source"],
        dag_id=dag_id,
        version_number=row["number"],
        dag_display_name=row["dag_display_name"] or dag_id,
    )


@router.get("/dags/{dag_id}/dagVersions", tags=["DagVersion"], responses=errors(404))
def get_dag_versions(
    context: Context,
    dag_id: DagId,
    page: Paged,
    version_number: Annotated[int | None, Query(ge=0, le=MAX_INT)] = None,
    bundle_name: str | None = None,
    bundle_version: str | None = None,
) -> DAGVersionCollectionResponse:
    """The versions of a DAG; of all DAGs with `~`."""
    if dag_id != ALL:
        found_dag(context, dag_id)
    if bundle_version is not None:  # bundles have no versions yet
        return DAGVersionCollectionResponse(dag_versions=[], total_entries=0)
    only = one_or_all(dag_id)
    rows = context.store.reads.versions.page(
        only[0] if only else None,
        page,
        numbers=None if version_number is None else [version_number],
        bundle=bundle_name,
    )
    return DAGVersionCollectionResponse(dag_versions=[version_of(row) for row in rows.items], total_entries=rows.total)


@router.get("/dags/{dag_id}/dagVersions/{version_number}", tags=["DagVersion"], responses=errors(404))
def get_dag_version(context: Context, dag_id: DagId, version_number: int) -> DagVersionResponse:
    """A version of a DAG."""
    row = context.store.reads.versions.get(dag_id, version_number) if 0 <= version_number <= MAX_INT else None
    if row is None:
        raise NotFoundError(f"DAG {dag_id!r} has no version {version_number}")
    return version_of(row)


@router.get("/dagWarnings", tags=["DagWarning"], responses=errors())
def list_dag_warnings(
    context: Context, page: Paged, dag_id: str | None = None, warning_type: DagWarningType | None = None
) -> DAGWarningCollectionResponse:
    """What the authors of DAGs should know."""
    found = [warning_answer(row) for row in context.store.reads.dags.warnings(dag_id)]
    if warning_type is not None:
        found = [warning for warning in found if warning.warning_type == warning_type]
    for entry in reversed(page.order_by or ("dag_id",)):
        name = entry.removeprefix("-")
        if name not in ("dag_id", "warning_type", "message", "timestamp"):
            raise HTTPException(400, f"cannot order by {name!r}")
        found.sort(key=lambda warning, name=name: getattr(warning, name), reverse=entry.startswith("-"))  # type: ignore[misc]
    part = found[page.offset : page.offset + page.limit]
    return DAGWarningCollectionResponse(dag_warnings=part, total_entries=len(found))
