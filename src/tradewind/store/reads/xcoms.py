"""XComs, without running anything: values are JSON text.  Called by the server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, false, literal_column, select, true

from tradewind.spec.ids import NOT_MAPPED, XCOM_RETURN_KEY
from tradewind.store import tables
from tradewind.store.engine import read
from tradewind.store.reads.paging import Piece, Pieces, Span, fetch
from tradewind.store.reads.query import Listing, Page, Range, Row, Rows, Sort, Where
from tradewind.store.reads.versions import VersionReads
from tradewind.store.reads.ways import Said
from tradewind.store.residual import residual

_xcom, _run, _dag = tables.xcom.c, tables.dag_run.c, tables.dag.c

# The primary key has four columns, the unique key of a listing is one: the others come before it in every order.
LISTING = Listing(
    {
        "dag_id": Sort(_xcom.dag_id),
        "run_id": Sort(_run.run_id),
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
_NAMED_KEY = _xcom.key != literal_column(f"'{XCOM_RETURN_KEY}'")
_IS_MAPPED = _xcom.map_index >= literal_column("0")
_PIECES: dict[str, tuple[ColumnElement[Any], Any, ColumnElement[bool]]] = {
    "key": (_xcom.key, XCOM_RETURN_KEY, _NAMED_KEY),
    "map_index": (_xcom.map_index, NOT_MAPPED, _IS_MAPPED),
}
"""Sort keys whose index has what is unusual: the column, the value that nearly all have, the words of the index."""


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


def _select(*, value: bool, along_runs: bool = False) -> Select[Any]:
    """With `along_runs` the runs are gone through in their order, and the XComs of each are taken."""
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
        .join(tables.dag_run, (residual(_run.id) if along_runs else _run.id) == _xcom.dag_run_id)
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
        falling = "-" * order[-1].startswith("-")  # as the last key, so that an index can be walked either way
        whole = tuple(order) + tuple(f"{falling}{key}" for key in _UNIQUE if key not in named)
        with read(self._engine) as conn:
            rows = self._rows(conn, which, Page(page.limit, page.offset, whole, page.cursor))
            specs = self._versions.specs({row["version_id"] for row in rows.items}, conn)
        for row in rows.items:
            row["spec"] = specs.get(row["version_id"])
        return rows

    def _rows(self, conn: Connection, which: XComFilter, page: Page) -> Rows:
        name = page.order_by[0].removeprefix("-")
        lead = LISTING.sorts.get(name)
        said = self._said(conn, which, lead)
        found = said.found(_xcom.key, () if lead is None or name == "dag_run" else (lead.expression,))
        if found.nothing:
            return fetch(conn, _select(value=False).where(false()), LISTING, page)
        pieces = None
        if not found.gathered and name in _PIECES:
            pieces = _pieces(name, found.conditions)
        along_runs = not found.gathered and name in ("run_id", "logical_date", "run_after")
        countable = select(
            _xcom.key
        )  # without what only decorates: the joins on a DAG, and on a run when none is asked for
        if self._of_runs(which).conditions:
            countable = countable.join(tables.dag_run, _run.id == _xcom.dag_run_id)
        return fetch(
            conn,
            _select(value=False, along_runs=along_runs).where(*found.conditions),
            LISTING,
            page,
            countable.where(*(said.plain() if found.most is None else found.conditions)),
            pieces=pieces,
            most=found.most,
            gathered=found.gathered,
            total=found.total,
        )

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

    def _of_runs(self, which: XComFilter, *, walked: bool = False, kept: Sequence[ColumnElement[Any]] = ()) -> Where:
        runs = Where(self._engine.dialect.name == "sqlite", walked=walked, kept=kept)
        runs.equals(_run.run_id, which.run_id)
        runs.like(_run.run_id, which.run_id_pattern)
        runs.starts(_run.run_id, which.run_id_prefix)
        runs.within(_run.logical_date, which.logical_date)
        runs.within(_run.run_after, which.run_after)
        return runs

    def _said(self, conn: Connection, which: XComFilter, lead: Sort | None) -> Said:
        """What is said of runs is said of the runs, which have indexes, and the primary key starts with the run."""
        said, runs = Said(conn, self._engine.dialect.name == "sqlite"), self._of_runs(which).conditions
        if which.dag_id is not None and which.run_id is not None:
            runs.append(_run.dag_id == which.dag_id)
        elif which.dag_id is not None and which.task_id is not None:
            task_id = which.task_id
            said.add(_xcom.dag_id, lambda dag_id: and_(dag_id == which.dag_id, _xcom.task_id == task_id))
        else:
            said.equals(_xcom.dag_id, which.dag_id)
        if which.dag_id is None or which.run_id is not None:
            said.equals(_xcom.task_id, which.task_id)
        if runs:
            of_runs = select(_run.id).where(*runs)
            joined = select(_xcom.key).join(tables.dag_run, residual(_run.id) == _xcom.dag_run_id).where(*runs)
            kept = () if lead is None else (lead.expression,)
            met = self._of_runs(which, walked=True, kept=kept).conditions
            if which.dag_id is not None and which.run_id is not None:
                met.append(residual(_run.dag_id) == which.dag_id)
            found = and_(*met)
            said.add(
                _xcom.dag_run_id,
                lambda run: found if run is not _xcom.dag_run_id else run.in_(of_runs),
                counted=joined,
            )
        said.named(_xcom.task_id, which.task_id_pattern, which.task_id_prefix)
        key = which.key
        if key is not None and key != XCOM_RETURN_KEY:
            said.add(_xcom.key, lambda own: and_(_NAMED_KEY, own == key))
        said.equals(_xcom.key, key, indexed=False)
        said.like(_xcom.key, which.key_pattern, which.key_prefix)
        indexes = which.map_indexes
        if indexes:
            mapped = NOT_MAPPED not in indexes
            said.add(
                _xcom.map_index, lambda own: and_(_IS_MAPPED if mapped else true(), own.in_(indexes)), indexed=mapped
            )
        if which.dag_name_pattern is not None or which.dag_name_prefix is not None:
            dags = Where(said.sqlite)
            dags.like(_dag.display_name, which.dag_name_pattern)
            dags.starts(_dag.display_name, which.dag_name_prefix)
            named = select(_dag.dag_id).where(*dags.conditions)
            said.add(_xcom.dag_id, lambda dag_id: dag_id.in_(named))
        return said


def _pieces(name: str, conditions: Sequence[ColumnElement[bool]]) -> Pieces:
    """The list by the values of a key that has one value for nearly all."""
    column, usual, unusual = _PIECES[name]
    below = [Span(below=usual)] if name == "key" else []

    def rows(value: Any) -> Piece:
        query = _select(value=False).where(*conditions)
        if isinstance(value, Span):
            query = query.where(unusual, column < value.below if value.above is None else column > value.above)
        else:
            query = query.where(residual(column) == value)
        return Piece(query, query)

    return Pieces([*below, usual, Span(above=usual)], rows)
