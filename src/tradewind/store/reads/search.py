"""Finds DAGs, runs, tasks, assets and settings by a piece of text.  Called by the server for the command palette.

Each kind is bounded in what it looks at: DAGs, assets, pools, variables and connections by their number, runs by the
start of their id along an index, tasks by the ids in the newest versions, which are kept in memory.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Engine, Select, case, or_, select

from tradewind.store import tables
from tradewind.store.asset_tables import asset
from tradewind.store.engine import read
from tradewind.store.reads.query import starts_with
from tradewind.store.reads.runs import TOLERATED

_dag, _run, _version = tables.dag.c, tables.dag_run.c, tables.dag_version.c


Kind = Literal["dag", "run", "task", "asset", "connection", "variable", "pool"]


class _Task(msgspec.Struct, frozen=True):
    task_id: str


class _Tasks(msgspec.Struct, frozen=True):
    tasks: tuple[_Task, ...] = ()


_decode = msgspec.json.Decoder(_Tasks).decode


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found."""

    kind: Kind
    dag_id: str | None = None
    run_id: str | None = None
    task_id: str | None = None
    asset_id: int | None = None
    name: str = ""
    """What it is called; of an asset, a connection, a variable or a pool what it is known by."""
    detail: str = ""
    state: str | None = None
    """Of a run; `tolerated`: it succeeded although a task failed."""


class SearchReads:
    """Finds things.  Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._tasks: dict[int, tuple[str, ...]] = {}
        """Version of a DAG -> ids of its tasks."""
        self._lock = threading.Lock()

    def find(self, text: str, kinds: Iterable[Kind], limit: int) -> list[Hit]:
        """Up to `limit` things of each kind, those whose name starts with the text first."""
        wanted = set(kinds)
        hits: list[Hit] = []
        with read(self._engine) as connection:
            if "dag" in wanted:
                hits += _dags(connection, text, limit)
            if "run" in wanted:
                hits += self._runs(connection, text, limit)
            if "task" in wanted:
                hits += self._find_tasks(connection, text, limit)
            if "asset" in wanted:
                hits += _assets(connection, text, limit)
            settings: tuple[tuple[Kind, Any, Any], ...] = (
                ("connection", tables.connection.c.conn_id, tables.connection.c.conn_type),
                ("variable", tables.variable.c.key, tables.variable.c.description),
                ("pool", tables.pool.c.name, tables.pool.c.description),
            )
            for kind, column, about in settings:
                if kind in wanted:
                    query = _matching(select(column, about), text, column).limit(limit)
                    hits += [Hit(kind, name=name, detail=said or "") for name, said in connection.execute(query)]
        return hits

    def _runs(self, connection: Connection, text: str, limit: int) -> list[Hit]:
        """Runs whose id starts with the text; or, written as `dag/run` or `dag run`, those of a DAG."""
        dag_id, slash, rest = "/".join(text.split()).rpartition("/")
        prefix = starts_with(_run.run_id, rest if slash else text, sqlite=connection.dialect.name == "sqlite")
        query = select(_run.dag_id, _run.run_id, case((TOLERATED, "tolerated"), else_=_run.state).label("state"))
        if slash:
            # along the index that finds the prefix: the ids of runs begin with their kind, and go on with their time
            order = _run.run_id.desc() if rest else _run.run_after.desc()
            query = query.where(_run.dag_id == dag_id, prefix).order_by(order)
        else:
            if len(text) < 3:
                return []
            if connection.dialect.name == "postgresql":
                prefix = _run.run_id.startswith(text, autoescape=True)
            query = query.where(prefix)
        return [
            Hit("run", dag_id=row.dag_id, run_id=row.run_id, name=row.run_id, detail=row.dag_id, state=row.state)
            for row in connection.execute(query.limit(limit))
        ]

    def _find_tasks(self, connection: Connection, text: str, limit: int) -> list[Hit]:
        """Tasks by a part of their id; or, written as `dag/task` or `dag task`, by parts of both."""
        *of_dag, low = text.lower().replace("/", " ").split(" ")
        starting: list[Hit] = []
        inside: list[Hit] = []
        for dag_id, task_ids in self._all_tasks(connection):
            if not all(part in dag_id.lower() for part in of_dag):
                continue
            for task_id in task_ids:
                at = task_id.lower().find(low)
                if at == 0 and len(starting) < limit:
                    starting.append(Hit("task", dag_id=dag_id, task_id=task_id, name=task_id, detail=dag_id))
                elif at > 0 and len(inside) < limit:
                    inside.append(Hit("task", dag_id=dag_id, task_id=task_id, name=task_id, detail=dag_id))
            if len(starting) == limit:
                break
        return (starting + inside)[:limit]

    def _all_tasks(self, connection: Connection) -> list[tuple[str, tuple[str, ...]]]:
        newest = connection.execute(
            select(_dag.dag_id, _dag.version_id).where(_dag.stale.is_(False)).order_by(_dag.dag_id)
        ).all()
        with self._lock:
            known = self._tasks
        missing = sorted({row.version_id for row in newest} - known.keys())
        if missing:
            loaded = {version_id: known[version_id] for _, version_id in newest if version_id in known}
            for start in range(0, len(missing), 500):
                query = select(_version.id, _version.spec).where(_version.id.in_(missing[start : start + 500]))
                for row in connection.execute(query):
                    loaded[row.id] = tuple(task.task_id for task in _decode(row.spec).tasks)
            known = loaded
            with self._lock:
                self._tasks = loaded  # only the newest versions are kept
        return [(row.dag_id, known.get(row.version_id, ())) for row in newest]


def _matching(query: Select[Any], text: str, *columns: Any) -> Select[Any]:
    starting = or_(*(column.istartswith(text, autoescape=True) for column in columns))
    query = query.where(or_(*(column.icontains(text, autoescape=True) for column in columns)))
    return query.order_by(case((starting, 0), else_=1), columns[0])


def _dags(connection: Connection, text: str, limit: int) -> list[Hit]:
    query = _matching(select(_dag.dag_id, _dag.display_name), text, _dag.dag_id, _dag.display_name)
    rows = connection.execute(query.where(_dag.stale.is_(False)).limit(limit))
    return [Hit("dag", dag_id=row.dag_id, name=row.display_name or row.dag_id, detail=row.dag_id) for row in rows]


def _assets(connection: Connection, text: str, limit: int) -> list[Hit]:
    query = _matching(select(asset.c.id, asset.c.name, asset.c.uri), text, asset.c.name, asset.c.uri)
    rows = connection.execute(query.where(asset.c.active).limit(limit))
    return [Hit("asset", asset_id=row.id, name=row.name, detail=row.uri) for row in rows]
