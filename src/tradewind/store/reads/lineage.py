"""Which DAGs make which assets, and which DAGs these concern.  Called by the server for the lineage graph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import Connection, Engine, func, select

from tradewind.errors import NotFoundError
from tradewind.store import tables
from tradewind.store.asset_tables import asset, asset_event, asset_use
from tradewind.store.engine import read
from tradewind.store.reads.query import Row

_dag = tables.dag.c
MOST_NODES = 500


@dataclass(frozen=True, slots=True)
class Edge:
    """A use of an asset by a DAG."""

    asset_id: int
    dag_id: str
    role: Literal["schedule", "inlet", "outlet"]
    """`outlet`: the DAG makes it; `inlet`: a task of it reads it; `schedule`: the DAG runs on it."""
    task_id: str


@dataclass(slots=True)
class Lineage:
    """A part of the graph."""

    assets: dict[int, Row] = field(default_factory=dict)
    """id -> id, name, uri, group, last_at."""
    dags: dict[str, Row] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    more: bool = False
    """There are further nodes, which were left out."""


class LineageReads:
    """Reads the graph of assets and DAGs.  Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def around(
        self, *, asset_id: int | None = None, dag_id: str | None = None, depth: int = 2, direction: str = "both"
    ) -> Lineage:
        """What is at most `depth` steps (from asset to asset through a DAG is two) from an asset or a DAG; without
        both, all that there is, up to `MOST_NODES` nodes.  `direction`: `up`, `down` or `both`.

        Raises NotFoundError for an unknown asset or DAG.
        """
        found = Lineage()
        with read(self._engine) as connection:
            if asset_id is None and dag_id is None:
                _everything(connection, found)
            else:
                if asset_id is not None:
                    _need(connection, asset_id)
                _walk(connection, found, asset_id, dag_id, depth, direction)
            _describe(connection, found)
        if dag_id is not None and dag_id not in found.dags:
            raise NotFoundError(f"there is no DAG {dag_id!r}")
        return found


def _need(connection: Connection, asset_id: int) -> None:
    if connection.execute(select(asset.c.id).where(asset.c.id == asset_id)).first() is None:
        raise NotFoundError(f"there is no asset {asset_id}")


def _everything(connection: Connection, found: Lineage) -> None:
    uses = (
        select(asset_use.c.asset_id, asset_use.c.dag_id, asset_use.c.role, asset_use.c.task_id)
        .join(asset, asset.c.id == asset_use.c.asset_id)
        .where(asset.c.active)
        .order_by(asset_use.c.asset_id, asset_use.c.id)
        .limit(MOST_NODES * 8)
    )
    for row in connection.execute(uses):
        _add(found, Edge(*row))


def _walk(
    connection: Connection, found: Lineage, asset_id: int | None, dag_id: str | None, depth: int, direction: str
) -> None:
    ways = ("up", "down") if direction == "both" else (direction,)
    if asset_id is not None:
        found.assets[asset_id] = {}
    if dag_id is not None:
        found.dags[dag_id] = {}
    for way in ways:
        assets = {asset_id} if asset_id is not None else set()
        dags = {dag_id} if dag_id is not None else set()
        seen_assets, seen_dags = set(assets), set(dags)
        for _ in range(depth):
            # up: an asset comes from the DAGs that make it, a DAG from what it reads or runs on; down: the other way
            of_assets = ("outlet",) if way == "up" else ("inlet", "schedule")
            of_dags = ("inlet", "schedule") if way == "up" else ("outlet",)
            edges = _uses(connection, asset_use.c.asset_id, sorted(assets), of_assets)
            next_dags = {edge.dag_id for edge in edges} - seen_dags
            back = _uses(connection, asset_use.c.dag_id, sorted(dags), of_dags)
            next_assets = {edge.asset_id for edge in back} - seen_assets
            for edge in (*edges, *back):
                _add(found, edge)
            assets, dags = next_assets, next_dags
            seen_assets |= assets
            seen_dags |= dags
            if not assets and not dags:
                break


def _uses(connection: Connection, column: object, keys: Sequence[object], roles: Iterable[str]) -> list[Edge]:
    if not keys:
        return []
    query = (
        select(asset_use.c.asset_id, asset_use.c.dag_id, asset_use.c.role, asset_use.c.task_id)
        .where(column.in_(keys), asset_use.c.role.in_(tuple(roles)), asset_use.c.asset_id.is_not(None))  # type: ignore[attr-defined]
        .order_by(asset_use.c.id)
        .limit(MOST_NODES * 8)
    )
    return [Edge(*row) for row in connection.execute(query)]


def _add(found: Lineage, edge: Edge) -> None:
    new = (edge.asset_id not in found.assets) + (edge.dag_id not in found.dags)
    if len(found.assets) + len(found.dags) + new > MOST_NODES:
        found.more = True
        return
    found.assets.setdefault(edge.asset_id, {})
    found.dags.setdefault(edge.dag_id, {})
    if edge not in found.edges[-8:]:
        found.edges.append(edge)


def _describe(connection: Connection, found: Lineage) -> None:
    ids = sorted(found.assets)
    if ids:
        columns = (asset.c.id, asset.c.name, asset.c.uri, asset.c.group, asset.c.active)
        for row in connection.execute(select(*columns).where(asset.c.id.in_(ids))).mappings():
            found.assets[row["id"]] = {**row, "last_at": None}
        # one seek of an index for each asset: a GROUP BY would read all its events
        newest = (
            select(func.max(asset_event.c.id))
            .where(asset_event.c.asset_id == asset.c.id)
            .correlate(asset)
            .scalar_subquery()
        )
        last = connection.execute(
            select(asset_event.c.asset_id, asset_event.c.at)
            .select_from(asset)
            .join(asset_event, asset_event.c.id == newest)
            .where(asset.c.id.in_(ids))
        )
        for asset_id, at in last:
            found.assets[asset_id]["last_at"] = at
    names = sorted(found.dags)
    known = select(_dag.dag_id, _dag.display_name, _dag.paused, _dag.stale, _dag.owners).where(_dag.dag_id.in_(names))
    rows = {row["dag_id"]: dict(row) for row in connection.execute(known).mappings()}
    found.dags = {dag_id: rows[dag_id] for dag_id in names if dag_id in rows}
    found.edges = [edge for edge in dict.fromkeys(found.edges) if edge.dag_id in rows and edge.asset_id in found.assets]
