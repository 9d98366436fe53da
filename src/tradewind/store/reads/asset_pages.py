"""Assets as their pages show them: the dense list, who waits for what, partitions, history.  Called by the server.

Everything that looks at events walks the index on (asset_id, id) from the newest, and a bounded way: an asset with a
million events costs what one with a hundred costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, or_, select

from tradewind.core.assets import Consumer, label, leaves, met_by, missing_of
from tradewind.spec.dag import DagSpec
from tradewind.store import tables
from tradewind.store.asset_log import pending_partitions, queue_of
from tradewind.store.asset_needs import needs_of
from tradewind.store.asset_tables import asset, asset_event, asset_partition, asset_use
from tradewind.store.engine import read
from tradewind.store.reads.asset_times import newest_times
from tradewind.store.reads.assets import decorate
from tradewind.store.reads.paging import fetch
from tradewind.store.reads.query import Listing, Page, Row, Rows, Sort, Where
from tradewind.store.reads.versions import VersionReads

_dag = tables.dag.c
_newest = (
    select(func.max(asset_event.c.id)).where(asset_event.c.asset_id == asset.c.id).correlate(asset).scalar_subquery()
)
_LISTING = Listing(
    {
        "id": Sort(asset.c.id),
        "name": Sort(asset.c.name),
        "group": Sort(asset.c.group),
        "last_event": Sort(_newest, nullable=True),
    },
    ("name",),
    "id",
)
BEATS = 8
"""Times of newest events that a rhythm is made of."""
MOST_CONSUMERS = 50
MOST_PENDING = 20
LOOKED_AT = 1000
"""Newest events of an asset that its partitions are read from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetListFilter:
    """Which assets; what is None does not bind."""

    search: str | None = None
    """Part of the name or URI, whatever the case."""
    group: str | None = None
    dag_id: str | None = None
    """Those that this DAG makes, reads or runs on."""
    active: bool | None = True
    updated: bool | None = None
    """Whether there is an event."""
    made: bool | None = None
    """Whether a task makes it."""
    ids: Sequence[int] | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """An asset or alias that a DAG runs on."""

    name: str
    seen_at: datetime | None
    """When it came since the last run of the DAG; None: it is waited for."""


@dataclass(frozen=True, slots=True)
class PendingPartition:
    """A partition of a consumer that waits for more."""

    key: str
    missing: tuple[str, ...]


@dataclass(slots=True)
class WaitingDag:
    """A DAG that runs on an asset, and what its next run waits for."""

    dag_id: str
    name: str
    paused: bool
    any_of: bool = False
    """One of the needs is enough."""
    partitioned: bool = False
    needs: list[Need] = field(default_factory=list)
    partitions: list[PendingPartition] = field(default_factory=list)
    """The newest ones first."""


