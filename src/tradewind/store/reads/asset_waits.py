"""What a DAG that runs on assets waits for, for explanations.  Called by `reads.explain`."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from tradewind.core.assets import Consumer, label, leaves, missing_of, why_waiting
from tradewind.core.explain.facts import Condition
from tradewind.core.words import counted, listed
from tradewind.spec.dag import DagSpec
from tradewind.store.asset_log import pending_partitions, queue_of
from tradewind.store.asset_needs import FAILED, OPEN, needs_of
from tradewind.store.asset_tables import asset_mapping, asset_partition

_mapping = asset_mapping.c
_MOST_PARTITIONS = 3
_FIX = "tradewind assets materialize --name <asset>, or POST /api/v2/assets/events"


def asset_waits(connection: Connection, spec: DagSpec) -> list[Condition]:
    """The assets, or parts of partitions, that must be updated before the DAG runs; empty when time makes it run."""
    schedule = spec.asset_schedule
    if schedule is None or spec.timetable.kind != "none":
        return []
    if not schedule.partitioned:
        text = why_waiting(schedule.condition, queue_of(connection, spec.dag_id))
        return [] if text is None else [Condition("assets", text, fix=_FIX)]
    query = select(asset_partition.c.partition_key).where(asset_partition.c.dag_id == spec.dag_id)
    newest = connection.execute(query.order_by(asset_partition.c.id.desc()).limit(_MOST_PARTITIONS)).scalars().all()
    pending = pending_partitions(connection, spec.dag_id, newest)
    consumer = Consumer(spec.dag_id, schedule, 0, partitions=pending, needs=needs_of(connection, spec.dag_id, newest))
    names = listed((label(use) for use in leaves(schedule.condition)), mark="")
    texts = [f"it waits for partitions of {names}"]
    texts += [
        f"partition {key} waits for {listed(missing_of(consumer, key), mark='')}" for key in newest if key in pending
    ]
    return [Condition("assets", "; ".join(texts), fix=_FIX), *_unmapped(connection, spec.dag_id)]


def _unmapped(connection: Connection, dag_id: str) -> list[Condition]:
    """Events that wait for code of the user, which says what they are for."""
    query = select(_mapping.state, func.count().label("number")).where(_mapping.dag_id == dag_id)
    counts = {row.state: row.number for row in connection.execute(query.group_by(_mapping.state))}
    found = []
    if number := counts.get(OPEN, 0):
        text = f"{counted(number, 'asset event')} {'waits' if number == 1 else 'wait'} for the code of its mappers"
        found.append(Condition("mapper", text, fix="see that the DAG processor runs: tradewind dag-processor"))
    if number := counts.get(FAILED, 0):
        newest = select(_mapping.error, _mapping.due_at).where(_mapping.dag_id == dag_id, _mapping.state == FAILED)
        row = connection.execute(newest.order_by(_mapping.id.desc()).limit(1)).one()
        first, _, _ = str(row.error).partition("\n")
        text = (
            f"its mapper failed for {counted(number, 'asset event')}: {first}; it is asked again at "
            f"{row.due_at.isoformat()}"
        )
        found.append(Condition("mapper", text, fix="correct the mapper: the events wait for it"))
    return found
