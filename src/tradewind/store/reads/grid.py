"""The states of many runs by task, one byte a cell.  Called by the server for the grid of a DAG.

Reading the cells costs what the page shows.  The column of a run that is over is kept in memory until the run changes:
whoever changes a task instance of such a run (a clear, a mark) raises the run's revision.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, and_, case, func, or_, select

from tradewind.core.pictures import ENDED, WORST_FIRST, code
from tradewind.errors import DagNotFound
from tradewind.spec.dag import DagSpec
from tradewind.spec.states import FINISHED_RUN
from tradewind.store import tables
from tradewind.store.engine import read
from tradewind.store.reads.changes import position
from tradewind.store.reads.query import Row
from tradewind.store.reads.runs import FAILED_STATES
from tradewind.store.reads.versions import VersionReads
from tradewind.store.residual import along

_dag, _run, _ti, _version = tables.dag.c, tables.dag_run.c, tables.task_instance.c, tables.dag_version.c
_RANKS = {state: rank for rank, state in enumerate(WORST_FIRST)}
RANK: ColumnElement[int] = case(
    *((_ti.state == state, rank) for state, rank in _RANKS.items() if state is not None), else_=_RANKS[None]
)
"""Place of a state in `WORST_FIRST`: the smallest of many is the one that stands for them."""
CODE_OF_RANK = bytes(code(state) for state in WORST_FIRST)
_CELLS = (
    select(_ti.dag_run_id, _ti.task_id, func.min(RANK).label("worst"))
    .group_by(_ti.dag_run_id, _ti.task_id)
    .order_by(None)
)
KEPT_CELLS = 4_000_000
"""Cells of finished runs that are kept in memory."""
COLUMNS = (
    _run.id,
    _run.run_id,
    _run.run_type,
    _run.state,
    _run.run_after,
    _run.logical_date,
    _run.queued_at,
    _run.start_date,
    _run.end_date,
    _run.version_id,
    _run.revision,
    _run.updated_at,
    _run.note.is_not(None).label("has_note"),
    _version.number.label("version_number"),
)
_STARTED = tuple(sorted(state.value for state in FINISHED_RUN))


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the list of runs, newest first: runs after it are older."""

    run_after: datetime
    pk: int


@dataclass(frozen=True, slots=True)
class GridPage:
    """Some runs of a DAG, newest first, with the bytes of their tasks."""

    position: int
    spec: DagSpec
    version_number: int
    runs: list[Row]
    cells: list[dict[str, int]]
    """For each run: task id -> code."""
    more: bool
    """There are older runs."""


class GridReads:
    """Reads the grid of a DAG.  Thread-safe."""

    def __init__(self, engine: Engine, versions: VersionReads) -> None:
        self._engine = engine
        self._versions = versions
        self._kept: OrderedDict[int, tuple[tuple[Any, ...], tuple[str, ...], bytes]] = OrderedDict()
        """Run key -> what tells its state, its task ids, their bytes."""
        self._ids: tuple[str, ...] = ()
        """The task ids of the run that was kept last: most runs of a DAG have the same ones, and share them."""
        self._kept_cells = 0
        self._lock = threading.Lock()

    def page(
        self,
        dag_id: str,
        limit: int,
        before: Mark | None = None,
        *,
        run_types: Sequence[str] | None = None,
        states: Sequence[str] | None = None,
    ) -> GridPage:
        """The newest `limit` runs, or those before a mark.  Raises DagNotFound."""
        query = (
            select(*COLUMNS)
            .join(tables.dag_version, _version.id == _run.version_id)
            .where(_run.dag_id == dag_id)
            .order_by(_run.run_after.desc(), _run.id.desc())
            .limit(limit + 1)
        )
        if before is not None:
            query = query.where(
                _run.run_after <= before.run_after,
                or_(_run.run_after < before.run_after, and_(_run.run_after == before.run_after, _run.id < before.pk)),
            )
        if run_types:
            query = query.where(_run.run_type.in_(run_types))
        if states:
            state = along(_run.state, states, FAILED_STATES, tables.FAILED)
            query = query.where(_run.state.in_(states) if state is None else state)
        with read(self._engine) as connection:
            at = position(connection)
            dag = connection.execute(
                select(_dag.version_id, _version.number)
                .join(tables.dag_version, _version.id == _dag.version_id)
                .where(_dag.dag_id == dag_id)
            ).first()
            if dag is None:
                raise DagNotFound(f"there is no DAG {dag_id!r}")
            runs = [dict(row) for row in connection.execute(query).mappings()]
            more, runs = len(runs) > limit, runs[:limit]
            cells = self._cells(connection, runs)
            spec = self._versions.specs([dag.version_id], connection)[dag.version_id]
        return GridPage(at, spec, dag.number, runs, cells, more)

    def columns(self, run_pks: Sequence[int]) -> dict[int, dict[str, int]]:
        """Run key -> task id -> code, read anew."""
        with read(self._engine) as connection:
            return _read(connection, run_pks)

    def cells_of(self, run_pk: int, task_ids: Sequence[str]) -> dict[str, int]:
        """Task id -> code of some tasks of a run."""
        found: dict[str, int] = {}
        with read(self._engine) as connection:
            for start in range(0, len(task_ids), 500):
                part = _CELLS.where(_ti.dag_run_id == run_pk, _ti.task_id.in_(task_ids[start : start + 500]))
                for _, task_id, worst in connection.execute(part):
                    found[task_id] = CODE_OF_RANK[worst]
        return found

    def _cells(self, connection: Connection, runs: Iterable[Row]) -> list[dict[str, int]]:
        rows = list(runs)
        found: dict[int, dict[str, int]] = {}
        with self._lock:
            for row in rows:
                kept = self._kept.get(row["id"])
                if kept is not None and kept[0] == _stamp(row):
                    self._kept.move_to_end(row["id"])
                    found[row["id"]] = dict(zip(kept[1], kept[2], strict=True))
        missing = [row for row in rows if row["id"] not in found]
        found |= _read(connection, [row["id"] for row in missing])
        with self._lock:
            for row in missing:
                if row["state"] in _STARTED and ENDED.issuperset(found[row["id"]].values()):
                    self._keep(row["id"], _stamp(row), found[row["id"]])
        return [found[row["id"]] for row in rows]

    def _keep(self, run_pk: int, stamp: tuple[Any, ...], cells: dict[str, int]) -> None:
        old = self._kept.pop(run_pk, None)
        ids = tuple(cells)
        if ids == self._ids:
            ids = self._ids
        self._ids = ids
        self._kept_cells += len(cells) - (len(old[2]) if old else 0)
        self._kept[run_pk] = (stamp, ids, bytes(cells.values()))
        while self._kept_cells > KEPT_CELLS:
            _, (_, _, dropped) = self._kept.popitem(last=False)
            self._kept_cells -= len(dropped)


def _stamp(row: Row) -> tuple[Any, ...]:
    return row["revision"], row["state"], row["updated_at"], row["version_id"]


def _read(connection: Connection, run_pks: Sequence[int]) -> dict[int, dict[str, int]]:
    cells: dict[int, dict[str, int]] = {run_pk: {} for run_pk in run_pks}
    for start in range(0, len(run_pks), 500):
        part = _CELLS.where(_ti.dag_run_id.in_(run_pks[start : start + 500]))
        for run_pk, task_id, worst in connection.execute(part):
            cells[run_pk][task_id] = CODE_OF_RANK[worst]
    return cells
