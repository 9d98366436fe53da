"""Appends to the log of asset events.  Called by `store.steps` (tasks that succeeded) and `store.actions_assets` (API).

Ids of the log grow in the order of commits: every writer takes one lock that it keeps until its commit, because a
reader that goes through the log once must never see an id appear behind it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, text, update

from tradewind.ports.store import AssetEmission
from tradewind.spec.wire import OutletEvent
from tradewind.store.asset_tables import asset, asset_alias, asset_alias_member, asset_event, asset_event_alias
from tradewind.store.tables import event_log
from tradewind.store.upsert import insert_or_skip

_LOG_LOCK = 0x7477_6173_7365_7473  # "twassets": the advisory lock of the log on PostgreSQL
_LOCK = text("SELECT pg_advisory_xact_lock(:key)")
_ASSET_BY_DIGEST = select(asset.c.id).where(asset.c.digest == bindparam("of_digest"))
_ALIAS_BY_DIGEST = select(asset_alias.c.id).where(asset_alias.c.digest == bindparam("of_digest"))
_INSERT_EVENT = insert(asset_event).returning(asset_event.c.id)
_INSERT_NOTE = insert(event_log)


def digest(*texts: str) -> str:
    """SHA-256 of texts: what makes them unique, as they are too long for a key of every database."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def lock_log(connection: Connection) -> None:
    """Wait until this transaction is the only one that writes events.  SQLite's transactions are that already."""
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK, {"key": _LOG_LOCK})


def ensure_asset(connection: Connection, name: str, uri: str, group: str, extra: dict[str, Any], now: datetime) -> int:
    """The id of an asset, made when it is new; one that nobody named any more becomes active again."""
    found = connection.execute(_ASSET_BY_DIGEST, {"of_digest": digest(name, uri)}).scalar()
    if found is not None:
        return int(found)
    values = {
        "name": name,
        "uri": uri,
        "digest": digest(name, uri),
        "group": group,
        "extra": extra,
        "active": True,
        "created_at": now,
        "updated_at": now,
    }
    made = connection.execute(insert_or_skip(connection.dialect.name, asset.c.id), values).scalar()
    if made is None:  # another transaction was faster
        made = connection.execute(_ASSET_BY_DIGEST, {"of_digest": digest(name, uri)}).scalar_one()
    return int(made)


def ensure_alias(connection: Connection, name: str, group: str, now: datetime) -> int:
    """The id of an alias, made when it is new."""
    found = connection.execute(_ALIAS_BY_DIGEST, {"of_digest": digest(name)}).scalar()
    if found is None:
        values = {"name": name, "digest": digest(name), "group": group, "created_at": now}
        found = connection.execute(insert_or_skip(connection.dialect.name, asset_alias.c.id), values).scalar()
    if found is None:
        found = connection.execute(_ALIAS_BY_DIGEST, {"of_digest": digest(name)}).scalar_one()
    return int(found)


def write_emissions(connection: Connection, emissions: Iterable[AssetEmission], now: datetime) -> None:
    """Append what successful attempts emitted."""
    lock_log(connection)
    for emission in emissions:
        for event in emission.events:
            _write(connection, emission, event, now)


def _write(connection: Connection, emission: AssetEmission, event: OutletEvent, now: datetime) -> None:
    asset_id = _resolve(connection, event, now)
    if asset_id is None:
        # the reference names an asset that no DAG defines: the task is not to blame, but somebody should know
        what = f"the asset {event.name or event.uri!r} is not defined by any DAG"
        connection.execute(_INSERT_NOTE, _note(emission, "asset reference unknown", what, now))
        return
    append(
        connection,
        asset_id,
        emission.at,
        event.extra,
        emission=emission.attempt_id,
        partition_key=event.partition_key,
        aliases=[ensure_alias(connection, name, "asset", now) for name in event.aliases],
        source=(emission.dag_id, emission.run_id, emission.task_id, emission.map_index),
    )


def append(
    connection: Connection,
    asset_id: int,
    at: datetime,
    extra: dict[str, Any],
    *,
    emission: str,
    partition_key: str | None = None,
    aliases: Sequence[int] = (),
    source: tuple[str, str, str, int] | None = None,
) -> int:
    """One event; its id.  The caller holds the lock of the log."""
    dag_id, run_id, task_id, map_index = source or (None, None, None, None)
    event_id = connection.execute(
        _INSERT_EVENT,
        {
            "asset_id": asset_id,
            "at": at,
            "extra": extra,
            "emission": emission,
            "source_dag_id": dag_id,
            "source_run_id": run_id,
            "source_task_id": task_id,
            "source_map_index": map_index,
            "partition_key": partition_key,
        },
    ).scalar_one()
    for alias_id in dict.fromkeys(aliases):
        connection.execute(insert(asset_event_alias), {"event_id": event_id, "alias_id": alias_id})
        statement = insert_or_skip(connection.dialect.name, asset_alias_member.c.asset_id)
        connection.execute(statement, {"alias_id": alias_id, "asset_id": asset_id})
    return int(event_id)


def _resolve(connection: Connection, event: OutletEvent, now: datetime) -> int | None:
    if event.name and event.uri:
        asset_id = ensure_asset(connection, event.name, event.uri, event.group, event.asset_extra, now)
        if event.aliases:  # it may be known to nobody but the alias
            activate = update(asset).where(asset.c.id == asset_id, asset.c.active.is_(False))
            connection.execute(activate.values(active=True, updated_at=now))
        return asset_id
    wanted = asset.c.name == event.name if event.name else asset.c.uri == event.uri
    query = select(asset.c.id).where(wanted)
    found = connection.execute(query.order_by(asset.c.active.desc(), asset.c.id)).scalars().first()
    return None if found is None else int(found)


def _note(emission: AssetEmission, event: str, extra: str, now: datetime) -> dict[str, Any]:
    return {
        "at": now,
        "event": event,
        "dag_id": emission.dag_id,
        "run_id": emission.run_id,
        "task_id": emission.task_id,
        "map_index": emission.map_index,
        "extra": extra,
    }
