"""DAG runs: trigger, change, clear, delete."""

from __future__ import annotations

from datetime import datetime

from fastapi import HTTPException

from tradewind.server.api.dag_runs import found_run
from tradewind.server.api.dags import found_dag
from tradewind.server.api.responses import errors
from tradewind.server.api.router import api_router
from tradewind.server.api.task_instances import affected_answer
from tradewind.server.auth import USER, Principal, User
from tradewind.server.context import Context, ServerContext
from tradewind.server.errors import unprocessable
from tradewind.server.hidden import given_conf
from tradewind.server.models.bulk import ClearTaskInstanceCollectionResponse, NewTaskResponse
from tradewind.server.models.runs import (
    DAGRunClearBody,
    DAGRunPatchBody,
    DAGRunResponse,
    TriggerDAGRunPostBody,
    run_answer,
)
from tradewind.server.models.task_instances import TaskInstanceResponse
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
        run_id=body.dag_run_id or None,
        logical_date=body.logical_date,
        interval=interval_of(body.data_interval_start, body.data_interval_end),
        run_after=body.run_after,
        conf=given_conf(body.conf, lambda: found_dag(context, dag_id)["spec"].params),
        note=body.note,
        user=user.username,
        triggered_by="rest_api",
        partition_key=body.partition_key,
        now=context.now(),
    )
    return run_answer(found_run(context, run.dag_id, run.run_id))


def interval_of(start: datetime | None, end: datetime | None) -> Interval | None:
    """The data interval of a body that gives both ends, or none.  Raises RequestValidationError for one end."""
    if start is None and end is None:
        return None
    if start is None or end is None:
        raise unprocessable("data_interval_start and data_interval_end go together: give both or neither", "body")
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
    response_model=ClearTaskInstanceCollectionResponse | DAGRunResponse,
    responses=errors(404, 409),
)
def clear_dag_run(
    context: Context, user: User, dag_id: DagId, dag_run_id: RunId, body: DAGRunClearBody
) -> ClearTaskInstanceCollectionResponse | DAGRunResponse:
    """Let a run run again: the task instances it would clear with `dry_run`, else the run."""
    checked(body)
    found_run(context, dag_id, dag_run_id)
    if body.dry_run:
        return cleared_answer(context, user, dag_id, dag_run_id, body)
    clear(context, user, dag_id, dag_run_id, body)
    return run_answer(found_run(context, dag_id, dag_run_id))


def checked(body: DAGRunClearBody) -> None:
    """Raises HTTPException 400 for what contradicts itself."""
    if body.only_new and body.only_failed:
        raise HTTPException(400, "only_new and only_failed exclude each other: set one of them")


def clear(context: ServerContext, user: Principal, dag_id: str, run_id: str, body: DAGRunClearBody) -> None:
    """Let a run run again, as the body says.  Raises NotFoundError, ConflictError."""
    context.store.actions.clear_run(
        dag_id,
        run_id,
        only_failed=body.only_failed,
        dependents=body.include_dependent_dags,
        only_new=body.only_new,
        latest=bool(body.run_on_latest_version),
        note=body.note,
        user=user.username,
        now=context.now(),
    )


def cleared_answer(
    context: ServerContext, user: Principal, dag_id: str, run_id: str, body: DAGRunClearBody
) -> ClearTaskInstanceCollectionResponse:
    """What clearing the run would let run: its task instances, or with `only_new` the tasks that it lacks."""
    found: list[TaskInstanceResponse | NewTaskResponse] = []
    if body.only_new:
        new = context.store.actions.new_tasks(dag_id, run_id)
        found += [NewTaskResponse(task_id=task_id, task_display_name=name) for task_id, name in new]
    else:
        changed = context.store.actions.clear_run(
            dag_id,
            run_id,
            only_failed=body.only_failed,
            dependents=body.include_dependent_dags,
            dry_run=True,
            user=user.username,
            now=context.now(),
        )
        found += affected_answer(context, changed).task_instances
    return ClearTaskInstanceCollectionResponse(task_instances=found, total_entries=len(found))


@router.delete("/dags/{dag_id}/dagRuns/{dag_run_id}", status_code=204, responses=errors(404, 409))
def delete_dag_run(context: Context, user: User, dag_id: DagId, dag_run_id: RunId) -> None:
    """Delete a run that does not run."""
    context.store.actions.delete_run(dag_id, dag_run_id, user=user.username, now=context.now())
