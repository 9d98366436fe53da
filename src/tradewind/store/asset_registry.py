"""Keeps what DAGs say of assets: which exist, who names them, who waits for them.  Called by `store.dags` when a DAG
gets a new version, comes back or goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, exists, func, insert, select, update

from tradewind.core.assets import leaves, met_by
from tradewind.spec.assets import AssetSchedule, AssetUse
from tradewind.spec.dag import DagSpec
from tradewind.store.asset_events import digest, ensure_alias, ensure_asset
from tradewind.store.asset_log import raise_revision, seen_of
from tradewind.store.asset_needs import ask_again, forget
from tradewind.store.asset_tables import (
    asset,
    asset_alias,
    asset_consumer,
    asset_cursor,
    asset_event,
    asset_partition,
    asset_queue,
    asset_use,
    asset_watcher,
)
from tradewind.store.snapshots import chunks
from tradewind.store.types import AnyRow

_QUEUE = (
    select(asset_queue, asset.c.name, asset.c.uri, asset_alias.c.name.label("alias"))
    .join(asset, asset.c.id == asset_queue.c.asset_id)
    .outerjoin(asset_alias, asset_alias.c.id == asset_queue.c.alias_id)
)


def register(connection: Connection, specs: Sequence[DagSpec], now: datetime) -> None:
    """Replace what these DAGs say of assets by what their newest version says."""
    known = _uses(connection, [spec.dag_id for spec in specs])
    for spec in specs:
        _register(connection, spec, known.get(spec.dag_id, []), now)


def withdraw(connection: Connection, dag_ids: Iterable[str], now: datetime) -> None:
    """These DAGs are gone: what only they named is not active any more.  How far they consumed the log stays, in case
    they come back.
    """
    ids = list(dag_ids)
    before = _uses(connection, ids)
    if not before:
        return
    raise_revision(connection)
    _forget(connection, list(before))
    _retire(connection, _assets_of(rows for rows in before.values()), now)


def delete_consumers(connection: Connection, dag_id: str, now: datetime) -> None:
    """The DAG was deleted with its history: nothing of it stays."""
    withdraw(connection, [dag_id], now)
    _delete_consumer(connection, dag_id)


def _delete_consumer(connection: Connection, dag_id: str) -> None:
    for table in (asset_queue, asset_partition, asset_consumer):
        connection.execute(delete(table).where(table.c.dag_id == dag_id))
    forget(connection, dag_id)


def _register(connection: Connection, spec: DagSpec, before: list[AnyRow], now: datetime) -> None:
    names_any = bool(spec.assets or spec.aliases or spec.asset_schedule or _task_uses(spec))
    if not names_any and not before:
        return
    raise_revision(connection)  # first of all: a turn of the leader locks the cursor before the queues
    ids = {(item.name, item.uri): _save_asset(connection, item, now) for item in spec.assets}
    aliases = {item.name: ensure_alias(connection, item.name, item.group, now) for item in spec.aliases}
    _forget(connection, [spec.dag_id])
    rows = [
        {"dag_id": spec.dag_id, "role": role, "task_id": task_id, **_target(use, ids, aliases)}
        for role, task_id, use in _all_uses(spec)
    ]
    old = {_identity(row._mapping): row.created_at for row in before}
    if rows:
        connection.execute(
            insert(asset_use),
            [{**row, "created_at": old.get(_identity(row), now), "updated_at": now} for row in rows],
        )
    watchers = [
        {
            "asset_id": ids[item.name, item.uri],
            "dag_id": spec.dag_id,
            "name": watcher.name,
            "classpath": watcher.classpath,
            "kwargs": watcher.kwargs,
            "created_at": now,
        }
        for item in spec.assets
        for watcher in item.watchers
    ]
    if watchers:
        connection.execute(insert(asset_watcher), watchers)
    _retire(connection, _assets_of([before]) - set(ids.values()), now)
    _save_consumer(connection, spec.dag_id, spec.asset_schedule, now)


def _all_uses(spec: DagSpec) -> list[tuple[str, str, AssetUse]]:
    found: list[tuple[str, str, AssetUse]] = []
    if spec.asset_schedule is not None:
        found += [("schedule", "", use) for use in leaves(spec.asset_schedule.condition)]
    return list(dict.fromkeys([*found, *_task_uses(spec)]))


def _task_uses(spec: DagSpec) -> list[tuple[str, str, AssetUse]]:
    return [
        (role, task.task_id, use)
        for task in spec.tasks
        for role, uses in (("inlet", task.inlets), ("outlet", task.outlets))
        for use in uses
    ]


def _target(use: AssetUse, ids: dict[tuple[str, str], int], aliases: dict[str, int]) -> dict[str, Any]:
    return {
        "asset_id": ids[use.name, use.uri] if use.kind == "asset" else None,
        "alias_id": aliases[use.name] if use.kind == "alias" else None,
        "ref_name": use.name if use.kind == "name" else None,
        "ref_uri": use.uri if use.kind == "uri" else None,
    }


def _identity(row: Any) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("role", "task_id", "asset_id", "alias_id", "ref_name", "ref_uri"))


def _save_asset(connection: Connection, item: Any, now: datetime) -> int:
    asset_id = ensure_asset(connection, item.name, item.uri, item.group, item.extra, now)
    row = connection.execute(
        select(asset.c.group, asset.c.extra, asset.c.active).where(asset.c.digest == digest(item.name, item.uri))
    ).one()
    if (row.group, row.extra, row.active) != (item.group, item.extra, True):
        values = {"group": item.group, "extra": item.extra, "active": True, "updated_at": now}
        connection.execute(update(asset).where(asset.c.id == asset_id).values(values))
    return asset_id


def _uses(connection: Connection, dag_ids: Sequence[str]) -> dict[str, list[AnyRow]]:
    found: dict[str, list[AnyRow]] = {}
    for part in chunks(list(dag_ids)):
        for row in connection.execute(select(asset_use).where(asset_use.c.dag_id.in_(part))):
            found.setdefault(row.dag_id, []).append(row)
    return found


def _assets_of(groups: Iterable[Iterable[AnyRow]]) -> set[int]:
    return {row.asset_id for rows in groups for row in rows if row.asset_id is not None}


def _forget(connection: Connection, dag_ids: Sequence[str]) -> None:
    for part in chunks(list(dag_ids)):
        connection.execute(delete(asset_use).where(asset_use.c.dag_id.in_(part)))
        connection.execute(delete(asset_watcher).where(asset_watcher.c.dag_id.in_(part)))


def _retire(connection: Connection, asset_ids: set[int], now: datetime) -> None:
    """Assets that no DAG names any more are not active."""
    for part in chunks(sorted(asset_ids)):
        connection.execute(
            update(asset)
            .where(asset.c.id.in_(part), ~exists().where(asset_use.c.asset_id == asset.c.id))
            .values(active=False, updated_at=now)
        )


def _save_consumer(connection: Connection, dag_id: str, schedule: AssetSchedule | None, now: datetime) -> None:
    row = connection.execute(select(asset_consumer).where(asset_consumer.c.dag_id == dag_id)).first()
    if schedule is None:
        if row is not None:
            _delete_consumer(connection, dag_id)
        return
    mark = digest(msgspec.json.encode(schedule, order="sorted").decode())
    if row is None:
        # the log may have been cleaned: what the leader has passed was there before as well
        newest = max(
            connection.execute(select(func.max(asset_event.c.id))).scalar() or 0,
            connection.execute(select(func.max(asset_cursor.c.position))).scalar() or 0,
        )
        values = {"dag_id": dag_id, "consumed": newest, "schedule": mark, "created_at": now}
        connection.execute(insert(asset_consumer), values)
        return
    if row.schedule == mark:
        return
    connection.execute(update(asset_consumer).where(asset_consumer.c.dag_id == dag_id).values(schedule=mark))
    # what waits was mapped by the old schedule; entries that it does not name any more would never be used
    connection.execute(delete(asset_partition).where(asset_partition.c.dag_id == dag_id))
    if schedule.partitioned:
        ask_again(connection, dag_id, now)
    else:
        forget(connection, dag_id)
    for entry in connection.execute(_QUEUE.where(asset_queue.c.dag_id == dag_id)).all():
        if schedule.partitioned or not met_by(schedule.condition, [seen_of(entry)]):
            connection.execute(
                delete(asset_queue).where(
                    asset_queue.c.dag_id == dag_id,
                    asset_queue.c.asset_id == entry.asset_id,
                    asset_queue.c.alias_id == entry.alias_id,
                )
            )
