"""Health, version, import errors, the event log, jobs and providers."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Literal

from tradewind.server.models.common import Answer
from tradewind.store.reads import Row

Status = Literal["healthy", "unhealthy"]


class BaseInfoResponse(Answer):
    """Whether a part works."""

    status: Status | None


class SchedulerInfoResponse(BaseInfoResponse):
    """Whether a scheduler lives."""

    latest_scheduler_heartbeat: str | None


class TriggererInfoResponse(BaseInfoResponse):
    """Whether a triggerer lives; null when there never was one."""

    latest_triggerer_heartbeat: str | None


class DagProcessorInfoResponse(BaseInfoResponse):
    """Whether a DAG processor lives; null when there never was one."""

    latest_dag_processor_heartbeat: str | None


class HealthInfoResponse(Answer):
    """The health of the parts."""

    metadatabase: BaseInfoResponse
    scheduler: SchedulerInfoResponse
    triggerer: TriggererInfoResponse
    dag_processor: DagProcessorInfoResponse | None = None


class VersionInfo(Answer):
    """The version that answers."""

    version: str
    git_version: str | None = None


class ImportErrorResponse(Answer):
    """Why a DAG file could not be loaded."""

    import_error_id: int
    timestamp: datetime
    filename: str
    bundle_name: str | None
    stack_trace: str
    """File, line, message with the fix, then the traceback: all that a client of Airflow's API shows."""
    line: int | None = None
    """Tradewind's own field: the line of the DAG file."""
    message: str = ""
    """Tradewind's own field: one sentence, with the fix where it is known."""


class ImportErrorCollectionResponse(Answer):
    """A page of import errors."""

    import_errors: list[ImportErrorResponse]
    total_entries: int


class EventLogResponse(Answer):
    """Something that somebody did."""

    event_log_id: int
    when: datetime
    dag_id: str | None
    task_id: str | None
    run_id: str | None
    map_index: int | None
    try_number: int | None
    event: str
    logical_date: datetime | None
    owner: str | None
    extra: str | None
    dag_display_name: str | None
    task_display_name: str | None = None


class EventLogCollectionResponse(Answer):
    """A page of events."""

    event_logs: list[EventLogResponse]
    total_entries: int


class JobResponse(Answer):
    """A process of Tradewind."""

    id: int
    dag_id: str | None = None
    state: str | None
    job_type: str | None
    start_date: datetime | None
    end_date: datetime | None
    latest_heartbeat: datetime | None
    executor_class: str | None
    hostname: str | None
    unixname: str | None = None
    dag_display_name: str | None = None


class JobCollectionResponse(Answer):
    """A page of processes."""

    jobs: list[JobResponse]
    total_entries: int


class ProviderResponse(Answer):
    """An installed provider package."""

    package_name: str
    description: str
    version: str
    documentation_url: str | None = None


class ProviderCollectionResponse(Answer):
    """A page of provider packages."""

    providers: list[ProviderResponse]
    total_entries: int


def import_error_answer(row: Row) -> ImportErrorResponse:
    """From a row of `reads.import_errors`."""
    where = row["relative_fileloc"] if row["line"] is None else f"{row['relative_fileloc']}, line {row['line']}"
    return ImportErrorResponse(
        import_error_id=row["id"],
        timestamp=row["at"],
        filename=row["relative_fileloc"],
        bundle_name=row["bundle_name"],
        stack_trace="\n\n".join(part for part in (f"{where}: {row['message']}", row["traceback"]) if part),
        line=row["line"],
        message=row["message"],
    )


def event_answer(row: Row) -> EventLogResponse:
    """From a row of `reads.events`."""
    return EventLogResponse(
        event_log_id=row["id"],
        when=row["at"],
        dag_id=row["dag_id"],
        task_id=row["task_id"],
        run_id=row["run_id"],
        map_index=row["map_index"],
        try_number=row["try_number"],
        event=row["event"],
        logical_date=row["logical_date"],
        owner=row["owner"],
        extra=row["extra"],
        dag_display_name=(row["dag_display_name"] or row["dag_id"]) if row["dag_id"] else None,
    )


JOB_TYPES = {
    "scheduler": "SchedulerJob",
    "triggerer": "TriggererJob",
    "dag_processor": "DagProcessorJob",
}
"""Kind of a process -> Airflow's name of its job; an executor lives inside its scheduler."""


def short_id(text: str) -> int:
    """Our id as a number, for Airflow's clients: 53 bits made from it, which JavaScript can hold."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") >> 11


def job_answer(row: Row, *, alive: bool) -> JobResponse:
    """From a row of `reads.workers`."""
    kind: str = row["kind"]
    if row["ended_at"] is not None:
        state = "success"
    else:
        state = "running" if alive else "failed"
    return JobResponse(
        id=short_id(row["id"]),
        state=state,
        job_type=JOB_TYPES.get(kind, kind),
        start_date=row["started_at"],
        end_date=row["ended_at"],
        latest_heartbeat=row["heartbeat_at"],
        executor_class=kind if kind not in JOB_TYPES else None,
        hostname=row["hostname"],
    )
