"""The rows that changed and that somebody watches, by their keys.  Called by `server.live`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import Engine, select

from tradewind.store import tables
from tradewind.store.engine import read
from tradewind.store.reads.query import Row

_dag, _run, _ti, _version = tables.dag.c, tables.dag_run.c, tables.task_instance.c, tables.dag_version.c
_CHUNK = 500
Key = TypeVar("Key", int, str)
_RUNS = select(
    _run.id,
    _run.dag_id,
    _run.run_id,
    _run.run_type,
    _run.state,
    _run.reason,
    _run.run_after,
    _run.logical_date,
    _run.queued_at,
    _run.start_date,
    _run.end_date,
    _run.note,
    _version.number.label("version_number"),
).join(tables.dag_version, _version.id == _run.version_id)
_TASKS = select(
    _ti.dag_run_id,
    _ti.task_id,
    _ti.map_index,
    _ti.rendered_map_index,
    _ti.state,
    _ti.try_number,
    _ti.queued_at,
    _ti.start_date,
    _ti.end_date,
    _ti.note.is_not(None).label("has_note"),
    _ti.reason,
)
_DAGS = select(
    _dag.dag_id,
    _dag.paused,
    _dag.stale,
    _dag.has_import_errors,
    _dag.next_run_after,
    _dag.next_logical_date,
    _dag.version_id,
)


class WatchedReads:
    """Reads rows by their keys.  Thread-safe; each call asks one query for every 500 keys."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def names(self, run_pks: Sequence[int]) -> dict[int, tuple[str, str]]:
        """Run key -> (dag id, run id) of those that exist."""
        found = {}
        with read(self._engine) as connection:
            for part in _parts(run_pks):
                query = select(_run.id, _run.dag_id, _run.run_id).where(_run.id.in_(part))
                found.update({row.id: (row.dag_id, row.run_id) for row in connection.execute(query)})
        return found

    def runs(self, run_pks: Sequence[int]) -> list[Row]:
        """What a run shows."""
        found: list[Row] = []
        if run_pks:
            with read(self._engine) as connection:
                for part in _parts(run_pks):
                    rows = connection.execute(_RUNS.where(_run.id.in_(part))).mappings()
                    found += [dict(row) for row in rows]
        return found

    def tasks(self, ti_ids: Sequence[str]) -> list[Row]:
        """What task instances show."""
        found: list[Row] = []
        if ti_ids:
            with read(self._engine) as connection:
                for part in _parts(ti_ids):
                    rows = connection.execute(_TASKS.where(_ti.id.in_(part))).mappings()
                    found += [dict(row) for row in rows]
        return found

    def dags(self, dag_ids: Sequence[str]) -> list[Row]:
        """What a DAG shows."""
        found: list[Row] = []
        if dag_ids:
            with read(self._engine) as connection:
                for part in _parts(dag_ids):
                    rows = connection.execute(_DAGS.where(_dag.dag_id.in_(part))).mappings()
                    found += [dict(row) for row in rows]
        return found


def _parts(keys: Sequence[Key]) -> Iterable[Sequence[Key]]:
    for start in range(0, len(keys), _CHUNK):
        yield keys[start : start + _CHUNK]
