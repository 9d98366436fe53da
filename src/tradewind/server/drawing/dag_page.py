"""The pages of one DAG: its overview, its tasks as they went last, what they did."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Query

from tradewind.core.fingerprint import message_of
from tradewind.errors import DagRunNotFound, InvalidError, NotFoundError
from tradewind.server.api.dags import found_dag
from tradewind.server.api.responses import errors
from tradewind.server.context import Context, ServerContext
from tradewind.server.drawing.common import RunBar, run_bar
from tradewind.server.drawing.common import router as make_router
from tradewind.server.drawing.grid import rows_of
from tradewind.server.drawing.home import FailureGroupFacts
from tradewind.server.drawing.runs import RunSummaryResponse, get_run_summary
from tradewind.server.drawing.trends import DurationsResponse, durations_of
from tradewind.server.models.common import Answer
from tradewind.server.models.deadlines import DeadlineResponse, deadline_answer
from tradewind.server.params import DagId
from tradewind.spec.dag import TaskSpec
from tradewind.store.reads import Row
from tradewind.store.reads.run_tasks import TaskSum

router = make_router()
LOOKED_AT = 50
"""Failures are grouped over so many runs."""
DURATIONS_OF = 100
CHANGES_OF = 10
"""What tasks did is told of so many runs."""
SHOWN = 10


class AssetUse(Answer):
    """An asset that a DAG makes, reads or runs on."""

    id: int
    name: str
    uri: str
    role: Literal["schedule", "inlet", "outlet"]
    """`outlet`: a task makes it; `inlet`: a task reads it; `schedule`: the DAG runs when it is updated."""
    task_id: str | None
    last_at: datetime | None
    """Of its newest event."""


class DagOverviewResponse(Answer):
    """What a DAG is up to."""

    position: int
    dag_id: str
    newest: RunSummaryResponse | None
    """The newest run; null: it never ran."""
    doc_md: str | None
    """What its author says of it, as markdown."""
    params: dict[str, Any]
    """Name -> value, description, schema."""
    failures: list[FailureGroupFacts]
    """In the newest 50 runs, the newest first, at most 10."""
    assets: list[AssetUse]
    durations: DurationsResponse
    """Of the newest 100 runs."""
    deadlines: list[DeadlineResponse]
    """Those missed last, newest first, then those due next; at most 10 of each."""


class TaskNow(Answer):
    """A task in the newest run."""

    task_id: str
    state: str | None
    """Of a mapped task the one that stands for all instances."""
    count: int
    """How many instances."""
    mapped: bool
    start_date: datetime | None
    end_date: datetime | None
    try_number: int


class ListedTask(Answer):
    """A task of a DAG, and how it went last."""

    task_id: str
    task_display_name: str
    operator_name: str
    trigger_rule: str
    retries: int
    pool: str
    owner: str
    is_mapped: bool
    now: TaskNow | None
    """Null: it has no instance in the newest run."""


class DagTasksResponse(Answer):
    """A part of the tasks of a DAG, in the order in which they run, those of a group together."""

    position: int
    dag_id: str
    run: RunBar | None
    """The newest one; null: it never ran."""
    tasks: list[ListedTask]
    total: int
    """How many are found in all."""
    next_cursor: str | None
    """Null: there are no more."""


class TaskChangeFacts(Answer):
    """What a task instance did."""

    at: datetime
    """When it ended, else started, else was queued."""
    run_id: str
    task_id: str
    map_index: int
    try_number: int
    """0: it came to its state without an attempt."""
    state: str
    """Of the attempt, or of the task instance: both have the words of the other."""
    start_date: datetime | None
    end_date: datetime | None
    error: str | None
    """What went wrong, on one line."""
    reason: str | None


class TaskChangesResponse(Answer):
    """What the tasks of a DAG did in its newest 10 runs, newest first."""

    dag_id: str
    changes: list[TaskChangeFacts]


def _known(context: ServerContext, dag_id: str) -> None:
    if not context.store.reads.dags.exists(dag_id):
        raise NotFoundError(f"there is no DAG {dag_id!r}")


def _newest(context: ServerContext, dag_id: str) -> Row | None:
    rows = context.store.reads.runs.latest(dag_id, 1)
    return rows[0] if rows else None


@router.get("/dags/{dag_id}/overview", responses=errors(404))
def get_dag_overview(context: Context, dag_id: DagId) -> DagOverviewResponse:
    """What a DAG is for, how its newest run went, what fails, what it makes and uses, what is due."""
    spec = found_dag(context, dag_id)["spec"]
    reads = context.store.reads
    position = reads.changes.position()
    return DagOverviewResponse(
        position=position,
        dag_id=dag_id,
        newest=_summary(context, dag_id),
        doc_md=spec.doc_md,
        params=dict(spec.params),
        failures=[
            FailureGroupFacts(**{name: getattr(group, name) for name in FailureGroupFacts.model_fields})
            for group in reads.home.failures_of(dag_id, LOOKED_AT)[:SHOWN]
        ],
        assets=_assets(context, dag_id),
        durations=durations_of(context, dag_id, DURATIONS_OF),
        deadlines=[deadline_answer(row) for row in reads.deadlines.of_dag(dag_id, SHOWN)],
    )


def _summary(context: ServerContext, dag_id: str) -> RunSummaryResponse | None:
    newest = _newest(context, dag_id)
    if newest is None:
        return None
    try:
        return get_run_summary(context, dag_id, newest["run_id"])
    except DagRunNotFound:  # it was deleted meanwhile
        return None


def _assets(context: ServerContext, dag_id: str) -> list[AssetUse]:
    found = context.store.reads.lineage.around(dag_id=dag_id, depth=1)
    uses = [
        AssetUse(
            role=edge.role,
            task_id=edge.task_id or None,
            **{name: found.assets[edge.asset_id][name] for name in ("id", "name", "uri", "last_at")},
        )
        for edge in found.edges
        if edge.dag_id == dag_id and edge.asset_id in found.assets
    ]
    return sorted(uses, key=lambda use: (use.role, use.name, use.task_id or ""))


@router.get("/dags/{dag_id}/tasks", responses=errors(400, 404))
def get_dag_tasks(
    context: Context,
    dag_id: DagId,
    q: Annotated[str, Query(max_length=500, description="Words in the id, name, operator, owner or pool.")] = "",
    cursor: Annotated[str | None, Query(max_length=1000, description="`next_cursor` of the part before.")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> DagTasksResponse:
    """The tasks of a DAG: what each is, its state in the newest run, and how long it took."""
    position = context.store.reads.changes.position()
    spec = found_dag(context, dag_id)["spec"]
    every = _with_words(rows_of(spec), q)
    begin = 0 if cursor is None else _place(every, cursor) + 1
    found = every[begin : begin + limit]
    newest = _newest(context, dag_id)
    now = {}
    if newest is not None:
        now = context.store.reads.run_tasks.some(newest["id"], [task.task_id for task in found])
    return DagTasksResponse(
        position=position,
        dag_id=dag_id,
        run=run_bar(newest) if newest is not None else None,
        tasks=[_listed(task, now.get(task.task_id)) for task in found],
        total=len(every),
        next_cursor=found[-1].task_id if begin + limit < len(every) else None,
    )


def _with_words(tasks: list[TaskSpec], text: str) -> list[TaskSpec]:
    words = text.lower().split()
    if not words:
        return tasks

    def told(task: TaskSpec) -> str:
        said = task.task_id, task.task_display_name, task.operator_name or task.operator, task.owner, task.pool
        return " ".join(said).lower()

    return [task for task in tasks if (said := told(task)) and all(word in said for word in words)]


def _place(tasks: list[TaskSpec], task_id: str) -> int:
    for place, task in enumerate(tasks):
        if task.task_id == task_id:
            return place
    raise InvalidError(
        f"the cursor stands behind the task {task_id!r}, which is not found here any more", fix="start without it"
    )


def _listed(task: TaskSpec, now: TaskSum | None) -> ListedTask:
    return ListedTask(
        task_id=task.task_id,
        task_display_name=task.task_display_name or task.task_id,
        operator_name=task.operator_name or task.operator,
        trigger_rule=task.trigger_rule.value,
        retries=task.retries,
        pool=task.pool,
        owner=task.owner,
        is_mapped=task.mapped,
        now=None if now is None else TaskNow(**{name: getattr(now, name) for name in TaskNow.model_fields}),
    )


@router.get("/dags/{dag_id}/task-changes", responses=errors(404))
def get_task_changes(
    context: Context, dag_id: DagId, limit: Annotated[int, Query(ge=1, le=1000)] = 200
) -> TaskChangesResponse:
    """What the tasks of a DAG did lately."""
    _known(context, dag_id)
    rows = context.store.reads.trends.task_changes(dag_id, CHANGES_OF, limit)
    return TaskChangesResponse(dag_id=dag_id, changes=[_change(row) for row in rows])


def _change(row: Row) -> TaskChangeFacts:
    failed = row["error_type"] or row["error"]
    return TaskChangeFacts(
        error=f"{row['error_type'] or ''}: {message_of(row['error_type'], row['error'])}".lstrip(": ")
        if failed
        else None,
        **{name: row[name] for name in TaskChangeFacts.model_fields if name != "error"},
    )
