"""Task instances: clear and mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import HTTPException, Query

from tradewind.errors import ConflictError, InvalidError
from tradewind.server.api.responses import errors
from tradewind.server.api.router import api_router
from tradewind.server.api.task_instances import affected_answer, cleared, found_task_instance
from tradewind.server.auth import USER, Principal, User
from tradewind.server.context import Context, ServerContext
from tradewind.server.models.task_instances import (
    ClearTaskInstancesBody,
    PatchTaskInstanceBody,
    TaskInstanceCollectionResponse,
)
from tradewind.server.params import (
    ALL,
    MAX_INT,
    MAX_LIMIT,
    DagId,
    MapIndexPath,
    RunId,
    TaskId,
    UpdateMask,
)
from tradewind.spec.states import TaskInstanceState
from tradewind.store.reads import Page, Row, TaskInstanceFilter

router = api_router("Task Instance", USER)
_ONE = "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}"
AnyMapIndex = Annotated[int | None, Query(ge=-1, le=MAX_INT, description="Without it all instances of the task.")]


@router.post("/dags/{dag_id}/clearTaskInstances", responses=errors(404, 409))
def post_clear_task_instances(
    context: Context, user: User, dag_id: DagId, body: ClearTaskInstancesBody
) -> TaskInstanceCollectionResponse:
    """Let task instances run again; with `dry_run` only say which."""
    if dag_id == ALL:
        raise HTTPException(400, "task instances of one DAG are cleared: ~ does not name one")
    changed = cleared(context, dag_id, body, dry_run=body.dry_run, user=user.username)
    return affected_answer(context, changed)


def mark(
    context: ServerContext,
    user: Principal,
    key: tuple[str, str, str | Sequence[str], int | None],
    body: PatchTaskInstanceBody,
    fields: set[str],
    *,
    dry_run: bool,
) -> TaskInstanceCollectionResponse:
    """Mark a task, or those of a group, and write notes.  Raises InvalidError, NotFoundError, ConflictError."""
    dag_id, run_id, tasks, _ = key
    known(fields)
    named = _named(context, *key)
    changed: list[Row] = []
    if "new_state" in fields and body.new_state is not None:
        changed = set_state(context, user, key, body.new_state, body, dry_run=dry_run)
        if not changed and not dry_run and "note" not in fields:
            state = body.new_state.value
            raise ConflictError(
                f"task {tasks!r} is in the state {state} already"
                if isinstance(tasks, str)
                else f"all tasks of the group are in the state {state} already"
            )
    if "note" in fields and not dry_run:
        for row in named:
            context.store.actions.set_task_note(
                dag_id,
                run_id,
                row["task_id"],
                body.note,
                map_index=row["map_index"],
                user=user.username,
                now=context.now(),
            )
    # a dry run names what would change, and that may be nothing
    return affected_answer(context, changed if changed or (dry_run and body.new_state is not None) else named)


def set_state(
    context: ServerContext,
    user: Principal,
    key: tuple[str, str, str | Sequence[str | tuple[str, int]], int | None],
    state: TaskInstanceState,
    reach: PatchTaskInstanceBody,
    *,
    dry_run: bool = False,
) -> list[Row]:
    """Mark what a key names - DAG, run, tasks, map index - and what the body reaches from there; what was marked, or
    would be.
    """
    dag_id, run_id, tasks, map_index = key
    return context.store.actions.set_task_state(
        dag_id,
        run_id,
        tasks,
        state,
        map_index=map_index,
        upstream=reach.include_upstream,
        downstream=reach.include_downstream,
        future=reach.include_future,
        past=reach.include_past,
        dry_run=dry_run,
        user=user.username,
        now=context.now(),
    )


def _named(
    context: ServerContext, dag_id: str, run_id: str, tasks: str | Sequence[str], map_index: int | None
) -> list[Row]:
    """The task instances that the path names.  Raises NotFoundError when there are none."""
    if map_index is None or not isinstance(tasks, str):
        names = [tasks] if isinstance(tasks, str) else tasks
        which = TaskInstanceFilter(dag_ids=[dag_id], run_ids=[run_id], task_ids=names)
        rows = context.store.reads.task_instances.page(which, Page(MAX_LIMIT * 100)).items
        if rows:
            return rows
    task_id = tasks if isinstance(tasks, str) else tasks[0]
    return [found_task_instance(context, dag_id, run_id, task_id, -1 if map_index is None else map_index)]


def known(fields: set[str]) -> None:
    """Raises InvalidError for a name that is none of a task instance's fields to change."""
    if unknown := fields - set(PatchTaskInstanceBody.model_fields):
        raise InvalidError(f"{sorted(unknown)[0]!r} of a task instance cannot be changed; new_state and note can")


def sent(body: PatchTaskInstanceBody, update_mask: list[str] | None) -> set[str]:
    """Names of the fields to change."""
    return set(update_mask) if update_mask else set(body.model_fields_set)


@router.patch(_ONE, responses=errors(404, 409))
def patch_task_instance(
    context: Context,
    user: User,
    dag_id: DagId,
    dag_run_id: RunId,
    task_id: TaskId,
    body: PatchTaskInstanceBody,
    map_index: AnyMapIndex = None,
    update_mask: UpdateMask = None,
) -> TaskInstanceCollectionResponse:
    """Mark a task instance, or write its note."""
    key = (dag_id, dag_run_id, task_id, map_index)
    return mark(context, user, key, body, sent(body, update_mask), dry_run=False)


@router.patch(_ONE + "/dry_run", responses=errors(404, 409))
def patch_task_instance_dry_run(
    context: Context,
    user: User,
    dag_id: DagId,
    dag_run_id: RunId,
    task_id: TaskId,
    body: PatchTaskInstanceBody,
    map_index: AnyMapIndex = None,
    update_mask: UpdateMask = None,
) -> TaskInstanceCollectionResponse:
    """Which task instances marking would change."""
    key = (dag_id, dag_run_id, task_id, map_index)
    return mark(context, user, key, body, sent(body, update_mask), dry_run=True)


@router.patch(_ONE + "/{map_index}", responses=errors(404, 409))
def patch_task_instance_by_map_index(
    context: Context,
    user: User,
    dag_id: DagId,
    dag_run_id: RunId,
    task_id: TaskId,
    map_index: MapIndexPath,
    body: PatchTaskInstanceBody,
    update_mask: UpdateMask = None,
) -> TaskInstanceCollectionResponse:
    """Mark an instance of a mapped task, or write its note."""
    key = (dag_id, dag_run_id, task_id, map_index)
    return mark(context, user, key, body, sent(body, update_mask), dry_run=False)


@router.patch(_ONE + "/{map_index}/dry_run", responses=errors(404, 409))
def patch_task_instance_dry_run_by_map_index(
    context: Context,
    user: User,
    dag_id: DagId,
    dag_run_id: RunId,
    task_id: TaskId,
    map_index: MapIndexPath,
    body: PatchTaskInstanceBody,
    update_mask: UpdateMask = None,
) -> TaskInstanceCollectionResponse:
    """Which task instances marking would change."""
    key = (dag_id, dag_run_id, task_id, map_index)
    return mark(context, user, key, body, sent(body, update_mask), dry_run=True)
