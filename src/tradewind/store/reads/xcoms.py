"""XComs, without running anything: values are JSON text.  Called by the server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, Select, select

from tradewind.store import tables
from tradewind.store.engine import read
from tradewind.store.reads.paging import fetch
from tradewind.store.reads.query import Listing, Page, Range, Row, Rows, Sort, Where
from tradewind.store.reads.versions import VersionReads

_xcom, _run, _dag = tables.xcom.c, tables.dag_run.c, tables.dag.c

# The primary key has four columns, the unique key of a listing is one: the others come before it in every order.
LISTING = Listing(
    {
        "dag_id": Sort(_xcom.dag_id),
        "run_id": Sort(_xcom.run_id),
        "dag_run": Sort(_xcom.dag_run_id),
        "task_id": Sort(_xcom.task_id),
        "map_index": Sort(_xcom.map_index),
        "key": Sort(_xcom.key),
        "timestamp": Sort(_xcom.created_at),
        "logical_date": Sort(_run.logical_date, nullable=True),
        "run_after": Sort(_run.run_after),
    },
    ("dag_run", "task_id", "map_index", "key"),
    "key",
)
_UNIQUE = ("dag_run", "task_id", "map_index", "key")


@dataclass(frozen=True, slots=True)
class XComFilter:
    """Which XComs; what is None does not bind."""

    dag_id: str | None = None
    run_id: str | None = None
    task_id: str | None = None
    key: str | None = None
    map_indexes: Sequence[int] | None = None
    key_pattern: str | None = None
    key_prefix: str | None = None
    dag_name_pattern: str | None = None
    dag_name_prefix: str | None = None
    run_id_pattern: str | None = None
    run_id_prefix: str | None = None
    task_id_pattern: str | None = None
    task_id_prefix: str | None = None
    logical_date: Range | None = None
    run_after: Range | None = None


def _select(*, value: bool) -> Select[Any]:
    columns = [
        _xcom.dag_run_id,
        _xcom.task_id,
        _xcom.map_index,
        _xcom.key,
        _xcom.dag_id,
        _xcom.run_id,
        _xcom.created_at,
    ]
    if value:
        columns.append(_xcom.value)
    return (
        select(
            *columns,
            _run.logical_date,
            _run.run_after,
            _run.version_id,
            _dag.display_name.label("dag_display_name"),
        )
        .join(tables.dag_run, _run.id == _xcom.dag_run_id)
        .join(tables.dag, _dag.dag_id == _xcom.dag_id, isouter=True)
    )


class XComReads:
    """Reads `xcom`."""

    def __init__(self, engine: Engine, versions: VersionReads) -> None:
        self._engine = engine
        self._versions = versions

    def page(self, which: XComFilter, page: Page) -> Rows:
        """XComs without their values, which may be large; `spec` is the DagSpec of the run's version."""
        order = page.order_by or LISTING.default
        named = {entry.removeprefix("-") for entry in order}
        whole = tuple(order) + tuple(key for key in _UNIQUE if key not in named)
        total = Page(page.limit, page.offset, whole, page.cursor)
        with read(self._engine) as conn:
            conditions = self._where(which).conditions
            # without what only decorates: a join on a DAG, and on a run when nothing asks for one
            countable = select(_xcom.key).where(*conditions)
            if which.dag_name_pattern is not None or which.dag_name_prefix is not None:
                countable = countable.join(tables.dag, _dag.dag_id == _xcom.dag_id, isouter=True)
            if any((which.dag_id, which.run_id, which.logical_date, which.run_after)):
                countable = countable.join(tables.dag_run, _run.id == _xcom.dag_run_id)
            rows = fetch(conn, _select(value=False).where(*conditions), LISTING, total, countable)
            specs = self._versions.specs({row["version_id"] for row in rows.items}, conn)
        for row in rows.items:
            row["spec"] = specs.get(row["version_id"])
        return rows

    def get(self, dag_id: str, run_id: str, task_id: str, key: str, map_index: int) -> Row | None:
        """One XCom with its `value` (JSON text), and `spec`."""
        query = _select(value=True).where(
            _xcom.dag_id == dag_id,
            _xcom.run_id == run_id,
            _xcom.task_id == task_id,
            _xcom.key == key,
            _xcom.map_index == map_index,
        )
        with read(self._engine) as conn:
            row = conn.execute(query).mappings().first()
            if row is None:
                return None
            spec = self._versions.specs([row["version_id"]], conn).get(row["version_id"])
        return {**row, "spec": spec}

    def results(self, dag_id: str, run_id: str, task_ids: Sequence[str], key: str) -> list[Row]:
        """task_id, map_index and value of one key of several tasks of a run, ordered."""
        query = (
            select(_xcom.task_id, _xcom.map_index, _xcom.value)
            .join(tables.dag_run, _run.id == _xcom.dag_run_id)
            .where(_run.dag_id == dag_id, _run.run_id == run_id, _xcom.task_id.in_(task_ids), _xcom.key == key)
            .order_by(_xcom.task_id, _xcom.map_index)
        )
        with read(self._engine) as conn:
            return [dict(row) for row in conn.execute(query).mappings()]

    def _where(self, which: XComFilter) -> Where:
        where = Where(self._engine.dialect.name == "sqlite")
        # the run's columns are indexed by (dag_id, run_id), and the primary key of xcom starts with the run
        where.equals(_run.dag_id, which.dag_id)
        where.equals(_run.run_id, which.run_id)
        where.equals(_xcom.task_id, which.task_id)
        where.equals(_xcom.key, which.key)
        where.one_of(_xcom.map_index, which.map_indexes)
        where.like(_xcom.key, which.key_pattern)
        where.starts(_xcom.key, which.key_prefix)
        where.like(_dag.display_name, which.dag_name_pattern)
        where.starts(_dag.display_name, which.dag_name_prefix)
        where.like(_xcom.run_id, which.run_id_pattern)
        where.starts(_xcom.run_id, which.run_id_prefix)
        where.like(_xcom.task_id, which.task_id_pattern)
        where.starts(_xcom.task_id, which.task_id_prefix)
        where.within(_run.logical_date, which.logical_date)
        where.within(_run.run_after, which.run_after)
        return where
