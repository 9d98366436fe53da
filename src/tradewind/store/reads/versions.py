"""DAG versions: their numbers for lists, and their specs, decoded once.

Called by the other reads and the server.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, select

from tradewind.spec.dag import DagSpec, decode_dag
from tradewind.store import tables
from tradewind.store.engine import read
from tradewind.store.reads.paging import fetch
from tradewind.store.reads.query import Listing, Page, Row, Rows, Sort, Where

_version, _dag = tables.dag_version.c, tables.dag.c

CACHED_TASKS = 40_000
"""Tasks of the specs that are kept in memory; those of the largest DAG are kept in any case."""

LISTING = Listing(
    {
        "id": Sort(_version.id),
        "version_number": Sort(_version.number),
        "bundle_name": Sort(_version.bundle_name),
        "bundle_version": Sort(_version.id),
        "created_at": Sort(_version.created_at),
        "dag_id": Sort(_version.dag_id),
    },
    ("id",),
    "id",
)


def version_columns(prefix: str = "version_") -> list[ColumnElement[Any]]:
    """What is shown of a version inside other answers; the spec and the source stay out."""
    return [
        _version.uuid.label(f"{prefix}uuid"),
        _version.number.label(f"{prefix}number"),
        _version.bundle_name.label(f"{prefix}bundle_name"),
        _version.created_at.label(f"{prefix}created_at"),
    ]


class VersionReads:
    """Reads `dag_version`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._specs: OrderedDict[int, DagSpec] = OrderedDict()
        self._tasks = 0
        self._lock = threading.Lock()

    def specs(self, version_ids: Iterable[int], conn: Connection | None = None) -> dict[int, DagSpec]:
        """version id -> spec, for those that exist.  A version never changes, so its spec is decoded once."""
        wanted = set(version_ids)
        found: dict[int, DagSpec] = {}
        with self._lock:
            for version_id in wanted & self._specs.keys():
                self._specs.move_to_end(version_id)
                found[version_id] = self._specs[version_id]
        missing = sorted(wanted - found.keys())
        if not missing:
            return found
        query = select(_version.id, _version.spec).where(_version.id.in_(missing))
        if conn is None:
            with read(self._engine) as own:
                rows = own.execute(query).all()
        else:
            rows = conn.execute(query).all()
        loaded = {row.id: decode_dag(row.spec) for row in rows}
        with self._lock:
            for version_id in loaded.keys() - self._specs.keys():
                self._specs[version_id] = loaded[version_id]
                self._tasks += _size(loaded[version_id])
            while self._tasks > CACHED_TASKS and len(self._specs) > 1:
                self._tasks -= _size(self._specs.popitem(last=False)[1])
        return found | loaded

    def load(self, connection: Connection, version_ids: Iterable[int], /) -> dict[int, DagSpec]:
        """As `specs`, for `store.snapshots`."""
        return self.specs(version_ids, connection)

    def spec(self, version_id: int) -> DagSpec | None:
        """The spec of one version."""
        return self.specs([version_id]).get(version_id)

    def page(
        self, dag_id: str | None, page: Page, *, numbers: list[int] | None = None, bundle: str | None = None
    ) -> Rows:
        """Versions of one DAG, or (None) of all: `version_columns`, dag_id, dag_display_name."""
        where = Where(self._engine.dialect.name == "sqlite")
        where.equals(_version.dag_id, dag_id)
        where.one_of(_version.number, numbers)
        where.equals(_version.bundle_name, bundle)
        with read(self._engine) as conn:
            return fetch(conn, _select_versions().where(*where.conditions), LISTING, page)

    def get(self, dag_id: str, number: int) -> Row | None:
        """One version by its number."""
        query = _select_versions().where(_version.dag_id == dag_id, _version.number == number)
        with read(self._engine) as conn:
            row = conn.execute(query).mappings().first()
        return dict(row) if row else None

    def numbered(self, dag_id: str, number: int | None) -> tuple[str, int, DagSpec] | None:
        """(uuid, number, spec) of a version; `number` None is the newest."""
        query = select(_version.id, _version.uuid, _version.number).where(_version.dag_id == dag_id)
        if number is not None:
            query = query.where(_version.number == number)
        with read(self._engine) as conn:
            row = conn.execute(query.order_by(_version.number.desc()).limit(1)).first()
            return None if row is None else (row.uuid, row.number, self.specs([row.id], conn)[row.id])

    def source(self, dag_id: str, number: int | None) -> Row | None:
        """The text of the DAG file: dag_id, number, source, dag_display_name; `number` None is the newest."""
        query = (
            select(_version.dag_id, _version.number, _version.source, _dag.display_name.label("dag_display_name"))
            .join(tables.dag, _dag.dag_id == _version.dag_id, isouter=True)
            .where(_version.dag_id == dag_id)
            .order_by(_version.number.desc())
            .limit(1)
        )
        if number is not None:
            query = query.where(_version.number == number)
        with read(self._engine) as conn:
            row = conn.execute(query).mappings().first()
        return dict(row) if row else None


def _size(spec: DagSpec) -> int:
    return 2 + len(spec.tasks)


def _select_versions() -> Any:
    return select(_version.id, _version.dag_id, *version_columns(), _dag.display_name.label("dag_display_name")).join(
        tables.dag, _dag.dag_id == _version.dag_id, isouter=True
    )
