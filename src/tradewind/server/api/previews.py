"""What an action would make or touch, before it is done.  Beyond Airflow's API; of backfills see `api.backfills`."""

from __future__ import annotations

from tradewind.server.api.dag_runs_write import interval_of
from tradewind.server.api.dags import found_dag
from tradewind.server.api.responses import errors
from tradewind.server.api.router import BEYOND, api_router
from tradewind.server.api.task_instances import cleared
from tradewind.server.auth import USER, VIEWER, User
from tradewind.server.context import Context
from tradewind.server.hidden import given_conf
from tradewind.server.models.previews import (
    ClearPreviewResponse,
    DeletePreviewResponse,
    MarkPreviewResponse,
    MarkRunPreviewBody,
    MarkTasksPreviewBody,
    PausePreviewResponse,
    RunsPreviewResponse,
    SchedulePreviewBody,
    TriggerPreviewResponse,
    UnpauseBody,
    UnpauseResponse,
    clear_answer,
    delete_answer,
    mark_answer,
    pause_answer,
    runs_answer,
    trigger_answer,
)
from tradewind.server.models.runs import TriggerDAGRunPostBody
from tradewind.server.models.task_instances import ClearTaskInstancesBody
from tradewind.server.params import DagId, RunId
from tradewind.store.previews import clear_preview, mark_preview, mark_run_preview

router = api_router("Preview", VIEWER, prefix=BEYOND)


@router.get("/preview/unpause/{dag_id}", responses=errors(404))
def preview_unpause(context: Context, dag_id: DagId) -> RunsPreviewResponse:
    """The runs that unpausing a DAG makes at once."""
    return runs_answer(context.store.previews.unpause(dag_id, context.now()))


@router.post("/preview/schedule", responses=errors(404))
def preview_schedule(context: Context, body: SchedulePreviewBody) -> RunsPreviewResponse:
    """The runs that a DAG makes at once when its file has another schedule."""
    return runs_answer(
        context.store.previews.schedule(
            body.dag_id,
            context.now(),
            cron=body.cron,
            timezone=body.timezone,
            start_date=body.start_date,
            end_date=body.end_date,
            catchup=body.catchup,
        )
    )


@router.post("/preview/mark/{dag_id}", responses=errors(404))
def preview_mark(context: Context, dag_id: DagId, body: MarkTasksPreviewBody) -> MarkPreviewResponse:
    """What marking task instances changes."""
    affected = context.store.actions.set_task_state(
        dag_id,
        body.dag_run_id,
        body.task_id,
        body.new_state,
        map_index=body.map_index,
        upstream=body.include_upstream,
        downstream=body.include_downstream,
        future=body.include_future,
        past=body.include_past,
        dry_run=True,
        whole=True,
        now=context.now(),
    )
    return mark_answer(mark_preview(dag_id, body.new_state, affected))


@router.post("/preview/mark-run/{dag_id}", responses=errors(404))
def preview_mark_run(context: Context, dag_id: DagId, body: MarkRunPreviewBody) -> MarkPreviewResponse:
    """What marking a run changes."""
    affected = context.store.actions.set_run_state(
        dag_id, body.dag_run_id, body.new_state, dry_run=True, now=context.now()
    )
    run = context.store.reads.runs.get(dag_id, body.dag_run_id)
    was = None if run is None else run["state"]
    return mark_answer(mark_run_preview(dag_id, body.dag_run_id, was, body.new_state, affected))


@router.post("/preview/trigger/{dag_id}", responses=errors(404, 409))
def preview_trigger(context: Context, dag_id: DagId, body: TriggerDAGRunPostBody) -> TriggerPreviewResponse:
    """The run that triggering makes, whether its conf is valid, and what it waits for."""
    interval = interval_of(body.data_interval_start, body.data_interval_end)
    found = context.store.previews.trigger(
        dag_id,
        context.now(),
        run_id=body.dag_run_id or None,
        logical_date=body.logical_date,
        interval=interval,
        run_after=body.run_after,
        conf=given_conf(body.conf, lambda: found_dag(context, dag_id)["spec"].params),
        partition_key=body.partition_key,
    )
    return trigger_answer(found)


@router.get("/preview/pause/{dag_id}", responses=errors(404))
def preview_pause(context: Context, dag_id: DagId) -> PausePreviewResponse:
    """What pausing a DAG holds up."""
    return pause_answer(context.store.previews.pause(dag_id))


@router.get("/preview/delete/{dag_id}/runs/{run_id}", responses=errors(404))
def preview_delete_run(context: Context, dag_id: DagId, run_id: RunId) -> DeletePreviewResponse:
    """What is deleted with a run."""
    return delete_answer(context.store.previews.delete_run(dag_id, run_id))


@router.get("/preview/delete/{dag_id}", responses=errors(404))
def preview_delete(context: Context, dag_id: DagId) -> DeletePreviewResponse:
    """What is deleted with a DAG."""
    return delete_answer(context.store.previews.delete(dag_id))


@router.post("/preview/clear/{dag_id}", responses=errors(404, 409))
def preview_clear(context: Context, dag_id: DagId, body: ClearTaskInstancesBody) -> ClearPreviewResponse:
    """What clearing lets run again: runs, and tasks with the number of their instances."""
    affected = cleared(context, dag_id, body, dry_run=True)
    return clear_answer(clear_preview(dag_id, affected))


@router.post("/dags/{dag_id}/unpause", dependencies=[USER], responses=errors(404))
def unpause_dag(context: Context, user: User, dag_id: DagId, body: UnpauseBody) -> UnpauseResponse:
    """Unpause a DAG; with `confirm_past_runs` the guard lets all runs for fire times up to now through."""
    changed = context.store.actions.set_paused(
        dag_id, False, confirm_past=body.confirm_past_runs, user=user.username, now=context.now()
    )
    return UnpauseResponse(dag_id=dag_id, changed=changed)
