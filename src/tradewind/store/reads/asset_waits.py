"""What a DAG that runs on assets waits for, for explanations.  Called by `reads.explain`."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from tradewind.core.assets import Consumer, label, leaves, missing_of, why_waiting
from tradewind.core.explain.facts import Condition
from tradewind.core.phrases import Parts, names, say
from tradewind.spec.dag import DagSpec
from tradewind.store.asset_log import pending_partitions, queue_of
from tradewind.store.asset_needs import FAILED, OPEN, needs_of
from tradewind.store.asset_tables import asset_mapping, asset_partition

_mapping = asset_mapping.c
_MOST_PARTITIONS = 3
_FIX = say("fix.assets", command="tradewind assets materialize --name <asset>")


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
    labels = names((label(use) for use in leaves(schedule.condition)), code=False)
    parts = [say("assets.partitions", assets=labels)]
    for key in newest:
        if key in pending:
            parts.append(say("assets.partition", partition=key, parts=names(missing_of(consumer, key), code=False)))
    text = say("joined", parts=Parts(tuple(parts), "; "))
    return [Condition("assets", text, fix=_FIX), *_unmapped(connection, spec.dag_id)]


def _unmapped(connection: Connection, dag_id: str) -> list[Condition]:
    """Events that wait for code of the user, which says what they are for."""
    query = select(_mapping.state, func.count().label("number")).where(_mapping.dag_id == dag_id)
    counts = {row.state: row.number for row in connection.execute(query.group_by(_mapping.state))}
    found = []
    if number := counts.get(OPEN, 0):
        fix = say("fix.mapper", command="tradewind dag-processor")
        found.append(Condition("mapper", say("assets.mapper", count=number), fix=fix))
    if number := counts.get(FAILED, 0):
        newest = select(_mapping.error, _mapping.due_at).where(_mapping.dag_id == dag_id, _mapping.state == FAILED)
        row = connection.execute(newest.order_by(_mapping.id.desc()).limit(1)).one()
        first, _, _ = str(row.error).partition("\n")
        text = say("assets.mapper_failed", count=number, error=first, at=row.due_at)
        found.append(Condition("mapper", text, fix=say("fix.mapper_failed")))
    return found
