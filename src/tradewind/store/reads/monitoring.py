"""What went on: import errors, the event log, and the processes that live or lived.  Called by the server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, false, func, not_, select

from tradewind.spec.states import AttemptState
from tradewind.store import tables
from tradewind.store.engine import read
from tradewind.store.reads.paging import Piece, Pieces, Span, fetch
from tradewind.store.reads.query import Listing, Page, Range, Row, Rows, Sort, Where
from tradewind.store.reads.ways import Said
from tradewind.store.residual import residual

_error, _event, _worker = tables.import_error.c, tables.event_log.c, tables.worker.c
_run, _dag = tables.dag_run.c, tables.dag.c
_ti, _attempt = tables.task_instance.c, tables.attempt.c

IMPORT_ERRORS = Listing(
    {
        "id": Sort(_error.id),
        "import_error_id": Sort(_error.id),
        "timestamp": Sort(_error.at),
        "filename": Sort(_error.relative_fileloc),
        "bundle_name": Sort(_error.bundle_name),
        "stacktrace": Sort(_error.traceback),
    },
    ("id",),
    "id",
)
EVENTS = Listing(
    {
        "id": Sort(_event.id),
        "event_log_id": Sort(_event.id),
        "when": Sort(_event.at),
        "dttm": Sort(_event.at),
        "event": Sort(_event.event),
        "dag_id": Sort(_event.dag_id, nullable=True),
        "task_id": Sort(_event.task_id, nullable=True),
        "run_id": Sort(_event.run_id, nullable=True),
        "owner": Sort(_event.owner, nullable=True),
        "extra": Sort(_event.extra, nullable=True),
        "logical_date": Sort(_run.logical_date, nullable=True),
    },
    ("id",),
    "id",
)
WORKERS = Listing(
    {
        "id": Sort(_worker.id),
        "job_type": Sort(_worker.kind),
        "hostname": Sort(_worker.hostname),
        "start_date": Sort(_worker.started_at),
        "end_date": Sort(_worker.ended_at, nullable=True),
        "latest_heartbeat": Sort(_worker.heartbeat_at),
        "state": Sort(_worker.ended_at, nullable=True),
        "executor_class": Sort(_worker.kind),
        # no process is of one DAG, and whose it is is not told
        "dag_id": Sort(_worker.id),
        "unixname": Sort(_worker.id),
    },
    ("id",),
    "id",
)


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events; what is None does not bind."""

    dag_id: str | None = None
    task_id: str | None = None
    run_id: str | None = None
    map_index: int | None = None
    try_number: int | None = None
    owner: str | None = None
    event: str | None = None
    included: Sequence[str] | None = None
    excluded: Sequence[str] | None = None
    when: Range | None = None
    dag_id_pattern: str | None = None
    dag_id_prefix: str | None = None
    task_id_pattern: str | None = None
    task_id_prefix: str | None = None
    run_id_pattern: str | None = None
    run_id_prefix: str | None = None
    owner_pattern: str | None = None
    owner_prefix: str | None = None
    event_pattern: str | None = None
    event_prefix: str | None = None


@dataclass(frozen=True, slots=True)
class WorkerFilter:
    """Which processes; what is None does not bind."""

    kinds: Sequence[str] | None = None
    hostname: str | None = None
    started: Range | None = None
    ended: Range | None = None
    has_ended: bool | None = None
    alive: bool | None = None
    """Whether it has not ended and was heard of since `alive_since`."""
    alive_since: datetime | None = None


