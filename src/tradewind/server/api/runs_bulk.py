"""DAG runs: change, clear or delete several at once, and let them forget their partitions."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import HTTPException

from tradewind.errors import InvalidError, TradewindError
from tradewind.server.api.dag_runs import found_run
from tradewind.server.api.dag_runs_write import checked, clear, cleared_answer
from tradewind.server.api.responses import errors
from tradewind.server.api.router import api_router
from tradewind.server.auth import USER, Principal, User
from tradewind.server.context import Context, ServerContext
from tradewind.server.errors import describe, status_of
from tradewind.server.models.bulk import (
    BulkDAGRunBody,
    BulkDAGRunClearBody,
    BulkDAGRuns,
    BulkUpdateDAGRuns,
    ClearPartitionsBody,
    ClearPartitionsResponse,
    ClearTaskInstanceCollectionResponse,
    NewTaskResponse,
)
from tradewind.server.models.common import BulkActionResponse, BulkResponse
from tradewind.server.models.runs import DAGRunCollectionResponse, run_answer
from tradewind.server.models.task_instances import TaskInstanceResponse
from tradewind.server.params import ALL, DagId
from tradewind.store.actions_partitions import Partitions

router = api_router("DagRun", USER)


@router.patch("/dags/{dag_id}/dagRuns", responses=errors())
def bulk_dag_runs(context: Context, user: User, dag_id: DagId, body: BulkDAGRuns) -> BulkResponse:
    """Change or delete runs; of several DAGs with `~`."""
    done: dict[str, BulkActionResponse] = {}
    for action in body.actions:
        result = done.setdefault(action.action, BulkActionResponse(success=[], errors=[]))
        if action.action == "create":
            refuse(result, 405, "runs are not made in bulk: trigger each with POST /dags/{dag_id}/dagRuns")
            continue
        named: dict[tuple[str, str], BulkDAGRunBody] = {}
        for entity in action.entities:
            run = BulkDAGRunBody(dag_run_id=entity) if isinstance(entity, str) else entity
            key = (run.dag_id or dag_id, run.dag_run_id)
            if ALL in key:
                refuse(result, 400, f"name the DAG of run {run.dag_run_id!r} in its dag_id: ~ does not")
            else:
                named[key] = run
        missing = [key for key in named if context.store.reads.runs.get(*key) is None]
        if missing and action.action_on_non_existence == "fail":
            listed = ", ".join(f"{dag}.{run}" for dag, run in sorted(missing))
            refuse(result, 404, f"these runs do not exist: {listed}")
            continue
        for key in missing:
            del named[key]
        for (dag, run_id), run in named.items():
            if isinstance(action, BulkUpdateDAGRuns):
                change = _change(context, user, dag, run, action.update_mask)
            else:
                change = _deletion(context, user, dag, run_id)
            attempt(result, f"{dag}.{run_id}", change)
    return BulkResponse(**done)


def _deletion(context: ServerContext, user: Principal, dag_id: str, run_id: str) -> Callable[[], None]:
    def delete() -> None:
        context.store.actions.delete_run(dag_id, run_id, user=user.username, now=context.now())

    return delete


def _change(
    context: ServerContext, user: Principal, dag_id: str, run: BulkDAGRunBody, mask: list[str] | None
) -> Callable[[], None]:
    fields = (set(mask) if mask else set(run.model_fields_set)) - {"dag_id", "dag_run_id"}

    def change() -> None:
        if unknown := fields - {"state", "note"}:
            raise InvalidError(f"{sorted(unknown)[0]!r} of a run cannot be changed; state and note can")
        actions, now = context.store.actions, context.now()
        if "state" in fields and run.state is not None:
            actions.set_run_state(dag_id, run.dag_run_id, run.state, user=user.username, now=now)
        if "note" in fields and (run.note is not None or mask):
            actions.set_run_note(dag_id, run.dag_run_id, run.note, user=user.username, now=now)

    return change


def refuse(result: BulkActionResponse, status: int, text: str) -> None:
    """Enter why something is not done."""
    result.errors.append({"error": text, "status_code": status})


def attempt(result: BulkActionResponse, name: str, change: Callable[[], None]) -> None:
    """Do it, and enter how it went."""
    try:
        change()
    except TradewindError as error:
        refuse(result, status_of(error), f"{name}: {describe(error)}")
    else:
        result.success.append(name)


# --- Clear --------------------------------------------------------------------------------------------------


@router.post(
    "/dags/{dag_id}/clearDagRuns",
    response_model=ClearTaskInstanceCollectionResponse | DAGRunCollectionResponse,
    responses=errors(404, 409),
)
def clear_dag_runs(
    context: Context, user: User, dag_id: DagId, body: BulkDAGRunClearBody
) -> ClearTaskInstanceCollectionResponse | DAGRunCollectionResponse:
    """Let runs run again: the task instances that would be cleared with `dry_run`, else the runs.

    A run that cannot be cleared ends the request; those before it are cleared.
    """
    checked(body)
    keys = _keys(context, dag_id, body)
    for key in keys:
        found_run(context, *key)
    if body.dry_run:
        found: list[TaskInstanceResponse | NewTaskResponse] = []
        for dag, run in keys:
            found += cleared_answer(context, user, dag, run, body).task_instances
        return ClearTaskInstanceCollectionResponse(task_instances=found, total_entries=len(found))
    for dag, run in keys:
        clear(context, user, dag, run, body)
    runs = [run_answer(found_run(context, *key)) for key in keys]
    return DAGRunCollectionResponse(dag_runs=runs, total_entries=len(runs))


def _keys(context: ServerContext, dag_id: str, body: BulkDAGRunClearBody) -> list[tuple[str, str]]:
    """(DAG, run) in the order in which they are named, or by their partition dates.  Raises HTTPException 400."""
    if body.of_partitions():
        if dag_id == ALL:
            raise HTTPException(400, "partitions are of one DAG: name it in the path")
        which = Partitions(
            dag_id=dag_id, key=body.partition_key, start=body.partition_date_start, end=body.partition_date_end
        )
        return [(dag_id, run_id) for run_id in context.store.actions.runs_of_partitions(which)]
    keys: dict[tuple[str, str], None] = {}
    for run in body.dag_runs:
        dag = run.dag_id or dag_id
        if ALL in (dag, run.dag_run_id):
            raise HTTPException(400, f"name the DAG of run {run.dag_run_id!r} in its dag_id: ~ does not")
        if dag_id not in (ALL, dag):
            raise HTTPException(400, f"run {run.dag_run_id!r} is of DAG {dag!r}, the path says {dag_id!r}")
        keys[dag, run.dag_run_id] = None
    return list(keys)


@router.post("/dags/{dag_id}/clearPartitions", responses=errors(404))
def clear_dag_run_partitions(
    context: Context, user: User, dag_id: DagId, body: ClearPartitionsBody
) -> ClearPartitionsResponse:
    """Let runs forget which partition they are of; with `dry_run` only say how many."""
    if dag_id == ALL:
        raise HTTPException(400, "partitions are of one DAG: name it in the path")
    which = Partitions(
        dag_id=dag_id,
        run_id=body.run_id,
        key=body.partition_key,
        start=body.partition_date_start,
        end=body.partition_date_end,
        tasks=body.clear_task_instances,
        dry_run=body.dry_run,
    )
    found = context.store.actions.clear_partitions(which, user=user.username, now=context.now())
    return ClearPartitionsResponse(
        dag_runs_cleared=found.runs, task_instances_cleared=found.task_instances, dry_run=body.dry_run
    )
