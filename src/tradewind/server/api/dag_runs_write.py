"""DAG runs: trigger, change, clear, delete."""

from __future__ import annotations

from datetime import datetime

from fastapi import HTTPException

from tradewind.errors import InvalidError
from tradewind.server.api.dag_runs import found_run
from tradewind.server.api.responses import errors
from tradewind.server.api.router import api_router
from tradewind.server.api.task_instances import affected_answer
from tradewind.server.auth import USER, User
from tradewind.server.context import Context
from tradewind.server.models.runs import (
    DAGRunClearBody,
    DAGRunPatchBody,
    DAGRunResponse,
    TriggerDAGRunPostBody,
    run_answer,
)
from tradewind.server.models.task_instances import TaskInstanceCollectionResponse
from tradewind.server.params import ALL, DagId, RunId, UpdateMask
from tradewind.spec.schedule import Interval

router = api_router("DagRun", USER)


@router.post("/dags/{dag_id}/dagRuns", responses=errors(404, 409))
def trigger_dag_run(context: Context, user: User, dag_id: DagId, body: TriggerDAGRunPostBody) -> DAGRunResponse:
    """Make a run."""
    if dag_id == ALL:
        raise HTTPException(400, "name one DAG to trigger: ~ does not")
    run = context.store.actions.trigger_run(
        dag_id,
        run_id=body.dag_run_id,
        logical_date=body.logical_date,
        interval=interval_of(body.data_interval_start, body.data_interval_end),
        run_after=body.run_after,
        conf=body.conf,
        note=body.note,
        user=user.username,
        triggered_by="rest_api",
        partition_key=body.partition_key,
        now=context.now(),
    )
    return run_answer(found_run(context, run.dag_id, run.run_id))


def interval_of(start: datetime | None, end: datetime | None) -> Interval | None:
    """The data interval of a body that gives both ends, or none.  Raises InvalidError for one end."""
    if start is None and end is None:
        return None
    if start is None or end is None:
        raise InvalidError("data_interval_start and data_interval_end go together: give both or neither")
    return Interval(start, end)


@router.patch("/dags/{dag_id}/dagRuns/{dag_run_id}", responses=errors(404))
def patch_dag_run(
    context: Context,
    user: User,
    dag_id: DagId,
    dag_run_id: RunId,
    body: DAGRunPatchBody,
    update_mask: UpdateMask = None,
) -> DAGRunResponse:
    """Mark a run success or failed, queue it again, or write its note."""
    fields = set(update_mask) if update_mask else body.model_fields_set
    if unknown := fields - {"state", "note"}:
        raise HTTPException(400, f"{sorted(unknown)[0]!r} of a run cannot be changed; state and note can")
    found_run(context, dag_id, dag_run_id)
    actions, now = context.store.actions, context.now()
    if "state" in fields and body.state is not None:
        actions.set_run_state(dag_id, dag_run_id, body.state, user=user.username, now=now)
    if "note" in fields:
        actions.set_run_note(dag_id, dag_run_id, body.note, user=user.username, now=now)
    return run_answer(found_run(context, dag_id, dag_run_id))


@router.post(
    "/dags/{dag_id}/dagRuns/{dag_run_id}/clear",
    response_model=TaskInstanceCollectionResponse | DAGRunResponse,
    responses=errors(404, 409),
)
def clear_dag_run(
    context: Context, user: User, dag_id: DagId, dag_run_id: RunId, body: DAGRunClearBody
) -> TaskInstanceCollectionResponse | DAGRunResponse:
    """Let a run run again: the task instances it would clear with `dry_run`, else the run."""
    if body.only_new or body.run_on_latest_version:
        raise HTTPException(400, "a cleared run keeps its DAG version: leave out only_new and run_on_latest_version")
    found_run(context, dag_id, dag_run_id)
    changed = context.store.actions.clear_run(
        dag_id,
        dag_run_id,
        only_failed=body.only_failed,
        dependents=body.include_dependent_dags,
        dry_run=body.dry_run,
        note=body.note,
        user=user.username,
        now=context.now(),
    )
    if body.dry_run:
        return affected_answer(context, changed)
    return run_answer(found_run(context, dag_id, dag_run_id))


@router.delete("/dags/{dag_id}/dagRuns/{dag_run_id}", status_code=204, responses=errors(404, 409))
def delete_dag_run(context: Context, user: User, dag_id: DagId, dag_run_id: RunId) -> None:
    """Delete a run that does not run."""
    context.store.actions.delete_run(dag_id, dag_run_id, user=user.username, now=context.now())