class AssetPageReads:
    """Reads assets for pages.  Thread-safe."""

    def __init__(self, engine: Engine, versions: VersionReads) -> None:
        self._engine = engine
        self._versions = versions

    def page(self, which: AssetListFilter, page: Page) -> Rows:
        """Assets as `reads.assets` has them, with `times`: of their newest events, newest first."""
        where = Where(self._engine.dialect.name == "sqlite")
        where.equals(asset.c.group, which.group)
        where.equals(asset.c.active, which.active)
        if which.search:
            where.add(
                or_(
                    asset.c.name.icontains(which.search, autoescape=True),
                    asset.c.uri.icontains(which.search, autoescape=True),
                )
            )
        if which.dag_id is not None:
            where.add(asset.c.id.in_(select(asset_use.c.asset_id).where(asset_use.c.dag_id == which.dag_id)))
        if which.updated is not None:
            where.add(_newest.is_not(None) if which.updated else _newest.is_(None))
        if which.made is not None:
            made = asset.c.id.in_(
                select(asset_use.c.asset_id).where(asset_use.c.role == "outlet", asset_use.c.asset_id.is_not(None))
            )
            where.add(made if which.made else ~made)
        if which.ids is not None:
            where.add(asset.c.id.in_(which.ids))
        with read(self._engine) as connection:
            rows = fetch(connection, select(asset).where(*where.conditions), _LISTING, page)
            decorate(connection, rows.items)
            _add_times(connection, rows.items)
        return rows

    def groups(self) -> list[str]:
        """Groups of active assets: what the filter offers."""
        query = select(asset.c.group).where(asset.c.active).distinct().order_by(asset.c.group).limit(1000)
        with read(self._engine) as connection:
            return list(connection.scalars(query))

    def history(self, asset_id: int, limit: int) -> list[Row]:
        """The newest events of an asset, newest first: `id`, `at`, `extra`."""
        query = (
            select(asset_event.c.id, asset_event.c.at, asset_event.c.extra)
            .where(asset_event.c.asset_id == asset_id)
            .order_by(asset_event.c.id.desc())
            .limit(limit)
        )
        with read(self._engine) as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def partitions(self, asset_id: int) -> list[Row]:
        """The partitions of an asset that its newest events are of, by key: `key`, `count`, `last_at`."""
        newest = (
            select(asset_event.c.partition_key, asset_event.c.at)
            .where(asset_event.c.asset_id == asset_id)
            .order_by(asset_event.c.id.desc())
            .limit(LOOKED_AT)
            .subquery()
        )
        query = (
            select(
                newest.c.partition_key.label("key"), func.count().label("count"), func.max(newest.c.at).label("last_at")
            )
            .where(newest.c.partition_key.is_not(None))
            .group_by(newest.c.partition_key)
            .order_by(newest.c.partition_key)
        )
        with read(self._engine) as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def waiting(self, dag_ids: Sequence[str]) -> list[WaitingDag]:
        """What each of these DAGs still waits for; those that are not there any more are left out."""
        wanted = sorted(set(dag_ids))[:MOST_CONSUMERS]
        query = select(_dag.dag_id, _dag.display_name, _dag.paused, _dag.version_id).where(
            _dag.dag_id.in_(wanted), _dag.stale.is_(False)
        )
        with read(self._engine) as connection:
            rows = connection.execute(query.order_by(_dag.dag_id)).all()
            specs = self._versions.specs([row.version_id for row in rows], connection)
            return [_waiting(connection, row, specs[row.version_id]) for row in rows if row.version_id in specs]


def _waiting(connection: Connection, row: Any, spec: DagSpec) -> WaitingDag:
    found = WaitingDag(row.dag_id, row.display_name or row.dag_id, bool(row.paused))
    schedule = spec.asset_schedule
    if schedule is None:
        return found
    found.any_of = schedule.condition.op == "any" and not any(part.parts for part in schedule.condition.parts)
    found.partitioned = schedule.partitioned
    uses = list(dict.fromkeys(leaves(schedule.condition)))
    if not schedule.partitioned:
        seen = queue_of(connection, row.dag_id)
        found.needs = [
            Need(
                label(use),
                min((one.at for one in seen if met_by(schedule.condition, [one]) & {use}), default=None),
            )
            for use in uses
        ]
        return found
    found.needs = [Need(label(use), None) for use in uses]
    keys = connection.scalars(
        select(asset_partition.c.partition_key)
        .where(asset_partition.c.dag_id == row.dag_id)
        .order_by(asset_partition.c.id.desc())
        .limit(MOST_PENDING)
    ).all()
    pending = pending_partitions(connection, row.dag_id, keys)
    consumer = Consumer(row.dag_id, schedule, 0, partitions=pending, needs=needs_of(connection, row.dag_id, keys))
    found.partitions = [PendingPartition(key, missing_of(consumer, key)) for key in keys if key in pending]
    return found


def _add_times(connection: Connection, items: Sequence[Row]) -> None:
    by_id = {item["id"]: item for item in items}
    for asset_id, times in newest_times(connection, sorted(by_id), BEATS).items():
        by_id[asset_id]["times"] = times
