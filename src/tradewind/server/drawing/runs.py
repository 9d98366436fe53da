"""What is said of a run in one sentence, and how it differs from another one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Query

from tradewind.core.fingerprint import message_of
from tradewind.errors import NotFoundError
from tradewind.server.api.responses import errors
from tradewind.server.context import Context
from tradewind.server.drawing.common import router as make_router
from tradewind.server.drawing.graph import path_of
from tradewind.server.models.common import Answer, display_name
from tradewind.server.params import DagId, RunId
from tradewind.store.reads import Row
from tradewind.store.reads.run_tasks import Failure, RunTasks, TaskSum

router = make_router()
SHOWN = 10
DIFFERENCES = 500


class TaskFailure(Answer):
    """A task instance that failed by itself."""

    task_id: str
    map_index: int
    end_date: datetime | None
    try_number: int
    error_type: str | None
    """Class of the exception."""
    message: str
    """What it said, on one line."""
    reason: str | None
    """Why the task instance is in this state, in the words of the scheduler."""


class RunReference(Answer):
    """Another run."""

    run_id: str
    state: str
    tolerated: bool
    """It succeeded although a task failed."""
    logical_date: datetime | None
    run_after: datetime
    start_date: datetime | None
    end_date: datetime | None
    duration_seconds: float | None


Outcome = Literal["queued", "running", "success", "success_with_failures", "failed"]


class RunSummaryResponse(Answer):
    """The facts of the sentence at the head of a run's page."""

    position: int
    dag_id: str
    dag_display_name: str
    run_id: str
    run_type: str
    outcome: Outcome
    """`success_with_failures`: the run succeeded although tasks of it failed."""
    state: str
    reason: str | None
    run_after: datetime
    logical_date: datetime | None
    data_interval_start: datetime | None
    data_interval_end: datetime | None
    queued_at: datetime | None
    start_date: datetime | None
    end_date: datetime | None
    duration_seconds: float | None
    """Up to now while it runs."""
    version_number: int
    conf: dict[str, Any]
    note: str | None
    triggered_by: str
    triggering_user: str | None
    backfill_id: int | None
    counts: dict[str, int]
    """State (`no_status` for none) -> how many task instances."""
    task_instances: int
    culprit: TaskFailure | None
    """The task that failed first."""
    failures: list[TaskFailure]
    """The first of those that failed by themselves."""
    failed: int
    """How many failed by themselves."""
    tolerated: int
    """How many of them did not make the run fail."""
    skipped: int
    previous: RunReference | None
    last_success: RunReference | None


class TaskDifference(Answer):
    """A task that did not go as in the other run."""

    task_id: str
    state: str | None
    other_state: str | None
    in_run: bool
    in_other: bool
    duration_seconds: float | None
    other_duration_seconds: float | None
    instances: int
    other_instances: int
    try_number: int
    other_try_number: int


class Pace(Answer):
    """What the time of a run went into, along its critical path."""

    worked_seconds: float
    waited_seconds: float
    """For the scheduler, a slot, a retry."""


class RunComparisonResponse(Answer):
    """How a run differs from another one."""

    dag_id: str
    run: RunReference
    other: RunReference | None
    """Null: there is no successful run before it."""
    pace: Pace
    other_pace: Pace | None
    version_number: int
    other_version_number: int | None
    conf: dict[str, Any]
    other_conf: dict[str, Any]
    conf_differs: list[str]
    """Keys whose values differ, or that only one of the two has."""
    tasks: list[TaskDifference]
    """Those that differ in state, or that took at least a second and a quarter of the time longer or shorter; the
    largest differences first, at most 500."""
    compared: int
    """How many tasks were compared."""


@router.get("/dags/{dag_id}/runs/{run_id}/summary", responses=errors(404))
def get_run_summary(context: Context, dag_id: DagId, run_id: RunId) -> RunSummaryResponse:
    """How a run went, or goes: its outcome, what made it fail, what it was compared with before."""
    reads = context.store.reads.run_tasks
    position = context.store.reads.changes.position()
    run = reads.run(dag_id, run_id)
    counts = reads.counts([run["id"]]).get(run["id"], {})
    failed = counts.get("failed", 0)
    failures = [_failure(item) for item in reads.failures(run["id"], SHOWN)] if failed else []
    previous, succeeded = reads.neighbours(run)
    end = run["end_date"] or (context.now() if run["state"] == "running" else None)
    duration = (end - run["start_date"]).total_seconds() if end and run["start_date"] else None
    return RunSummaryResponse(
        position=position,
        dag_id=dag_id,
        dag_display_name=display_name(run),
        run_id=run_id,
        run_type=run["run_type"],
        outcome="success_with_failures" if run["state"] == "success" and failed else run["state"],
        state=run["state"],
        reason=run["reason"],
        run_after=run["run_after"],
        logical_date=run["logical_date"],
        data_interval_start=run["data_interval_start"],
        data_interval_end=run["data_interval_end"],
        queued_at=run["queued_at"],
        start_date=run["start_date"],
        end_date=run["end_date"],
        duration_seconds=duration,
        version_number=run["version_number"],
        conf=run["conf"],
        note=run["note"],
        triggered_by=run["triggered_by"],
        triggering_user=run["triggering_user_name"],
        backfill_id=run["backfill_id"],
        counts={state or "no_status": count for state, count in counts.items()},
        task_instances=sum(counts.values()),
        culprit=failures[0] if failures else None,
        failures=failures,
        failed=failed,
        tolerated=failed if run["state"] == "success" else 0,
        skipped=counts.get("skipped", 0),
        previous=_reference(previous),
        last_success=_reference(succeeded),
    )


