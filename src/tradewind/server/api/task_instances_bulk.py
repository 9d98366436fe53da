"""Task instances: change or delete several at once, those of a group, and what keeps one from running."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import HTTPException, Path

from tradewind.errors import NotFoundError, TradewindError
from tradewind.server.api.responses import errors
from tradewind.server.api.router import api_router
from tradewind.server.api.runs_bulk import attempt, refuse
from tradewind.server.api.task_instances import found_task_instance, tasks_of_group
from tradewind.server.api.task_instances_write import known, mark, sent, set_state
from tradewind.server.auth import USER, VIEWER, Principal, User
from tradewind.server.context import Context, ServerContext
from tradewind.server.models.bulk import (
    BulkTaskInstanceBody,
    BulkTaskInstances,
    BulkUpdateTaskInstances,
    ExternalLogUrlResponse,
    TaskDependencyCollectionResponse,
    TaskDependencyResponse,
)
from tradewind.server.models.common import BulkActionResponse, BulkResponse
from tradewind.server.models.task_instances import PatchTaskInstanceBody, TaskInstanceCollectionResponse
from tradewind.server.params import ALL, MAX_LIMIT, DagId, GroupId, MapIndex, MapIndexPath, RunId, TaskId, UpdateMask
from tradewind.spec.ids import TaskKey
from tradewind.spec.states import TaskInstanceState
from tradewind.store.reads import Page, Row, TaskInstanceFilter

router = api_router("Task Instance", USER)
readers = api_router("Task Instance", VIEWER)
_RUN = "/dags/{dag_id}/dagRuns/{dag_run_id}"
_ONE = _RUN + "/taskInstances/{task_id}"
_GROUP = _RUN + "/taskGroupInstances/{group_id}"
Key = tuple[str, str, str, int]
"""DAG, run, task, map index."""
_REACH = ("include_upstream", "include_downstream", "include_future", "include_past")


# --- Several at once ----------------------------------------------------------------------------------------


@router.patch(_RUN + "/taskInstances", responses=errors())
def bulk_task_instances(
    context: Context, user: User, dag_id: DagId, dag_run_id: RunId, body: BulkTaskInstances
) -> BulkResponse:
    """Change or delete task instances; of several runs or DAGs with `~`."""
    done: dict[str, BulkActionResponse] = {}
    for action in body.actions:
        result = done.setdefault(action.action, BulkActionResponse(success=[], errors=[]))
        if action.action == "create":
            refuse(result, 405, "task instances are not made in bulk: a run makes its own")
            continue
        found: dict[Key, BulkTaskInstanceBody] = {}
        missing: list[str] = []
        for entity in action.entities:
            task = BulkTaskInstanceBody(task_id=entity) if isinstance(entity, str) else entity
            dag, run = task.dag_id or dag_id, task.dag_run_id or dag_run_id
            if ALL in (dag, run):
                refuse(result, 400, f"name DAG and run of task {task.task_id!r} in dag_id and dag_run_id: ~ does not")
                continue
            rows = _named(context, dag, run, task)
            found.update({(dag, run, task.task_id, row["map_index"]): task for row in rows})
            if not rows:
                missing.append(f"{dag}.{run}.{task.task_id}")
        if missing and action.action_on_non_existence == "fail":
            refuse(result, 404, f"these task instances do not exist: {', '.join(missing)}")
            continue
        if isinstance(action, BulkUpdateTaskInstances):
            found = _marked_together(context, user, found, action.update_mask, result)
        for key, task in found.items():
            if isinstance(action, BulkUpdateTaskInstances):
                change = _change(context, user, key, task, action.update_mask)
            else:
                change = _deletion(context, user, key)
            attempt(result, _name(key), change)
    return BulkResponse(**done)


def _named(context: ServerContext, dag_id: str, run_id: str, task: BulkTaskInstanceBody) -> list[Row]:
    indexes = None if task.map_index is None else [task.map_index]
    which = TaskInstanceFilter(dag_ids=[dag_id], run_ids=[run_id], task_ids=[task.task_id], map_indexes=indexes)
    return context.store.reads.task_instances.page(which, Page(MAX_LIMIT * 100)).items


def _name(key: Key) -> str:
    return "{}.{}.{}[{}]".format(*key)


def _marked_together(
    context: ServerContext,
    user: Principal,
    found: dict[Key, BulkTaskInstanceBody],
    mask: list[str] | None,
    result: BulkActionResponse,
) -> dict[Key, BulkTaskInstanceBody]:
    """Mark those of a run that become the same in one go, since each go reads the run; gives back the others, and
    those of a go that failed: one by one they tell which it was."""
    alike: dict[tuple[object, ...], list[Key]] = {}
    for key, body in found.items():
        if sent(body, mask) - {"dag_id", "dag_run_id", "task_id", "map_index", *_REACH} == {"new_state"}:
            reach = (body.include_upstream, body.include_downstream, body.include_future, body.include_past)
            alike.setdefault((*key[:2], body.new_state, *reach), []).append(key)
    left = dict(found)
    for keys in alike.values():
        dag_id, run_id, *_ = keys[0]
        body = found[keys[0]]
        if len(keys) == 1 or body.new_state is None:
            continue
        try:
            tasks = [(task_id, map_index) for _, _, task_id, map_index in keys]
            set_state(context, user, (dag_id, run_id, tasks, None), body.new_state, body)
        except TradewindError:
            continue
        for key in keys:
            del left[key]
            result.success.append(_name(key))
    return left


def _change(
    context: ServerContext, user: Principal, key: Key, body: BulkTaskInstanceBody, mask: list[str] | None
) -> Callable[[], None]:
    fields = sent(body, mask) - {"dag_id", "dag_run_id", "task_id", "map_index"}

    def change() -> None:
        known(fields)
        if "note" in fields and (body.note is not None or mask):
            context.store.actions.set_task_note(
                *key[:3], body.note, map_index=key[3], user=user.username, now=context.now()
            )
        if "new_state" in fields and body.new_state is not None:
            set_state(context, user, key, body.new_state, body)

    return change


def _deletion(context: ServerContext, user: Principal, key: Key) -> Callable[[], None]:
    def delete() -> None:
        context.store.actions.delete_task(*key[:3], map_index=key[3], user=user.username, now=context.now())

    return delete


@router.delete(_ONE, responses=errors(404, 409))
def delete_task_instance(
    context: Context, user: User, dag_id: DagId, dag_run_id: RunId, task_id: TaskId, map_index: MapIndex = -1
) -> None:
    """Delete a task instance of a run that ended."""
    context.store.actions.delete_task(
        dag_id, dag_run_id, task_id, map_index=map_index, user=user.username, now=context.now()
    )


# --- Groups -------------------------------------------------------------------------------------------------


@router.patch(_GROUP, responses=errors(404, 409))
def patch_task_group_instances(
    context: Context,
    user: User,
    dag_id: DagId,
    dag_run_id: RunId,
    group_id: GroupId,
    body: PatchTaskInstanceBody,
    update_mask: UpdateMask = None,
) -> TaskInstanceCollectionResponse:
    """Mark the task instances of a group and of the groups in it, or write their notes."""
    tasks = _tasks(context, dag_id, dag_run_id, group_id)
    return mark(context, user, (dag_id, dag_run_id, tasks, None), body, sent(body, update_mask), dry_run=False)


@router.patch(_GROUP + "/dry_run", responses=errors(404))
def patch_task_group_instances_dry_run(
    context: Context, user: User, dag_id: DagId, dag_run_id: RunId, group_id: GroupId, body: PatchTaskInstanceBody
) -> TaskInstanceCollectionResponse:
    """Which task instances marking would change."""
    tasks = _tasks(context, dag_id, dag_run_id, group_id)
    return mark(context, user, (dag_id, dag_run_id, tasks, None), body, sent(body, None), dry_run=True)


def _tasks(context: ServerContext, dag_id: str, run_id: str, group_id: str) -> list[str]:
    """Ids of the tasks of the group that the run has instances of.  Raises NotFoundError."""
    if ALL in (dag_id, run_id):
        raise HTTPException(400, "the tasks of a group are marked in one run: ~ does not name one")
    inside = tasks_of_group(context, dag_id, run_id, group_id)
    if not inside:
        raise NotFoundError(f"run {run_id!r} of DAG {dag_id!r} has no task group {group_id!r}, or it is empty")
    which = TaskInstanceFilter(dag_ids=[dag_id], run_ids=[run_id], task_ids=inside)
    rows = context.store.reads.task_instances.page(which, Page(MAX_LIMIT * 100)).items
    known = {row["task_id"] for row in rows}
    if not known:
        raise NotFoundError(f"run {run_id!r} of DAG {dag_id!r} has no task instances of the group {group_id!r}")
    return [task_id for task_id in inside if task_id in known]


# --- What keeps one from running, and where its log lies ----------------------------------------------------


@readers.get(_ONE + "/dependencies", responses=errors(404))
def get_task_instance_dependencies(
    context: Context, dag_id: DagId, dag_run_id: RunId, task_id: TaskId, map_index: MapIndex = -1
) -> TaskDependencyCollectionResponse:
    """What keeps a task instance that waits from being queued; nothing once it was."""
    return _dependencies(context, dag_id, dag_run_id, task_id, map_index)


@readers.get(_ONE + "/{map_index}/dependencies", responses=errors(404))
def get_task_instance_dependencies_by_map_index(
    context: Context, dag_id: DagId, dag_run_id: RunId, task_id: TaskId, map_index: MapIndexPath
) -> TaskDependencyCollectionResponse:
    """What keeps an instance of a mapped task that waits from being queued; nothing once it was."""
    return _dependencies(context, dag_id, dag_run_id, task_id, map_index)


def _dependencies(
    context: ServerContext, dag_id: str, run_id: str, task_id: str, map_index: int
) -> TaskDependencyCollectionResponse:
    row = found_task_instance(context, dag_id, run_id, task_id, map_index)
    if row["state"] not in (None, TaskInstanceState.SCHEDULED.value):
        return TaskDependencyCollectionResponse(dependencies=[])
    key = TaskKey(task_id, map_index)
    told = context.store.reads.explain.task(dag_id, run_id, key, context.now(), context.lease_ttl)
    unmet = sorted(told.unmet, key=lambda condition: condition.name)
    return TaskDependencyCollectionResponse(
        dependencies=[TaskDependencyResponse(name=each.name, reason=each.text) for each in unmet]
    )


@readers.get(_ONE + "/externalLogUrl/{try_number}", responses=errors(404))
def get_external_log_url(
    context: Context,
    dag_id: DagId,
    dag_run_id: RunId,
    task_id: TaskId,
    try_number: Annotated[int, Path(gt=0, le=2**31 - 1)],
    map_index: MapIndex = -1,
) -> ExternalLogUrlResponse:
    """Always 400 for a task instance that there is: its log lies here, at `logs/{try_number}`."""
    found_task_instance(context, dag_id, dag_run_id, task_id, map_index)
    raise HTTPException(400, f"logs are kept by Tradewind itself: read logs/{try_number} of the task instance")
