"""The parts of this installation: which live, which do not."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from tradewind.server.api.responses import errors
from tradewind.server.context import Context
from tradewind.server.drawing.common import router as make_router
from tradewind.server.models.common import Answer
from tradewind.store.reads import Page, WorkerFilter

router = make_router()
MOST_AT_WORK = 100
KINDS = ("scheduler", "dag_processor", "triggerer")
"""The services that an installation needs; executors come and go."""


class ServiceHealth(Answer):
    """A kind of process."""

    kind: str
    status: Literal["healthy", "unhealthy", "unknown"]
    """`unknown`: none of the kind was ever seen."""
    latest_heartbeat: datetime | None
    alive: int


class ProcessHealth(Answer):
    """A process of Tradewind."""

    id: str
    kind: str
    hostname: str
    started_at: datetime
    latest_heartbeat: datetime
    ended_at: datetime | None
    status: Literal["alive", "ended", "lost"]
    """`lost`: it did not say that it ends, and was not heard of for too long."""
    running: int
    """Attempts of tasks that it has at work."""
    queued: int
    """Attempts of tasks that wait for a place at it."""


class TaskAtWork(Answer):
    """An attempt that runs."""

    dag_id: str
    run_id: str
    task_id: str
    map_index: int
    try_number: int
    hostname: str | None
    pid: int | None
    """Of its process on that host."""
    start_date: datetime | None


class PoolHealth(Answer):
    """A pool and what is in it."""

    name: str
    slots: int
    """-1: no limit."""
    occupied: int
    queued: int
    scheduled: int
    deferred: int


class HealthResponse(Answer):
    """How the installation is."""

    position: int
    now: datetime
    database: str
    """sqlite, postgresql, mysql."""
    services: list[ServiceHealth]
    processes: list[ProcessHealth]
    """Those that live, and the newest of the others; at most 100."""
    at_work: list[TaskAtWork]
    """What the living ones run, those that began first first; at most 100."""
    pools: list[PoolHealth]


@router.get("/health", responses=errors(503))
def get_service_health(context: Context) -> HealthResponse:
    """Which services and workers live, and how full the pools are."""
    now = context.now()
    oldest = now - timedelta(seconds=context.lease_ttl)
    reads = context.store.reads
    page = Page(100, order_by=("-latest_heartbeat",), cursor="")
    rows = reads.workers.page(WorkerFilter(), page).items
    living = [row["id"] for row in rows if row["ended_at"] is None and row["heartbeat_at"] >= oldest]
    held = reads.workers.held(living)
    processes = []
    for row in rows:
        if row["ended_at"] is not None:
            status: Literal["alive", "ended", "lost"] = "ended"
        else:
            status = "alive" if row["heartbeat_at"] >= oldest else "lost"
        processes.append(
            ProcessHealth(
                id=row["id"],
                kind=row["kind"],
                hostname=row["hostname"],
                started_at=row["started_at"],
                latest_heartbeat=row["heartbeat_at"],
                ended_at=row["ended_at"],
                status=status,
                running=held.get(row["id"], {}).get("running", 0),
                queued=held.get(row["id"], {}).get("queued", 0),
            )
        )
    beats = reads.workers.heartbeats()
    kinds = [*KINDS, *sorted(beats.keys() - set(KINDS))]
    services = []
    for kind in kinds:
        at, is_open = beats.get(kind, (None, False))
        healthy = at is not None and is_open and at >= oldest
        services.append(
            ServiceHealth(
                kind=kind,
                status="unknown" if at is None else "healthy" if healthy else "unhealthy",
                latest_heartbeat=at,
                alive=sum(process.kind == kind and process.status == "alive" for process in processes),
            )
        )
    return HealthResponse(
        position=reads.changes.position(),
        now=now,
        database=context.store.engine.dialect.name,
        services=services,
        processes=processes,
        at_work=[TaskAtWork(**row) for row in reads.workers.at_work(living, MOST_AT_WORK)],
        pools=[
            PoolHealth(
                name=pool.name,
                slots=pool.slots,
                occupied=pool.occupied,
                queued=pool.queued,
                scheduled=pool.scheduled,
                deferred=pool.deferred,
            )
            for pool in context.store.pools.list()
        ],
    )
