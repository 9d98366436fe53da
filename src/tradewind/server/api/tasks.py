"""Tasks of a DAG, from its newest version."""

from __future__ import annotations

from fastapi import HTTPException
from fastapi.responses import Response

from tradewind.errors import NotFoundError
from tradewind.server import hidden
from tradewind.server.api.dags import unknown_dag
from tradewind.server.api.responses import errors
from tradewind.server.api.router import api_router
from tradewind.server.auth import VIEWER
from tradewind.server.context import Context, ServerContext
from tradewind.server.kept import Kept
from tradewind.server.models.tasks import TaskCollectionResponse, TaskResponse, task_answer
from tradewind.server.params import DagId, TaskId
from tradewind.spec.dag import DagSpec

router = api_router("Task", VIEWER)
_SORTABLE = frozenset({"task_id", "task_display_name", "owner", "start_date", "end_date", "pool", "operator_name"})


_kept: Kept[bytes] = Kept(32 * 1024 * 1024)
"""The answers for versions that were asked for lately: a version never changes, and all its tasks are one answer, as in
Airflow."""


def _spec(context: ServerContext, dag_id: str) -> DagSpec:
    spec = context.store.reads.dags.newest_spec(dag_id)
    if spec is None:
        raise unknown_dag(dag_id)
    return spec


@router.get("/dags/{dag_id}/tasks", response_model=TaskCollectionResponse, responses=errors(404))
def get_tasks(context: Context, dag_id: DagId, order_by: str = "task_id") -> Response:
    """All tasks of a DAG."""
    found = context.store.reads.dags.newest_version(dag_id)
    if found is None:
        raise unknown_dag(dag_id)
    version, spec = found
    name = order_by.removeprefix("-")
    if name not in _SORTABLE:
        raise HTTPException(400, f"cannot order by {name!r}; known are: {', '.join(sorted(_SORTABLE))}")
    masker = hidden.masker()
    key = (version, order_by, masker, masker.revision)  # before what is hidden is looked for
    body = _kept.get(key)
    if body is None:
        body = _in_order(spec, name, falling=order_by.startswith("-")).model_dump_json(by_alias=True).encode()
        _kept.put(key, body, len(body))
    return Response(body, media_type="application/json")


def _in_order(spec: DagSpec, name: str, *, falling: bool) -> TaskCollectionResponse:
    tasks = [task_answer(task, spec) for task in spec.tasks]
    tasks.sort(key=lambda task: task.task_id or "")
    # nulls last, whatever the direction
    present = [task for task in tasks if getattr(task, name) is not None]
    present.sort(key=lambda task: getattr(task, name), reverse=falling)
    absent = [task for task in tasks if getattr(task, name) is None]
    return TaskCollectionResponse(tasks=present + absent, total_entries=len(tasks))


@router.get("/dags/{dag_id}/tasks/{task_id}", responses=errors(404))
def get_task(context: Context, dag_id: DagId, task_id: TaskId) -> TaskResponse:
    """A task."""
    spec = _spec(context, dag_id)
    task = spec.task(task_id)
    if task is None:
        raise NotFoundError(f"DAG {dag_id!r} has no task {task_id!r}")
    return task_answer(task, spec)
