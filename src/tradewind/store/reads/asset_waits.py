"""What a DAG that runs on assets waits for, for explanations.  Called by `reads.explain`."""

from __future__ import annotations

from sqlalchemy import Connection, select

from tradewind.core.assets import Consumer, label, leaves, missing_of, named, why_waiting
from tradewind.core.explain.facts import Condition
from tradewind.spec.dag import DagSpec
from tradewind.store.asset_log import pending_partitions, queue_of
from tradewind.store.asset_tables import asset_partition

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
    consumer = Consumer(spec.dag_id, schedule, 0, partitions=pending)
    names = named(label(use) for use in leaves(schedule.condition))
    texts = [f"it waits for partitions of {names}"]
    texts += [f"partition {key} waits for {named(missing_of(consumer, key))}" for key in newest if key in pending]
    return [Condition("assets", "; ".join(texts), fix=_FIX)]