@router.get("/dags/{dag_id}/runs/{run_id}/compare", responses=errors(404))
def compare_runs(
    context: Context,
    dag_id: DagId,
    run_id: RunId,
    other: Annotated[
        str | None, Query(alias="with", max_length=1000, description="Run id; without it the last success before.")
    ] = None,
) -> RunComparisonResponse:
    """How a run differs from another one of the same DAG: tasks, durations, conf, version."""
    reads = context.store.reads.run_tasks
    mine = reads.tasks(dag_id, run_id, counts=False)
    if other is None:
        _, succeeded = reads.neighbours(mine.run)
        other = succeeded["run_id"] if succeeded else None
    elif other == run_id:
        raise NotFoundError("a run is compared with another one, not with itself")
    theirs = reads.tasks(dag_id, other, counts=False) if other is not None else None
    conf, other_conf = mine.run["conf"], theirs.run["conf"] if theirs else {}
    differs = sorted(
        key
        for key in conf.keys() | other_conf.keys()
        if conf.get(key) != other_conf.get(key) or (key in conf) != (key in other_conf)
    )
    tasks = _differences(mine, theirs) if theirs else []
    return RunComparisonResponse(
        dag_id=dag_id,
        run=_compared(mine),
        other=_compared(theirs) if theirs else None,
        pace=_pace(mine, context.now()),
        other_pace=_pace(theirs, context.now()) if theirs else None,
        version_number=mine.run["version_number"],
        other_version_number=theirs.run["version_number"] if theirs else None,
        conf=conf,
        other_conf=other_conf,
        conf_differs=differs if theirs else [],
        tasks=tasks[:DIFFERENCES],
        compared=len(mine.tasks.keys() | theirs.tasks.keys()) if theirs else 0,
    )


def _pace(tasks: RunTasks, now: datetime) -> Pace:
    path = path_of(tasks, now.timestamp())
    return Pace(
        worked_seconds=round(sum(task.worked_seconds for task in path), 6),
        waited_seconds=round(sum(task.waited_seconds for task in path), 6),
    )


def _differences(mine: RunTasks, theirs: RunTasks) -> list[TaskDifference]:
    found: list[tuple[bool, float, TaskDifference]] = []
    for task_id in sorted(mine.tasks.keys() | theirs.tasks.keys()):
        one, two = mine.tasks.get(task_id), theirs.tasks.get(task_id)
        took, other_took = _took(one), _took(two)
        gap = abs(took - other_took) if took is not None and other_took is not None else 0.0
        state, other_state = (one.state if one else None), (two.state if two else None)
        same = state == other_state and (one is None) == (two is None)
        if same and (gap < 1 or gap < 0.25 * (other_took or 0.0)):
            continue
        difference = TaskDifference(
            task_id=task_id,
            state=state,
            other_state=other_state,
            in_run=one is not None,
            in_other=two is not None,
            duration_seconds=took,
            other_duration_seconds=other_took,
            instances=one.count if one else 0,
            other_instances=two.count if two else 0,
            try_number=one.try_number if one else 0,
            other_try_number=two.try_number if two else 0,
        )
        found.append((same, -gap, difference))
    found.sort(key=lambda item: item[:2])
    return [difference for _, _, difference in found]


def _took(task: TaskSum | None) -> float | None:
    if task is None or task.start_date is None or task.end_date is None:
        return None
    return max(0.0, (task.end_date - task.start_date).total_seconds())


def _failure(item: Failure) -> TaskFailure:
    return TaskFailure(
        task_id=item.task_id,
        map_index=item.map_index,
        end_date=item.end_date,
        try_number=item.try_number,
        error_type=item.error_type,
        message=message_of(item.error_type, item.error),
        reason=item.reason,
    )


def _reference(row: Row | None) -> RunReference | None:
    return None if row is None else _referred(row)


def _compared(tasks: RunTasks) -> RunReference:
    return _referred({**tasks.run, "tolerated": tasks.tolerated})


def _referred(row: Row) -> RunReference:
    start, end = row["start_date"], row["end_date"]
    return RunReference(
        run_id=row["run_id"],
        state=row["state"],
        tolerated=row["tolerated"],
        logical_date=row["logical_date"],
        run_after=row["run_after"],
        start_date=start,
        end_date=end,
        duration_seconds=(end - start).total_seconds() if start and end else None,
    )