class ImportErrorReads:
    """Reads `import_error`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(
        self,
        page: Page,
        *,
        filename: str | None = None,
        pattern: str | None = None,
        prefix: str | None = None,
        bundle: str | None = None,
    ) -> Rows:
        """All columns.  `filename` and the patterns look at the path inside the bundle."""
        where = Where(self._engine.dialect.name == "sqlite")
        where.equals(_error.relative_fileloc, filename)
        where.equals(_error.bundle_name, bundle)
        where.like(_error.relative_fileloc, pattern)
        where.starts(_error.relative_fileloc, prefix)
        with read(self._engine) as conn:
            return fetch(conn, select(tables.import_error).where(*where.conditions), IMPORT_ERRORS, page)

    def get(self, error_id: int) -> Row | None:
        """One import error."""
        with read(self._engine) as conn:
            row = conn.execute(select(tables.import_error).where(_error.id == error_id)).mappings().first()
        return dict(row) if row else None


class EventReads:
    """Reads `event_log`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(self, which: EventFilter, page: Page) -> Rows:
        """All columns, and the run's `logical_date` and the DAG's `dag_display_name`."""
        with read(self._engine) as conn:
            said = self._said(conn, which)
            order = page.order_by[0].removeprefix("-") if page.order_by else "id"
            lead = EVENTS.sorts.get(order)
            found = said.found(_event.id, () if lead is None else (lead.expression,))
            if found.nothing:
                return fetch(conn, self._select().where(false()), EVENTS, page)
            walked = select(_event.id).where(*found.conditions)
            query = self._select().where(*found.conditions)
            return fetch(
                conn,
                query,
                EVENTS,
                page,
                select(_event.id).where(*said.plain()) if found.most is None else walked,
                self._select(),
                walked,
                self._by_run(found.conditions) if order == "logical_date" and not found.gathered else None,
                most=found.most,
                gathered=found.gathered,
                total=found.total,
            )

    def _said(self, conn: Connection, which: EventFilter) -> Said:
        said = Said(conn, self._engine.dialect.name == "sqlite")
        for column, value, indexed in (
            (_event.dag_id, which.dag_id, True),
            (_event.task_id, which.task_id, True),
            (_event.run_id, which.run_id, True),
            (_event.map_index, which.map_index, False),
            (_event.try_number, which.try_number, False),
            (_event.owner, which.owner, True),
            (_event.event, which.event, True),
        ):
            said.equals(column, value, indexed=indexed)
        said.one_of(_event.event, which.included)
        if which.excluded:
            excluded = which.excluded
            said.add(_event.event, lambda event: event.not_in(excluded), indexed=False)
        said.within(_event.at, which.when)
        for column, pattern, prefix in (
            (_event.dag_id, which.dag_id_pattern, which.dag_id_prefix),
            (_event.task_id, which.task_id_pattern, which.task_id_prefix),
            (_event.owner, which.owner_pattern, which.owner_prefix),
            (_event.event, which.event_pattern, which.event_prefix),
        ):
            said.named(column, pattern, prefix)
        said.like(_event.run_id, which.run_id_pattern, which.run_id_prefix)  # as many as there are runs
        return said

    def _by_run(self, conditions: Sequence[ColumnElement[bool]]) -> Pieces:
        """By the dates of runs: along the index that the runs have, then the entries that are of no run with one."""
        along = self._select(along_runs=True).where(_run.logical_date.is_not(None), *conditions)
        others = self._select().where(_run.logical_date.is_(None), *conditions)
        return Pieces([Span(), None], lambda value: Piece(along, along) if value else Piece(others, others))

    def get(self, event_id: int) -> Row | None:
        """One event."""
        with read(self._engine) as conn:
            row = conn.execute(self._select().where(_event.id == event_id)).mappings().first()
        return dict(row) if row else None

    @staticmethod
    def _select(*, along_runs: bool = False) -> Select[Any]:
        """With `along_runs` only entries of runs that are there, which are gone through in their order."""
        dag_id, run_id = (residual(_run.dag_id), residual(_run.run_id)) if along_runs else (_run.dag_id, _run.run_id)
        return (
            select(tables.event_log, _run.logical_date, _dag.display_name.label("dag_display_name"))
            .join(tables.dag_run, (dag_id == _event.dag_id) & (run_id == _event.run_id), isouter=not along_runs)
            .join(tables.dag, _dag.dag_id == _event.dag_id, isouter=True)
        )


class WorkerReads:
    """Reads `worker`: schedulers, DAG processors, executors."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(self, which: WorkerFilter, page: Page) -> Rows:
        """All columns."""
        where = Where(self._engine.dialect.name == "sqlite")
        where.one_of(_worker.kind, which.kinds)
        where.equals(_worker.hostname, which.hostname)
        where.within(_worker.started_at, which.started)
        where.within(_worker.ended_at, which.ended)
        if which.alive is not None:
            living = and_(_worker.ended_at.is_(None), _worker.heartbeat_at >= which.alive_since)
            where.add(living if which.alive else not_(living))
        if which.has_ended is not None:
            where.add(_worker.ended_at.is_not(None) if which.has_ended else _worker.ended_at.is_(None))
        with read(self._engine) as conn:
            return fetch(conn, select(tables.worker).where(*where.conditions), WORKERS, page)

    def held(self, worker_ids: Sequence[str]) -> dict[str, dict[str, int]]:
        """Worker -> state (queued, running) -> how many attempts of tasks it holds."""
        states = (AttemptState.QUEUED.value, AttemptState.RUNNING.value)
        query = (
            select(_attempt.worker_id, _attempt.state, func.count())
            .where(_attempt.worker_id.in_(worker_ids), _attempt.state.in_(states))
            .group_by(_attempt.worker_id, _attempt.state)
        )
        found: dict[str, dict[str, int]] = {}
        with read(self._engine) as conn:
            for worker_id, state, count in conn.execute(query):
                found.setdefault(worker_id, {})[state] = count
        return found

    def at_work(self, worker_ids: Sequence[str], limit: int) -> list[Row]:
        """Attempts that these workers run, those that began first first.

        Each row: dag_id, run_id, task_id, map_index, try_number, hostname, pid, start_date.
        """
        of_attempt = (_attempt.try_number, _attempt.hostname, _attempt.pid, _attempt.start_date)
        query = (
            select(_ti.dag_id, _ti.run_id, _ti.task_id, _ti.map_index, *of_attempt)
            .join(tables.task_instance, _ti.id == _attempt.ti_id)
            .where(_attempt.worker_id.in_(worker_ids), _attempt.state == AttemptState.RUNNING.value)
            .order_by(_attempt.start_date, _attempt.id)
            .limit(limit)
        )
        with read(self._engine) as conn:
            return [dict(row) for row in conn.execute(query).mappings()]

    def heartbeats(self) -> dict[str, tuple[datetime, bool]]:
        """Kind -> (newest heartbeat, whether it is of a process that has not ended)."""
        query = select(
            _worker.kind, _worker.ended_at.is_(None).label("open"), func.max(_worker.heartbeat_at).label("at")
        ).group_by(_worker.kind, _worker.ended_at.is_(None))
        found: dict[str, tuple[datetime, bool]] = {}
        with read(self._engine) as conn:
            for kind, is_open, at in conn.execute(query):
                if kind not in found or is_open:  # one that stopped cleanly must not hide one that lives
                    found[kind] = (at, bool(is_open))
        return found
