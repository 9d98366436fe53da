"""Backfills: Airflow's routes, and those beyond, for what Airflow's backfills cannot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import Path, Query

from tradewind.core.backfill import Action
from tradewind.errors import InvalidError
from tradewind.server.api.responses import errors
from tradewind.server.api.router import BEYOND, api_router
from tradewind.server.auth import USER, VIEWER, User
from tradewind.server.context import Context
from tradewind.server.errors import describe, unprocessable
from tradewind.server.models.backfills import (
    BackfillBody,
    BackfillCollectionResponse,
    BackfillDetailCollectionResponse,
    BackfillDetailResponse,
    BackfillPatchBody,
    BackfillPlanResponse,
    BackfillPostBody,
    BackfillResponse,
    BackfillRetryPreviewResponse,
    BackfillRetryResponse,
    BackfillRunCollectionResponse,
    DryRunBackfillCollectionResponse,
    backfill_answer,
    backfill_detail,
    backfill_run_answer,
    dry_run_answer,
    plan_answer,
    retry_preview_answer,
)
from tradewind.server.models.common import cursors
from tradewind.server.params import MAX_INT, CursorPaged, Paged

router = api_router("Backfill", VIEWER)
beyond = api_router("Backfill", VIEWER, prefix=BEYOND)
Id = Annotated[int, Path(ge=0, le=MAX_INT, description="Number of a backfill.")]
OfDag = Annotated[str, Query(max_length=1000, description="Id of a DAG.")]
LISTED = 10_000
"""Most runs that a dry run lists; the numbers count all."""


# --- Airflow's ------------------------------------------------------------------------------------------------


@router.get("/backfills", responses=errors(404))
def list_backfills(context: Context, dag_id: OfDag, page: Paged) -> BackfillCollectionResponse:
    """Backfills of a DAG."""
    found = context.store.backfills.page(page, dag_id)
    return BackfillCollectionResponse(
        backfills=[backfill_answer(row) for row in found.items], total_entries=found.total
    )


@router.post("/backfills/dry_run", dependencies=[USER], responses=errors(404, 409, 504))
def create_backfill_dry_run(context: Context, body: BackfillPostBody) -> DryRunBackfillCollectionResponse:
    """The runs that a backfill would make, or make again."""
    with _as_airflow_says():
        plan = context.store.backfills.plan(body.wanted(), most=LISTED, now=context.now())
    return dry_run_answer(plan.items, plan.counts[Action.CREATE] + plan.counts[Action.RERUN])


@router.post("/backfills", dependencies=[USER], responses=errors(404, 409, 504))
def create_backfill(context: Context, user: User, body: BackfillPostBody) -> BackfillResponse:
    """Make a backfill."""
    with _as_airflow_says():
        made = context.store.backfills.create(body.wanted(), user=user.username, now=context.now())
    return backfill_answer(context.store.backfills.get(made))


@contextmanager
def _as_airflow_says() -> Iterator[None]:
    """Dates and DAGs of which no backfill can be made are a 422."""
    try:
        yield
    except InvalidError as error:
        raise unprocessable(describe(error), "body") from None


@router.get("/backfills/{backfill_id}", responses=errors(404))
def get_backfill(context: Context, backfill_id: Id) -> BackfillResponse:
    """A backfill."""
    return backfill_answer(context.store.backfills.get(backfill_id))


# Airflow's own command line sends POST where its API has PUT
@router.post("/backfills/{backfill_id}/pause", dependencies=[USER], responses=errors(404, 409), include_in_schema=False)
@router.put("/backfills/{backfill_id}/pause", dependencies=[USER], responses=errors(404, 409))
def pause_backfill(context: Context, user: User, backfill_id: Id) -> BackfillResponse:
    """Make and start no more runs; those that run go on."""
    context.store.backfills.pause(backfill_id, user=user.username, now=context.now())
    return backfill_answer(context.store.backfills.get(backfill_id))


@router.post(
    "/backfills/{backfill_id}/unpause", dependencies=[USER], responses=errors(404, 409), include_in_schema=False
)
@router.put("/backfills/{backfill_id}/unpause", dependencies=[USER], responses=errors(404, 409))
def unpause_backfill(context: Context, user: User, backfill_id: Id) -> BackfillResponse:
    """Let it go on."""
    context.store.backfills.unpause(backfill_id, user=user.username, now=context.now())
    return backfill_answer(context.store.backfills.get(backfill_id))


@router.post(
    "/backfills/{backfill_id}/cancel", dependencies=[USER], responses=errors(404, 409), include_in_schema=False
)
@router.put("/backfills/{backfill_id}/cancel", dependencies=[USER], responses=errors(404, 409))
def cancel_backfill(context: Context, user: User, backfill_id: Id) -> BackfillResponse:
    """End it: queued runs fail, running ones go on to their end."""
    context.store.backfills.cancel(backfill_id, user=user.username, now=context.now())
    return backfill_answer(context.store.backfills.get(backfill_id))


# --- beyond ---------------------------------------------------------------------------------------------------


@beyond.get("/backfills", responses=errors(404))
def list_all_backfills(
    context: Context,
    page: CursorPaged,
    dag_id: Annotated[str | None, Query(max_length=1000)] = None,
    active: Annotated[bool | None, Query(description="Only those that are not over, or only those that are.")] = None,
    counted: Annotated[
        bool, Query(description="With `runs` and `skipped`: it counts all runs of the backfills on the page.")
    ] = False,
) -> BackfillDetailCollectionResponse:
    """Backfills of one DAG, or of all."""
    found = context.store.backfills.page(page, dag_id, active=active, counted=counted)
    return BackfillDetailCollectionResponse(backfills=[backfill_detail(row) for row in found.items], **cursors(found))


@beyond.post("/backfills", status_code=201, dependencies=[USER], responses=errors(404, 409, 504))
def create_any_backfill(context: Context, user: User, body: BackfillBody) -> BackfillDetailResponse:
    """Make a backfill of a range or a list of dates, of all tasks or some."""
    made = context.store.backfills.create(body.wanted(), user=user.username, now=context.now())
    return backfill_detail(context.store.backfills.get(made))


@beyond.get("/backfills/{backfill_id}", responses=errors(404))
def get_backfill_detail(context: Context, backfill_id: Id) -> BackfillDetailResponse:
    """A backfill, how far it has come, and how its runs stand."""
    return backfill_detail(context.store.backfills.get(backfill_id))


@beyond.patch("/backfills/{backfill_id}", dependencies=[USER], responses=errors(404, 409))
def patch_backfill(context: Context, user: User, backfill_id: Id, body: BackfillPatchBody) -> BackfillDetailResponse:
    """Change how many of its runs run at once, or after how many failed ones it stops."""
    context.store.backfills.change(
        backfill_id,
        max_active_runs=body.max_active_runs,
        stop_after=body.stop_after,
        user=user.username,
        now=context.now(),
    )
    return backfill_detail(context.store.backfills.get(backfill_id))


@beyond.get("/backfills/{backfill_id}/runs", responses=errors(404))
def get_backfill_runs(context: Context, backfill_id: Id, page: CursorPaged) -> BackfillRunCollectionResponse:
    """What became of each logical date that was decided, and why."""
    found = context.store.backfills.runs(backfill_id, page)
    return BackfillRunCollectionResponse(
        backfill_runs=[backfill_run_answer(row) for row in found.items], **cursors(found)
    )


@beyond.post("/backfills/{backfill_id}/retry", dependencies=[USER], responses=errors(404, 409))
def retry_backfill(context: Context, user: User, backfill_id: Id) -> BackfillRetryResponse:
    """Let its failed runs run again, also when it is over."""
    return BackfillRetryResponse(
        retried=context.store.backfills.retry(backfill_id, user=user.username, now=context.now())
    )


@beyond.get("/preview/backfills/{backfill_id}/retry", responses=errors(404, 409))
def preview_backfill_retry(context: Context, backfill_id: Id) -> BackfillRetryPreviewResponse:
    """What letting its failed runs run again would touch."""
    return retry_preview_answer(context.store.backfills.preview_retry(backfill_id))


@beyond.post("/preview/backfill", dependencies=[USER], responses=errors(404, 504))
def preview_backfill(
    context: Context, body: BackfillBody, limit: Annotated[int, Query(ge=0, le=LISTED)] = 1000
) -> BackfillPlanResponse:
    """What a backfill would do with each logical date, and how long that will take."""
    return plan_answer(context.store.backfills.plan(body.wanted(), most=limit, now=context.now()))
