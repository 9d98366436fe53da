"""What the leader writes and reads about events that code of a user maps: those put aside, the answers, and what was
said of partitions that wait.  Called by `store.asset_log`, in its transactions; the answers come from
`store.asset_mappings`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from tradewind.ports.assets import PutAside
from tradewind.spec.assets import Mapped, MappedKey, decode_mapped
from tradewind.store.asset_tables import asset_mapping, asset_partition
from tradewind.store.signals import NOTIFY
from tradewind.store.snapshots import chunks
from tradewind.store.tables import dag

OPEN, READY, FAILED = "open", "ready", "failed"

_mapping = asset_mapping.c
_READY = (
    select(_mapping.dag_id, _mapping.emission)
    .join(dag, dag.c.dag_id == _mapping.dag_id)
    .where(_mapping.state == READY, dag.c.stale.is_(False))
    .group_by(_mapping.dag_id, _mapping.emission)
    .order_by(func.min(_mapping.id))
)
_UNASKED = select(_mapping.dag_id, _mapping.emission).where(_mapping.state == OPEN).distinct()
_ANSWERS = select(_mapping.event_id, _mapping.answer).where(
    _mapping.dag_id == bindparam("of_dag"), _mapping.emission == bindparam("of_emission"), _mapping.state == READY
)
_NEEDS = select(asset_partition.c.partition_key, asset_partition.c.needs).where(
    asset_partition.c.dag_id == bindparam("of_dag"),
    asset_partition.c.partition_key.in_(bindparam("keys", expanding=True)),
)
_TAKE = delete(asset_mapping).where(_mapping.dag_id == bindparam("of_dag"), _mapping.event_id == bindparam("of_event"))


@dataclass(frozen=True, slots=True)
class Answered:
    """Events of one emission that a consumer can take."""

    dag_id: str
    answers: dict[int, Mapped] = field(default_factory=dict)


def answered(connection: Connection, limit: int) -> list[Answered]:
    """Emissions of which every event was asked about, oldest first.  Those that failed come later, on their own."""
    ready = connection.execute(_READY).all()
    if not ready:
        return []
    unasked = {(row.dag_id, row.emission) for row in connection.execute(_UNASKED)}
    found = []
    for row in [row for row in ready if (row.dag_id, row.emission) not in unasked][:limit]:
        answers = connection.execute(_ANSWERS, {"of_dag": row.dag_id, "of_emission": row.emission})
        found.append(Answered(row.dag_id, {item.event_id: decode_mapped(item.answer) for item in answers}))
    return found


def put_aside(connection: Connection, events: Iterable[PutAside]) -> None:
    """These events wait for an answer."""
    rows = [
        {
            "dag_id": event.dag_id,
            "event_id": event.event_id,
            "emission": event.emission,
            "state": OPEN,
            "due_at": event.at,
            "tries": 0,
        }
        for event in events
    ]
    if rows:
        connection.execute(insert(asset_mapping), rows)
        if connection.dialect.name == "postgresql":
            connection.execute(NOTIFY)  # who asks the code sleeps elsewhere


def take(connection: Connection, taken: Iterable[tuple[str, int]]) -> None:
    """These events (DAG, event) are decided."""
    rows = [{"of_dag": dag_id, "of_event": event_id} for dag_id, event_id in taken]
    if rows:
        connection.execute(_TAKE, rows)


def needs_of(connection: Connection, dag_id: str, keys: Iterable[str]) -> dict[str, dict[int, MappedKey]]:
    """Downstream key -> mapper -> what code of the user said of the key."""
    found: dict[str, dict[int, MappedKey]] = {}
    for part in chunks(sorted(keys)):
        for row in connection.execute(_NEEDS, {"of_dag": dag_id, "keys": part}):
            if row.needs:
                found[row.partition_key] = {
                    int(place): msgspec.convert(item, MappedKey) for place, item in row.needs.items()
                }
    return found


def save_needs(connection: Connection, partition_id: int, needs: dict[int, MappedKey]) -> None:
    """What is known of a partition now."""
    body = {str(place): msgspec.to_builtins(item) for place, item in needs.items()}
    connection.execute(update(asset_partition).where(asset_partition.c.id == partition_id).values(needs=body))


def forget(connection: Connection, dag_id: str) -> None:
    """The DAG does not run by partitions any more."""
    connection.execute(delete(asset_mapping).where(_mapping.dag_id == dag_id))


def ask_again(connection: Connection, dag_id: str, now: datetime) -> None:
    """The mappers changed: what they said does not count, and those that failed may work now."""
    values = {"state": OPEN, "due_at": now, "tries": 0, "error": None, "answer": None}
    connection.execute(update(asset_mapping).where(_mapping.dag_id == dag_id).values(values))
