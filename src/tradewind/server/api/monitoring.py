"""Version, health, import errors, the event log, jobs and providers."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from importlib import metadata
from typing import Annotated

from fastapi import Query

from tradewind.errors import NotFoundError, StoreError
from tradewind.server.api.responses import errors
from tradewind.server.api.router import api_router
from tradewind.server.auth import VIEWER
from tradewind.server.context import Context, ServerContext
from tradewind.server.models.monitoring import (
    JOB_TYPES,
    BaseInfoResponse,
    DagProcessorInfoResponse,
    EventLogCollectionResponse,
    EventLogResponse,
    HealthInfoResponse,
    ImportErrorCollectionResponse,
    ImportErrorResponse,
    JobCollectionResponse,
    ProviderCollectionResponse,
    ProviderResponse,
    SchedulerInfoResponse,
    Status,
    TriggererInfoResponse,
    VersionInfo,
    event_answer,
    import_error_answer,
    job_answer,
)
from tradewind.server.params import MAX_INT, Limit, Offset, Paged, Pattern, QueryTime, page_size, pattern, within
from tradewind.store.reads import EventFilter, Range, Row, WorkerFilter

router = api_router(None)
guarded = api_router(None, VIEWER)


@cache
def version() -> str:
    """The version of the installed package."""
    return metadata.version("tradewind")


@router.get("/version", tags=["Version"])
def get_version() -> VersionInfo:
    """The version of Tradewind."""
    return VersionInfo(version=version())


@router.get("/monitor/health", tags=["Monitor"])
def get_health(context: Context) -> HealthInfoResponse:
    """Whether the database answers and the parts live.  Always 200: the body tells."""
    try:
        beats = context.store.reads.workers.heartbeats()
    except StoreError:
        return HealthInfoResponse(
            metadatabase=BaseInfoResponse(status="unhealthy"),
            scheduler=SchedulerInfoResponse(status="unhealthy", latest_scheduler_heartbeat=None),
            triggerer=TriggererInfoResponse(status=None, latest_triggerer_heartbeat=None),
            dag_processor=DagProcessorInfoResponse(status=None, latest_dag_processor_heartbeat=None),
        )
    oldest = context.now() - timedelta(seconds=context.lease_ttl)

    def part(kind: str, never: Status | None) -> tuple[Status | None, str | None]:
        if kind not in beats:
            return never, None
        at, is_open = beats[kind]
        return ("healthy" if is_open and at >= oldest else "unhealthy"), at.isoformat()

    scheduler, triggerer, processor = (
        part("scheduler", "unhealthy"),
        part("triggerer", None),
        part("dag_processor", None),
    )
    return HealthInfoResponse(
        metadatabase=BaseInfoResponse(status="healthy"),
        scheduler=SchedulerInfoResponse(status=scheduler[0], latest_scheduler_heartbeat=scheduler[1]),
        triggerer=TriggererInfoResponse(status=triggerer[0], latest_triggerer_heartbeat=triggerer[1]),
        dag_processor=DagProcessorInfoResponse(status=processor[0], latest_dag_processor_heartbeat=processor[1]),
    )


# --- Import errors ------------------------------------------------------------------------------------------


@guarded.get("/importErrors", tags=["Import Error"], responses=errors())
def get_import_errors(
    context: Context,
    page: Paged,
    name: Annotated[Pattern, pattern("filename")],
    filename: str | None = None,
    bundle_name: str | None = None,
) -> ImportErrorCollectionResponse:
    """DAG files that could not be loaded, and why."""
    rows = context.store.reads.import_errors.page(
        page, filename=filename, pattern=name.pattern, prefix=name.prefix, bundle=bundle_name
    )
    return ImportErrorCollectionResponse(
        import_errors=[import_error_answer(row) for row in rows.items], total_entries=rows.total
    )


@guarded.get("/importErrors/{import_error_id}", tags=["Import Error"], responses=errors(404))
def get_import_error(context: Context, import_error_id: int) -> ImportErrorResponse:
    """Why a DAG file could not be loaded."""
    row = context.store.reads.import_errors.get(import_error_id) if abs(import_error_id) <= 2**62 else None
    if row is None:
        raise NotFoundError(f"there is no import error {import_error_id}; the file may have been mended")
    return import_error_answer(row)


# --- Event log ----------------------------------------------------------------------------------------------

Names = Annotated[list[str] | None, Query(max_length=100)]


@guarded.get("/eventLogs", tags=["Event Log"], responses=errors())
def get_event_logs(
    context: Context,
    page: Paged,
    dag: Annotated[Pattern, pattern("dag_id")],
    task: Annotated[Pattern, pattern("task_id")],
    run: Annotated[Pattern, pattern("run_id")],
    who: Annotated[Pattern, pattern("owner")],
    what: Annotated[Pattern, pattern("event")],
    dag_id: str | None = None,
    task_id: str | None = None,
    run_id: str | None = None,
    map_index: Annotated[int | None, Query(ge=-1, le=MAX_INT)] = None,
    try_number: Annotated[int | None, Query(ge=0, le=MAX_INT)] = None,
    owner: str | None = None,
    event: str | None = None,
    excluded_events: Names = None,
    included_events: Names = None,
    before: QueryTime | None = None,
    after: QueryTime | None = None,
) -> EventLogCollectionResponse:
    """What people and programs did."""
    which = EventFilter(
        dag_id=dag_id,
        task_id=task_id,
        run_id=run_id,
        map_index=map_index,
        try_number=try_number,
        owner=owner,
        event=event,
        included=included_events,
        excluded=excluded_events,
        when=Range(gt=after, lt=before),
        dag_id_pattern=dag.pattern,
        dag_id_prefix=dag.prefix,
        task_id_pattern=task.pattern,
        task_id_prefix=task.prefix,
        run_id_pattern=run.pattern,
        run_id_prefix=run.prefix,
        owner_pattern=who.pattern,
        owner_prefix=who.prefix,
        event_pattern=what.pattern,
        event_prefix=what.prefix,
    )
    rows = context.store.reads.events.page(which, page)
    return EventLogCollectionResponse(event_logs=[event_answer(row) for row in rows.items], total_entries=rows.total)


@guarded.get("/eventLogs/{event_log_id}", tags=["Event Log"], responses=errors(404))
def get_event_log(context: Context, event_log_id: int) -> EventLogResponse:
    """One event."""
    row = context.store.reads.events.get(event_log_id) if abs(event_log_id) <= 2**62 else None
    if row is None:
        raise NotFoundError(f"there is no event {event_log_id}")
    return event_answer(row)


# --- Jobs and providers -------------------------------------------------------------------------------------


@guarded.get("/jobs", tags=["Job"], responses=errors())
def get_jobs(
    context: Context,
    page: Paged,
    start_date: Annotated[Range, within("start_date")],
    end_date: Annotated[Range, within("end_date")],
    is_alive: bool | None = None,
    job_state: str | None = None,
    job_type: str | None = None,
    hostname: str | None = None,
    executor_class: str | None = None,
) -> JobCollectionResponse:
    """The processes of Tradewind that live or lived."""
    states = {"running": (True, False), "failed": (False, False), "success": (False, True), None: (None, None)}
    alive, ended = states.get(job_state, (True, True))  # an unknown state is of no process
    if alive is None:
        alive = is_alive
    kinds = {name: kind for kind, name in JOB_TYPES.items()}
    named = {kinds.get(name, name) for name in (job_type, executor_class) if name is not None}
    which = WorkerFilter(
        kinds=sorted(named) or None,
        hostname=hostname,
        started=start_date,
        ended=end_date,
        has_ended=ended,
        alive=alive,
        alive_since=context.now() - timedelta(seconds=context.lease_ttl),
    )
    if len(named) > 1 or (is_alive is not None and alive != is_alive):
        return JobCollectionResponse(jobs=[], total_entries=0)
    rows = context.store.reads.workers.page(which, page)
    jobs = [job_answer(row, alive=_alive(context, row)) for row in rows.items]
    return JobCollectionResponse(jobs=jobs, total_entries=rows.total)


def _alive(context: ServerContext, row: Row) -> bool:
    oldest = context.now() - timedelta(seconds=context.lease_ttl)
    return row["ended_at"] is None and row["heartbeat_at"] >= oldest


@cache
def installed_providers() -> list[ProviderResponse]:
    """Installed provider packages, from their metadata: their code is not run here."""
    found: dict[str, ProviderResponse] = {}
    for entry in metadata.entry_points(group="apache_airflow_provider"):
        if entry.dist is not None:
            told = entry.dist.metadata
            found[entry.dist.name] = ProviderResponse(
                package_name=entry.dist.name,
                description=next(iter(told.get_all("Summary") or []), ""),
                version=entry.dist.version,
            )
    return [found[name] for name in sorted(found)]


@guarded.get("/providers", tags=["Provider"])
def get_providers(limit: Limit = 50, offset: Offset = 0) -> ProviderCollectionResponse:
    """Installed provider packages."""
    every = installed_providers()
    return ProviderCollectionResponse(providers=every[offset : offset + page_size(limit)], total_entries=len(every))
