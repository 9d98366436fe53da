"""Task instances, their tries and logs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, field_validator, model_validator

from tradewind.server.models.common import Answer, BatchBody, Body, DagVersionResponse, Note, display_name, version_of
from tradewind.server.models.monitoring import JobResponse, job_answer, short_id
from tradewind.spec.dag import DagSpec
from tradewind.spec.states import TaskInstanceState
from tradewind.store.reads import Row

MARKS = (TaskInstanceState.SUCCESS, TaskInstanceState.FAILED, TaskInstanceState.SKIPPED)
"""What people may say of a task instance."""


class TriggerResponse(Answer):
    """The trigger that a deferred task waits for."""

    id: int
    classpath: str
    kwargs: str
    created_date: datetime
    queue: str | None
    triggerer_id: int | None


class _Try(Answer):
    """What an instance and each of its tries have."""

    task_id: str
    dag_id: str
    dag_run_id: str
    map_index: int
    start_date: datetime | None
    end_date: datetime | None
    duration: float | None
    state: TaskInstanceState | None
    try_number: int
    max_tries: int
    task_display_name: str
    dag_display_name: str
    hostname: str | None
    unixname: str | None = None
    pool: str
    pool_slots: int
    queue: str | None
    priority_weight: int | None
    operator: str | None
    operator_name: str | None
    queued_when: datetime | None
    scheduled_when: datetime | None
    pid: int | None
    executor: str | None
    executor_config: str = "{}"
    dag_version: DagVersionResponse | None


class TaskInstanceResponse(_Try):
    """A task in a run."""

    id: UUID
    logical_date: datetime | None
    run_after: datetime
    note: str | None
    rendered_map_index: str | None = None
    rendered_fields: dict[str, Any]
    trigger: TriggerResponse | None = None
    triggerer_job: JobResponse | None = None


class TaskInstanceCollectionResponse(Answer):
    """A page of task instances; by cursor it has cursors, and counts no further than `total_entries_limit`."""

    task_instances: list[TaskInstanceResponse]
    total_entries: int | None = None
    total_entries_limit: int | None = None
    next_cursor: str | None = None
    previous_cursor: str | None = None


class TaskInstanceHistoryResponse(_Try):
    """One try of a task instance."""


class TaskInstanceHistoryCollectionResponse(Answer):
    """All tries of a task instance."""

    task_instances: list[TaskInstanceHistoryResponse]
    total_entries: int


class StructuredLogMessage(BaseModel):
    """One event of a log; further fields, such as `level` and `logger`, come with it."""

    model_config = ConfigDict(extra="allow")

    timestamp: datetime | None = None
    event: str


class TaskInstancesLogResponse(BaseModel):
    """A part of a log.  With a `continuation_token` there is, or will be, more."""

    content: list[StructuredLogMessage] | list[str]
    continuation_token: str | None


class PatchTaskInstanceBody(Body):
    """What can be changed of a task instance."""

    new_state: TaskInstanceState | None = None
    note: Note | None = None
    include_upstream: bool = False
    include_downstream: bool = False
    include_future: bool = False
    include_past: bool = False

    @field_validator("new_state")
    @classmethod
    def _may_be_marked(cls, state: TaskInstanceState | None) -> TaskInstanceState | None:
        if state is not None and state not in MARKS:
            raise ValueError(f"a task instance cannot be marked {state.value}, only {', '.join(MARKS)}")
        return state


class ClearTaskInstancesBody(Body):
    """Which task instances of a DAG to clear."""

    dry_run: bool = True
    start_date: AwareDatetime | None = None
    end_date: AwareDatetime | None = None
    only_failed: bool = True
    only_running: bool = False
    reset_dag_runs: bool = True
    task_ids: list[str | tuple[str, int]] | None = None
    dag_run_id: str | None = None
    include_upstream: bool = False
    include_downstream: bool = False
    include_future: bool = False
    include_past: bool = False
    run_on_latest_version: bool | None = None
    prevent_running_task: bool = False
    include_dependent_dags: bool = True
    """With `include_downstream`, or without `task_ids`: what an `ExternalTaskMarker` stands for in other DAGs, too."""
    note: Note | None = None

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.only_failed and self.only_running:
            raise ValueError("only_failed and only_running exclude each other: set one of them")
        if self.dag_run_id is not None and (self.start_date is not None or self.end_date is not None):
            raise ValueError("give dag_run_id, or start_date and end_date")
        if self.start_date is not None and self.end_date is not None and self.end_date < self.start_date:
            raise ValueError("end_date is before start_date")
        if self.task_ids is not None and not self.task_ids:
            raise ValueError("task_ids names no task: leave it out for all of them")
        return self


class TaskInstancesBatchBody(BatchBody):
    """A filter on task instances of all DAGs."""

    dag_run_ids: list[str] | None = None
    task_ids: list[str] | None = None
    state: list[TaskInstanceState | None] | None = None
    pool: list[str] | None = None
    queue: list[str] | None = None
    executor: list[str] | None = None


def _state(value: str | None) -> TaskInstanceState | None:
    return None if value is None else TaskInstanceState(value)


def _task_name(row: Row) -> str:
    spec: DagSpec = row["spec"]
    task = spec.task(row["task_id"])
    return (task.task_display_name if task else "") or row["task_id"]


def operator_name(row: Row) -> str | None:
    """What people call the operator: `@task`, else its class name."""
    spec: DagSpec = row["spec"]
    task = spec.task(row["task_id"])
    return (task.operator_name if task else "") or row["operator"]


def shown_map_index(row: Row) -> str | None:
    """How an instance of a mapped task is called: as `map_index_template` says, else by its number."""
    if row["rendered_map_index"] is not None:
        return str(row["rendered_map_index"])
    return str(row["map_index"]) if row["map_index"] >= 0 else None


def _shared(row: Row) -> dict[str, Any]:
    return {
        "task_id": row["task_id"],
        "dag_id": row["dag_id"],
        "dag_run_id": row["run_id"],
        "map_index": row["map_index"],
        "max_tries": row["max_tries"],
        "task_display_name": _task_name(row),
        "dag_display_name": display_name(row),
        "pool": row["pool"],
        "pool_slots": row["pool_slots"],
        "queue": row["queue"],
        "priority_weight": row["priority_weight"],
        "operator": row["operator"],
        "operator_name": operator_name(row),
        "executor": row["executor"],
        "dag_version": version_of(row),
    }


def task_instance_answer(row: Row) -> TaskInstanceResponse:
    """From a row of `reads.task_instances`."""
    return TaskInstanceResponse(
        **_shared(row),
        id=UUID(row["id"]),
        logical_date=row["logical_date"],
        run_after=row["run_after"],
        start_date=row["start_date"],
        end_date=row["end_date"],
        duration=row["duration"],
        state=_state(row["state"]),
        try_number=row["try_number"],
        hostname=row["hostname"],
        queued_when=row["queued_at"],
        scheduled_when=row["scheduled_at"],
        pid=row["pid"],
        note=row["note"],
        rendered_fields=row["rendered"] or {},
        rendered_map_index=shown_map_index(row),
        trigger=_trigger(row["trigger"]) if row.get("trigger") else None,
        triggerer_job=job_answer(row["triggerer"], alive=True) if row.get("triggerer") else None,
    )


def _trigger(row: Row) -> TriggerResponse:
    holder = row["triggerer_id"]
    return TriggerResponse(
        id=short_id(row["id"]),
        classpath=row["classpath"],
        kwargs="***",  # they may hold secrets, and are encrypted
        created_date=row["created_at"],
        queue=row["queue"],
        triggerer_id=short_id(holder) if holder is not None else None,
    )


_OF_ATTEMPT = {
    "queued": TaskInstanceState.QUEUED,
    "running": TaskInstanceState.RUNNING,
    "success": TaskInstanceState.SUCCESS,
    "failed": TaskInstanceState.FAILED,
    "skipped": TaskInstanceState.SKIPPED,
    "rescheduled": TaskInstanceState.UP_FOR_RESCHEDULE,
    "deferred": TaskInstanceState.DEFERRED,
    "awaiting_input": TaskInstanceState.AWAITING_INPUT,
    # Airflow has no word for these two in the history of a task instance: the try did not succeed
    "lost": TaskInstanceState.FAILED,
    "cancelled": TaskInstanceState.FAILED,
}


def try_answer(row: Row, attempts: list[Row]) -> TaskInstanceHistoryResponse:
    """One try, from the task instance and the attempts of that try, oldest first."""
    first, last = attempts[0], attempts[-1]
    ended = last["end_date"]
    started = next((attempt["start_date"] for attempt in attempts if attempt["start_date"]), None)
    return TaskInstanceHistoryResponse(
        **_shared(row),
        start_date=started,
        end_date=ended,
        duration=(ended - started).total_seconds() if started and ended else None,
        state=_OF_ATTEMPT[last["state"]],
        try_number=last["try_number"],
        hostname=last["hostname"],
        queued_when=first["queued_at"],
        scheduled_when=row["scheduled_at"] if row["try_number"] == last["try_number"] else None,
        pid=last["pid"],
    )
