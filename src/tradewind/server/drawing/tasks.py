"""The head of a task instance's page: what it is, how it goes or went, its tries, and where one can go from it."""

from __future__ import annotations

from datetime import datetime

from tradewind.core.fingerprint import message_of
from tradewind.errors import NotFoundError
from tradewind.server.api.links import links_of
from tradewind.server.api.responses import errors
from tradewind.server.context import Context
from tradewind.server.drawing.common import router as make_router
from tradewind.server.drawing.grid import rows_of
from tradewind.server.models.common import Answer
from tradewind.server.params import DagId, MapIndex, RunId, TaskId
from tradewind.spec.dag import DagSpec, TaskSpec
from tradewind.spec.ids import NOT_MAPPED
from tradewind.store.reads import Row
from tradewind.store.reads.task_page import OtherRun

router = make_router()


class TaskAttempt(Answer):
    """A try, or one of several attempts at it."""

    attempt_id: str
    try_number: int
    state: str
    queued_at: datetime
    start_date: datetime | None
    end_date: datetime | None
    duration_seconds: float | None
    hostname: str | None
    pid: int | None
    error_type: str | None
    """Class of the exception that ended it."""
    message: str
    """What it said, on one line."""


class TaskInRun(Answer):
    """The same task in another run."""

    run_id: str
    run_after: datetime
    state: str | None


class TaskInstancePart(Answer):
    """One instance."""

    id: str
    state: str | None
    reason: str | None
    """Why it is in this state, in the words of the scheduler."""
    try_number: int
    tries: int
    """That it has at most."""
    queued_at: datetime | None
    start_date: datetime | None
    end_date: datetime | None
    next_at: datetime | None
    """When it is tried, or looks, again."""
    duration_seconds: float | None
    hostname: str | None
    pid: int | None
    pool: str
    pool_slots: int
    queue: str
    executor: str | None
    priority_weight: int
    note: str | None
    attempts: list[TaskAttempt]
    """Oldest first."""
    links: dict[str, str | None]
    """Name of a link to another system -> its address; null while it is not known."""


class TaskPageResponse(Answer):
    """A task in a run: one instance of it, or all instances of a mapped one."""

    position: int
    dag_id: str
    dag_display_name: str
    run_id: str
    run_state: str
    run_type: str
    run_after: datetime
    logical_date: datetime | None
    version_number: int
    file: str
    """The DAG's file, relative to its bundle."""
    task_id: str
    task_display_name: str
    operator: str
    owner: str
    trigger_rule: str
    doc_md: str | None
    upstream: list[str]
    downstream: list[str]
    map_index: int
    map_name: str | None
    """What its `map_index_template` made."""
    mapped: bool
    """It has, or will have, several instances."""
    counts: dict[str, int]
    """Of the instances of the task by state (`no_status` for none)."""
    instance: TaskInstancePart | None
    """Null: this is of all instances together."""
    previous_task: str | None
    """Before it in the list of tasks."""
    next_task: str | None
    previous_run: TaskInRun | None
    """The same task, with the same map index, in the run before."""
    next_run: TaskInRun | None


@router.get("/dags/{dag_id}/runs/{run_id}/tasks/{task_id}", responses=errors(404))
def get_task_page(
    context: Context, dag_id: DagId, run_id: RunId, task_id: TaskId, map_index: MapIndex = NOT_MAPPED
) -> TaskPageResponse:
    """A task in a run.  Of a mapped task without a map index: its instances together."""
    found = context.store.reads.task_page.get(dag_id, run_id, task_id, map_index)
    row = found.instance
    if row is None and (map_index >= 0 or not found.counts):
        index = "" if map_index < 0 else f" with map index {map_index}"
        raise NotFoundError(f"run {run_id!r} of DAG {dag_id!r} has no task instance {task_id!r}{index}")
    spec: DagSpec = found.spec
    task = spec.task(task_id)
    before, after = _beside(spec, task_id)
    run = found.run
    return TaskPageResponse(
        position=found.position,
        dag_id=dag_id,
        dag_display_name=found.dag_display_name,
        run_id=run_id,
        run_state=run["state"],
        run_type=run["run_type"],
        run_after=run["run_after"],
        logical_date=run["logical_date"],
        version_number=run["version_number"],
        file=spec.relative_fileloc,
        task_id=task_id,
        task_display_name=(task.task_display_name if task else "") or task_id,
        operator=(task.operator_name or task.operator) if task else (row["operator"] or "" if row else ""),
        owner=task.owner if task else "",
        trigger_rule=task.trigger_rule.value if task else "",
        doc_md=task.doc_md if task else None,
        upstream=list(task.upstream) if task else [],
        downstream=list(task.downstream) if task else [],
        map_index=map_index,
        map_name=row["rendered_map_index"] if row else None,
        mapped=map_index >= 0 or row is None or (task is not None and task.expand is not None),
        counts={state or "no_status": count for state, count in found.counts.items()},
        instance=_instance(context, row, found.attempts, task) if row else None,
        previous_task=before,
        next_task=after,
        previous_run=_other(found.previous),
        next_run=_other(found.following),
    )


def _beside(spec: DagSpec, task_id: str) -> tuple[str | None, str | None]:
    ids = [task.task_id for task in rows_of(spec)]
    if task_id not in ids:
        return None, None
    place = ids.index(task_id)
    return (ids[place - 1] if place else None), (ids[place + 1] if place + 1 < len(ids) else None)


def _other(run: OtherRun | None) -> TaskInRun | None:
    return None if run is None else TaskInRun(run_id=run.run_id, run_after=run.run_after, state=run.state)


def _instance(context: Context, row: Row, attempts: list[Row], task: TaskSpec | None) -> TaskInstancePart:
    running = row["state"] in ("running", "restarting")
    end = row["end_date"] or (context.now() if running else None)
    return TaskInstancePart(
        id=row["id"],
        state=row["state"],
        reason=row["reason"],
        try_number=row["try_number"],
        tries=row["max_tries"] + 1,
        queued_at=row["queued_at"],
        start_date=row["start_date"],
        end_date=row["end_date"],
        next_at=row["next_at"],
        duration_seconds=_seconds(row["start_date"], end),
        hostname=row["hostname"],
        pid=row["pid"],
        pool=row["pool"],
        pool_slots=row["pool_slots"],
        queue=row["queue"],
        executor=row["executor"],
        priority_weight=row["priority_weight"],
        note=row["note"],
        attempts=[
            TaskAttempt(
                attempt_id=attempt["id"],
                try_number=attempt["try_number"],
                state=attempt["state"],
                queued_at=attempt["queued_at"],
                start_date=attempt["start_date"],
                end_date=attempt["end_date"],
                duration_seconds=_seconds(attempt["start_date"], attempt["end_date"]),
                hostname=attempt["hostname"],
                pid=attempt["pid"],
                error_type=attempt["error_type"],
                message=message_of(attempt["error_type"], attempt["error"]),
            )
            for attempt in attempts
        ],
        links=links_of(context, row, task),
    )


def _seconds(start: datetime | None, end: datetime | None) -> float | None:
    return max(0.0, (end - start).total_seconds()) if start and end else None
