"""Task instances and their tries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import Depends, HTTPException, Query

from tradewind.errors import NotFoundError
from tradewind.server.api.dag_runs import found_run
from tradewind.server.api.responses import errors
from tradewind.server.api.router import api_router
from tradewind.server.auth import VIEWER
from tradewind.server.context import Context, ServerContext
from tradewind.server.errors import unprocessable
from tradewind.server.models.task_instances import (
    ClearTaskInstancesBody,
    TaskInstanceCollectionResponse,
    TaskInstanceHistoryCollectionResponse,
    TaskInstanceHistoryResponse,
    TaskInstanceResponse,
    TaskInstancesBatchBody,
    task_instance_answer,
    try_answer,
)
from tradewind.server.params import (
    ALL,
    CursorPaged,
    DagId,
    MapIndex,
    MapIndexPath,
    Paged,
    Pattern,
    RunId,
    TaskId,
    one_or_all,
    pattern,
    within,
)
from tradewind.spec.dag import DagSpec
from tradewind.spec.states import TaskInstanceState
from tradewind.store.reads import Page, Range, Row, Rows, TaskInstanceFilter

router = api_router("Task Instance", VIEWER)
_ROOT = "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances"
Names = Annotated[list[str] | None, Query(max_length=200)]
Numbers = Annotated[list[int] | None, Query(max_length=200)]
State = TaskInstanceState | Literal["none", "no_status"]


def found_task_instance(context: ServerContext, dag_id: str, run_id: str, task_id: str, map_index: int = -1) -> Row:
    """A row of `reads.task_instances`.  Raises NotFoundError."""
    row = context.store.reads.task_instances.get(dag_id, run_id, task_id, map_index)
    if row is None:
        index = "" if map_index < 0 else f" with map index {map_index}"
        raise NotFoundError(f"run {run_id!r} of DAG {dag_id!r} has no task instance {task_id!r}{index}")
    return row


def collection(rows: Rows) -> TaskInstanceCollectionResponse:
    """A page of task instances as an answer."""
    return TaskInstanceCollectionResponse(
        task_instances=[task_instance_answer(row) for row in rows.items],
        total_entries=rows.total,
        total_entries_limit=rows.counted,
        next_cursor=rows.next_cursor,
        previous_cursor=rows.previous_cursor,
    )


def cleared(
    context: ServerContext, dag_id: str, body: ClearTaskInstancesBody, *, dry_run: bool, user: str | None = None
) -> list[Row]:
    """Clear what the body names, or with `dry_run` only find it: what a preview shows is what the action does."""
    return context.store.actions.clear_tasks(
        dag_id,
        run_id=body.dag_run_id,
        task_ids=body.task_ids,
        start=body.start_date,
        end=body.end_date,
        only_failed=body.only_failed,
        only_running=body.only_running,
        upstream=body.include_upstream,
        downstream=body.include_downstream,
        future=body.include_future,
        past=body.include_past,
        reset_dag_runs=body.reset_dag_runs,
        prevent_running=body.prevent_running_task,
        dependents=body.include_dependent_dags,
        latest=bool(body.run_on_latest_version),
        dry_run=dry_run,
        note=body.note,
        user=user,
        now=context.now(),
    )


def affected_answer(context: ServerContext, changed: Sequence[Row]) -> TaskInstanceCollectionResponse:
    """What an action changed, as it is now, in the order of the action."""
    ids = [row["id"] for row in changed]
    by_id = {row["id"]: row for row in context.store.reads.task_instances.of_ids(ids)}
    answers = [task_instance_answer(by_id[ti_id]) for ti_id in ids if ti_id in by_id]
    return TaskInstanceCollectionResponse(task_instances=answers, total_entries=len(answers))


def _filter(
    run_after: Annotated[Range, within("run_after")],
    logical_date: Annotated[Range, within("logical_date")],
    start_date: Annotated[Range, within("start_date")],
    end_date: Annotated[Range, within("end_date")],
    updated_at: Annotated[Range, within("updated_at")],
    duration: Annotated[Range, within("duration", float)],
    pool_name: Annotated[Pattern, pattern("pool_name")],
    queue_name: Annotated[Pattern, pattern("queue_name")],
    operator_name: Annotated[Pattern, pattern("operator_name")],
    rendered_map_index: Annotated[Pattern, pattern("rendered_map_index")],
    state: Annotated[list[State] | None, Query()] = None,
    pool: Names = None,
    queue: Names = None,
    executor: Names = None,
    operator: Names = None,
    version_number: Numbers = None,
    try_number: Numbers = None,
    map_index: Numbers = None,
) -> dict[str, Any]:
    return {
        "states": _states(state),
        "pools": pool,
        "queues": queue,
        "executors": executor,
        "operators": operator,
        "version_numbers": version_number,
        "try_numbers": try_number,
        "map_indexes": map_index,
        "run_after": run_after,
        "logical_date": logical_date,
        "start_date": start_date,
        "end_date": end_date,
        "updated_at": updated_at,
        "duration": duration,
        "pool_pattern": pool_name.pattern,
        "pool_prefix": pool_name.prefix,
        "queue_pattern": queue_name.pattern,
        "queue_prefix": queue_name.prefix,
        "operator_pattern": operator_name.pattern,
        "operator_prefix": operator_name.prefix,
        "rendered_map_index_pattern": rendered_map_index.pattern,
        "rendered_map_index_prefix": rendered_map_index.prefix,
    }


def _states(given: Sequence[State | None] | None) -> list[str | None] | None:
    if given is None:
        return None
    return [state.value if isinstance(state, TaskInstanceState) else None for state in given]


Which = Annotated[dict[str, Any], Depends(_filter)]


@router.get(_ROOT, responses=errors(404))
def get_task_instances(
    context: Context,
    dag_id: DagId,
    dag_run_id: RunId,
    which: Which,
    page: CursorPaged,
    task_name: Annotated[Pattern, pattern("task_display_name")],
    dag: Annotated[Pattern, pattern("dag_id")],
    run: Annotated[Pattern, pattern("run_id")],
    task_id: str | None = None,
    task_group_id: str | None = None,
) -> TaskInstanceCollectionResponse:
    """The task instances of a run; of all runs, or all DAGs, with `~`."""
    task_ids = None if task_id is None else [task_id]
    if task_group_id is not None:
        inside = tasks_of_group(context, dag_id, dag_run_id, task_group_id)
        task_ids = inside if task_ids is None else [name for name in task_ids if name in inside]
        if not task_ids:
            return TaskInstanceCollectionResponse(task_instances=[], total_entries=0)
    filtered = TaskInstanceFilter(
        **which,
        dag_ids=one_or_all(dag_id),
        run_ids=one_or_all(dag_run_id),
        task_ids=task_ids,
        task_name_pattern=task_name.pattern,
        task_name_prefix=task_name.prefix,
        dag_id_pattern=dag.pattern,
        dag_id_prefix=dag.prefix,
        run_id_pattern=run.pattern,
        run_id_prefix=run.prefix,
    )
    rows = context.store.reads.task_instances.page(filtered, page)
    if not rows.items and dag_id != ALL:
        if dag_run_id != ALL:
            found_run(context, dag_id, dag_run_id)
        elif context.store.reads.dags.newest_spec(dag_id) is None:
            raise NotFoundError(f"DAG {dag_id!r} does not exist")
    return collection(rows)


def tasks_of_group(context: ServerContext, dag_id: str, run_id: str, group_id: str) -> list[str]:
    """Ids of the tasks inside a group and the groups in it, in the version of the run."""
    if dag_id == ALL:
        raise HTTPException(400, "a task group is of one DAG: name the DAG in the path")
    spec: DagSpec | None
    if run_id == ALL:
        spec = context.store.reads.dags.newest_spec(dag_id)
    else:
        spec = context.store.reads.versions.spec(found_run(context, dag_id, run_id)["version_id"])
    if spec is None:
        raise NotFoundError(f"DAG {dag_id!r} does not exist")
    parents = {group.group_id: group.parent for group in spec.groups}
    if group_id not in parents and all(task.group != group_id for task in spec.tasks):
        raise NotFoundError(f"DAG {dag_id!r} has no task group {group_id!r}")

    def is_inside(group: str | None) -> bool:
        while group is not None and group != group_id:
            group = parents.get(group)
        return group == group_id

    return [task.task_id for task in spec.tasks if is_inside(task.group)]


@router.post(_ROOT + "/list", responses=errors())
def get_task_instances_batch(
    context: Context, dag_id: DagId, dag_run_id: RunId, body: TaskInstancesBatchBody
) -> TaskInstanceCollectionResponse:
    """Task instances of several DAGs; both ids in the path are `~`."""
    if (dag_id, dag_run_id) != (ALL, ALL):
        raise unprocessable("the ids in the path must be ~; name DAGs and runs in the body", "path", "dag_id")
    filtered = TaskInstanceFilter(
        dag_ids=body.dag_ids,
        run_ids=body.dag_run_ids,
        task_ids=body.task_ids,
        states=_states(body.state),
        pools=body.pool,
        queues=body.queue,
        executors=body.executor,
        **body.ranges(),
    )
    return collection(context.store.reads.task_instances.page(filtered, body.page()))


@router.get(_ROOT + "/{task_id}", responses=errors(404))
def get_task_instance(context: Context, dag_id: DagId, dag_run_id: RunId, task_id: TaskId) -> TaskInstanceResponse:
    """A task instance that is not mapped."""
    row = context.store.reads.task_instances.get(dag_id, dag_run_id, task_id, -1)
    if row is not None:
        return task_instance_answer(row)
    mapped = TaskInstanceFilter(dag_ids=[dag_id], run_ids=[dag_run_id], task_ids=[task_id])
    if context.store.reads.task_instances.page(mapped, Page(1)).items:
        raise HTTPException(404, f"task {task_id!r} is mapped: add the map index to the path")
    return task_instance_answer(found_task_instance(context, dag_id, dag_run_id, task_id))


@router.get(_ROOT + "/{task_id}/listMapped", responses=errors(404))
def get_mapped_task_instances(
    context: Context, dag_id: DagId, dag_run_id: RunId, task_id: TaskId, which: Which, page: Paged
) -> TaskInstanceCollectionResponse:
    """The instances of a mapped task."""
    filtered = TaskInstanceFilter(**which, dag_ids=[dag_id], run_ids=[dag_run_id], task_ids=[task_id], mapped_only=True)
    rows = context.store.reads.task_instances.page(filtered, page)
    if not rows.items:
        run = found_run(context, dag_id, dag_run_id)
        spec = context.store.reads.versions.spec(run["version_id"])
        task = None if spec is None else spec.task(task_id)
        if spec is None or task is None:
            raise NotFoundError(f"run {dag_run_id!r} of DAG {dag_id!r} has no task {task_id!r}")
        if not task.mapped and not _in_mapped_group(spec, task.group):
            raise NotFoundError(f"task {task_id!r} of DAG {dag_id!r} is not mapped")
    return collection(rows)


def _in_mapped_group(spec: DagSpec, group: str | None) -> bool:
    groups = {each.group_id: each for each in spec.groups}
    while group is not None and group in groups:
        if groups[group].expand is not None:
            return True
        group = groups[group].parent
    return False


# --- Tries --------------------------------------------------------------------------------------------------


def _tries(
    context: ServerContext, dag_id: str, run_id: str, task_id: str, map_index: int
) -> list[TaskInstanceHistoryResponse]:
    row = found_task_instance(context, dag_id, run_id, task_id, map_index)
    by_number: dict[int, list[Row]] = {}
    for attempt in context.store.reads.task_instances.tries(row["id"]):
        by_number.setdefault(attempt["try_number"], []).append(attempt)
    return [try_answer(row, by_number[number]) for number in sorted(by_number)]


def _all_tries(tries: list[TaskInstanceHistoryResponse]) -> TaskInstanceHistoryCollectionResponse:
    return TaskInstanceHistoryCollectionResponse(task_instances=tries, total_entries=len(tries))


def _one_try(tries: list[TaskInstanceHistoryResponse], number: int) -> TaskInstanceHistoryResponse:
    for each in tries:
        if each.try_number == number:
            return each
    raise NotFoundError(f"the task instance has no try {number}")


@router.get(_ROOT + "/{task_id}/tries", responses=errors(404))
def get_task_instance_tries(
    context: Context, dag_id: DagId, dag_run_id: RunId, task_id: TaskId, map_index: MapIndex = -1
) -> TaskInstanceHistoryCollectionResponse:
    """All tries of a task instance."""
    return _all_tries(_tries(context, dag_id, dag_run_id, task_id, map_index))


@router.get(_ROOT + "/{task_id}/tries/{task_try_number}", responses=errors(404))
def get_task_instance_try_details(
    context: Context,
    dag_id: DagId,
    dag_run_id: RunId,
    task_id: TaskId,
    task_try_number: int,
    map_index: MapIndex = -1,
) -> TaskInstanceHistoryResponse:
    """One try of a task instance."""
    return _one_try(_tries(context, dag_id, dag_run_id, task_id, map_index), task_try_number)


@router.get(_ROOT + "/{task_id}/{map_index}/tries", responses=errors(404))
def get_mapped_task_instance_tries(
    context: Context, dag_id: DagId, dag_run_id: RunId, task_id: TaskId, map_index: MapIndexPath
) -> TaskInstanceHistoryCollectionResponse:
    """All tries of an instance of a mapped task."""
    return _all_tries(_tries(context, dag_id, dag_run_id, task_id, map_index))


@router.get(_ROOT + "/{task_id}/{map_index}/tries/{task_try_number}", responses=errors(404))
def get_mapped_task_instance_try_details(
    context: Context,
    dag_id: DagId,
    dag_run_id: RunId,
    task_id: TaskId,
    map_index: MapIndexPath,
    task_try_number: int,
) -> TaskInstanceHistoryResponse:
    """One try of an instance of a mapped task."""
    return _one_try(_tries(context, dag_id, dag_run_id, task_id, map_index), task_try_number)


@router.get(_ROOT + "/{task_id}/{map_index}", responses=errors(404))
def get_mapped_task_instance(
    context: Context, dag_id: DagId, dag_run_id: RunId, task_id: TaskId, map_index: MapIndexPath
) -> TaskInstanceResponse:
    """An instance of a mapped task."""
    return task_instance_answer(found_task_instance(context, dag_id, dag_run_id, task_id, map_index))
