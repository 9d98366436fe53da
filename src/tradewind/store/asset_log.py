"""The leader's way through the log of asset events.  Called by `services.assets`, from one thread.

Implements `ports.assets.AssetStore`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, delete, insert, literal, or_, select, update

from tradewind.core.assets import Consumer, Event, Received, Seen
from tradewind.ports.assets import AssetInbox, AssetTurn, FiredRun, MappedEmission, PartitionChange
from tradewind.ports.store import RunSnapshot
from tradewind.store import steps
from tradewind.store.asset_events import append, lock_log
from tradewind.store.asset_needs import answered, needs_of, put_aside, save_needs, take
from tradewind.store.asset_tables import (
    asset,
    asset_alias,
    asset_consumer,
    asset_cursor,
    asset_event,
    asset_event_alias,
    asset_partition,
    asset_partition_event,
    asset_queue,
    asset_run_event,
    asset_use,
    asset_watcher,
)
from tradewind.store.engine import read, write
from tradewind.store.scheduler import insert_run, new_record, new_task_records, task_rows
from tradewind.store.snapshots import SpecCache, chunks, load_dags, load_sources, lost_source
from tradewind.store.tables import dag, dag_run, event_log, task_instance, watcher_event
from tradewind.store.triggers import Triggers, Watcher
from tradewind.store.types import AnyRow
from tradewind.store.upsert import insert_or_skip

CURSOR = "scheduler"
"""The leader's row of `asset_cursor`."""
MOST_WATCHED = 200
"""So many events of watchers are taken in one transaction."""

_CURSOR = select(asset_cursor.c.position, asset_cursor.c.revision).where(asset_cursor.c.name == CURSOR)
_EVENTS = (
    select(
        asset_event.c.id,
        asset_event.c.at,
        asset_event.c.asset_id,
        asset.c.name,
        asset.c.uri,
        asset_event.c.emission,
        asset_event.c.partition_key,
        dag_run.c.partition_date,
    )
    .select_from(
        asset_event.join(asset, asset.c.id == asset_event.c.asset_id).outerjoin(
            dag_run,
            (dag_run.c.dag_id == asset_event.c.source_dag_id) & (dag_run.c.run_id == asset_event.c.source_run_id),
        )
    )
    .order_by(asset_event.c.id)
)
_NEW = _EVENTS.where(asset_event.c.id > bindparam("after")).limit(bindparam("most"))
_REST = _EVENTS.where(asset_event.c.id > bindparam("after"), asset_event.c.emission == bindparam("of_emission"))
_ALIASES = (
    select(asset_event_alias.c.event_id, asset_alias.c.id, asset_alias.c.name)
    .join(asset_alias, asset_alias.c.id == asset_event_alias.c.alias_id)
    .where(asset_event_alias.c.event_id.in_(bindparam("ids", expanding=True)))
    .order_by(asset_event_alias.c.event_id, asset_alias.c.id)
)
_DAGS = select(dag).where(dag.c.dag_id.in_(bindparam("ids", expanding=True)), dag.c.stale.is_(False))
_CONSUMERS = select(asset_consumer.c.dag_id, asset_consumer.c.consumed).where(
    asset_consumer.c.dag_id.in_(bindparam("ids", expanding=True))
)
_QUEUES = (
    select(
        asset_queue.c.dag_id,
        asset_queue.c.asset_id,
        asset_queue.c.alias_id,
        asset.c.name,
        asset.c.uri,
        asset_alias.c.name.label("alias"),
        asset_queue.c.event_id,
        asset_queue.c.created_at,
    )
    .join(asset, asset.c.id == asset_queue.c.asset_id)
    .outerjoin(asset_alias, asset_alias.c.id == asset_queue.c.alias_id)
    .where(asset_queue.c.dag_id.in_(bindparam("ids", expanding=True)))
    .order_by(asset_queue.c.dag_id, asset_queue.c.event_id, asset_queue.c.asset_id)
)
_RECEIVED = (
    select(asset_partition.c.partition_key, asset_partition_event.c.member, asset_partition_event.c.event_id)
    .join(asset_partition, asset_partition.c.id == asset_partition_event.c.partition_id)
    .where(
        asset_partition.c.dag_id == bindparam("of_dag"),
        asset_partition.c.partition_key.in_(bindparam("keys", expanding=True)),
    )
    .order_by(asset_partition_event.c.event_id)
)
_WATCHED = select(watcher_event).order_by(watcher_event.c.id)
_DECLARED = (
    select(asset.c.name.label("asset"), asset_watcher.c.name, asset_watcher.c.classpath, asset_watcher.c.kwargs)
    .join(asset, asset.c.id == asset_watcher.c.asset_id)
    .join(dag, dag.c.dag_id == asset_watcher.c.dag_id)
    .where(dag.c.stale.is_(False), dag.c.paused.is_(False))
    .order_by(asset.c.name, asset_watcher.c.name, asset_watcher.c.id)
)
_MOVE = (
    update(asset_cursor)
    .where(
        asset_cursor.c.name == CURSOR,
        asset_cursor.c.position == bindparam("if_position"),
        asset_cursor.c.revision == bindparam("if_revision"),
    )
    .values(position=bindparam("to_position"))
)
_CLEAR_QUEUE = delete(asset_queue).where(asset_queue.c.dag_id == bindparam("of_dag"))
_ADVANCE = (
    update(asset_consumer)
    .where(asset_consumer.c.dag_id == bindparam("of_dag"))
    .values(consumed=bindparam("to_position"))
)
_DROP_PARTITION = delete(asset_partition).where(
    asset_partition.c.dag_id == bindparam("of_dag"), asset_partition.c.partition_key == bindparam("of_key")
)
_PARTITION_ID = select(asset_partition.c.id).where(
    asset_partition.c.dag_id == bindparam("of_dag"), asset_partition.c.partition_key == bindparam("of_key")
)


def utc_now() -> datetime:
    """The system's time."""
    return datetime.now(UTC)


class SqlAssetStore:
    """Implements `ports.assets.AssetStore`."""

    def __init__(self, engine: Engine, triggers: Triggers, now: Callable[[], datetime] = utc_now) -> None:
        """`now` stamps what is noted about events that nobody can take."""
        self._engine = engine
        self._triggers = triggers
        self._now = now
        self._specs = SpecCache()

    def inbox(self, limit: int) -> AssetInbox | None:
        """What is new, emissions whole; None when nothing is."""
        with read(self._engine) as connection:
            position, revision = _cursor(connection)
            rows = connection.execute(_NEW, {"after": position, "most": limit}).all()
            if not rows:
                return None
            if len(rows) == limit:
                last = rows[-1]
                rows = [*rows, *connection.execute(_REST, {"after": last.id, "of_emission": last.emission})]
            events = events_of(connection, rows)
            consumers = self._consumers(connection, events)
            records = load_dags(connection, self._specs, _DAGS, {"ids": sorted(consumers)}) if consumers else []
        ready = []
        for record in records:
            schedule = record.spec.asset_schedule
            if schedule is not None:
                known = consumers[record.dag_id]
                queue = {seen.key: seen for seen in known[1]}
                ready.append((Consumer(record.dag_id, schedule, known[0], record.paused, queue), record))
        return AssetInbox(position, revision, tuple(events), tuple(sorted(ready, key=lambda pair: pair[0].dag_id)))

    def mapped(self, limit: int) -> AssetInbox | None:
        """Emissions that were put aside, and that code of the user answered; None when there are none."""
        with read(self._engine) as connection:
            groups = answered(connection, limit)
            if not groups:
                return None
            position, revision = _cursor(connection)
            rows: list[AnyRow] = []
            for ids in chunks(sorted({event_id for group in groups for event_id in group.answers})):
                rows += connection.execute(_EVENTS.where(asset_event.c.id.in_(ids))).all()
            events = {event.id: event for event in events_of(connection, rows)}
            dag_ids = sorted({group.dag_id for group in groups})
            records = {
                record.dag_id: record
                for ids in chunks(dag_ids)
                for record in load_dags(connection, self._specs, _DAGS, {"ids": ids})
            }
            since = {
                row.dag_id: row.consumed
                for ids in chunks(dag_ids)
                for row in connection.execute(_CONSUMERS, {"ids": ids})
            }
        consumers: dict[str, Consumer] = {}
        for dag_id, record in records.items():
            if record.spec.asset_schedule is not None and dag_id in since:
                consumers[dag_id] = Consumer(dag_id, record.spec.asset_schedule, since[dag_id], record.paused)
        found = [
            MappedEmission(
                consumers[group.dag_id],
                records[group.dag_id],
                tuple(events[event_id] for event_id in sorted(group.answers)),
                group.answers,
            )
            for group in groups
            if group.dag_id in consumers
        ]
        return AssetInbox(position, revision, (), (), tuple(found)) if found else None

    def _consumers(self, connection: Connection, events: Sequence[Event]) -> dict[str, tuple[int, list[Seen]]]:
        """DAG -> how far it consumed, and its queue: of the DAGs that wait for any of these assets."""
        wanted: set[str] = set()
        for column, values in (
            (asset_use.c.asset_id, {event.asset_id for event in events}),
            (asset_use.c.alias_id, {alias_id for event in events for alias_id, _ in event.aliases}),
            (asset_use.c.ref_name, {event.name for event in events}),
            (asset_use.c.ref_uri, {event.uri for event in events}),
        ):
            for part in chunks(sorted(values)):
                query = select(asset_use.c.dag_id).where(asset_use.c.role == "schedule", column.in_(part)).distinct()
                wanted.update(connection.execute(query).scalars())
        found: dict[str, tuple[int, list[Seen]]] = {}
        for ids in chunks(sorted(wanted)):
            for row in connection.execute(_CONSUMERS, {"ids": ids}):
                found[row.dag_id] = (row.consumed, [])
            for entry in connection.execute(_QUEUES, {"ids": ids}):
                if entry.dag_id in found:
                    found[entry.dag_id][1].append(seen_of(entry))
        return found

    def load_partitions(self, consumer: Consumer, keys: Iterable[str]) -> None:
        """Let a consumer know what these partitions wait with, and what code of the user said of them."""
        unknown = set(keys).difference(consumer.partitions)
        if not unknown:
            return
        with read(self._engine) as connection:
            consumer.partitions.update(pending_partitions(connection, consumer.dag_id, unknown))
            consumer.needs.update(needs_of(connection, consumer.dag_id, unknown))

    def take_watched(self, fence: str, now: datetime) -> int:
        """Append a part of what watchers saw to the log, once; how much that was, 0 when nothing is left."""
        with read(self._engine) as connection:
            # asked whenever something may be new: the empty answer must not take the write lock
            if connection.execute(_WATCHED.limit(1)).first() is None:
                return 0
        with write(self._engine) as connection:
            steps.check_fence(connection, fence)
            return take_watched(connection, now)

    def sync_watchers(self, fence: str, now: datetime) -> None:
        """Let the triggerers run the watchers that DAGs declare which are there and not paused."""
        with read(self._engine) as connection:
            rows = connection.execute(_DECLARED).all()
        self._triggers.set_watchers(
            [Watcher(row.asset, row.name, row.classpath, json.dumps(row.kwargs, sort_keys=True)) for row in rows],
            now,
            fence,
        )

    def apply(self, turn: AssetTurn) -> list[RunSnapshot] | None:
        """Write a turn; the runs that it made.  None, with nothing written, when the log or its consumers changed."""
        now = self._now()
        with write(self._engine) as connection:
            steps.check_fence(connection, turn.fence)
            _ensure_cursor(connection)
            moved = connection.execute(
                _MOVE,
                {"if_position": turn.position, "if_revision": turn.revision, "to_position": turn.up_to},
            )
            if moved.rowcount != 1:
                return None
            made = [snapshot for run in turn.runs if (snapshot := self._insert(connection, run)) is not None]
            for consumer in turn.consumers:
                _save_consumer(connection, consumer)
            for change in turn.partitions:
                _save_partition(connection, change, now)
            put_aside(connection, turn.aside)
            take(connection, turn.taken)
            for refused in turn.refused:
                connection.execute(
                    insert(event_log),
                    {"at": now, "event": "asset event refused", "dag_id": refused.dag_id, "extra": refused.reason},
                )
            return made

    def _insert(self, connection: Connection, fired: FiredRun) -> RunSnapshot | None:
        run, firing = fired.run, fired.firing
        if firing.partition_key is not None:
            connection.execute(_DROP_PARTITION, {"of_dag": run.dag_id, "of_key": firing.partition_key})
        run_pk = insert_run(connection, run)
        if run_pk is None:
            return None
        if run.tasks:
            connection.execute(insert(task_instance), task_rows(run, run_pk))
        if firing.partition_key is not None:
            rows = [{"dag_run_id": run_pk, "event_id": event_id} for event_id in firing.events]
            connection.execute(insert(asset_run_event), rows)
        else:
            _consume(connection, run_pk, run.dag_id, firing.since, firing.up_to)
        spec = self._specs.load(connection, [run.version_id])[run.version_id]
        source = load_sources(connection, [run.dag_id]).get(run.dag_id) or lost_source(spec)
        return RunSnapshot(run=new_record(run, run_pk), spec=spec, source=source, tasks=new_task_records(run))


def take_watched(connection: Connection, now: datetime) -> int:
    """Turn what watchers saw first into events of their assets; the rows go in the same transaction.  How many rows."""
    lock_log(connection)
    rows = connection.execute(_WATCHED.limit(MOST_WATCHED)).all()
    for row in rows:
        wanted = select(asset.c.id).where(asset.c.name == row.asset_name).order_by(asset.c.active.desc(), asset.c.id)
        asset_id = connection.execute(wanted).scalars().first()
        if asset_id is not None:
            extra = {"from_trigger": True, "watcher": row.watcher_name, "payload": json.loads(row.payload)}
            append(connection, asset_id, now, extra, emission=f"watcher-{row.id}")
    if rows:
        connection.execute(delete(watcher_event).where(watcher_event.c.id.in_([row.id for row in rows])))
    return len(rows)


def pending_partitions(connection: Connection, dag_id: str, keys: Iterable[str]) -> dict[str, list[Received]]:
    """Downstream key -> what waits for the rest, oldest first."""
    rows: list[AnyRow] = []
    for part in chunks(sorted(keys)):
        rows += connection.execute(_RECEIVED, {"of_dag": dag_id, "keys": part}).all()
    events: dict[int, Event] = {}
    for ids in chunks(sorted({row.event_id for row in rows})):
        of_part = connection.execute(_EVENTS.where(asset_event.c.id.in_(ids))).all()
        events.update((event.id, event) for event in events_of(connection, of_part))
    found: defaultdict[str, list[Received]] = defaultdict(list)
    for row in rows:
        found[row.partition_key].append(Received(events[row.event_id], row.member))
    return dict(found)


def queue_of(connection: Connection, dag_id: str) -> list[Seen]:
    """What a consumer has seen since its last run."""
    return [seen_of(row) for row in connection.execute(_QUEUES, {"ids": [dag_id]})]


def seen_of(row: AnyRow) -> Seen:
    """An entry of a queue from its row."""
    return Seen(row.asset_id, row.alias_id, row.name, row.uri, row.alias or "", row.event_id, row.created_at)


def _cursor(connection: Connection) -> tuple[int, int]:
    row = connection.execute(_CURSOR).first()
    return (0, 0) if row is None else (row.position, row.revision)


def _ensure_cursor(connection: Connection) -> None:
    values = {"name": CURSOR, "position": 0, "revision": 0}
    connection.execute(insert_or_skip(connection.dialect.name, asset_cursor.c.name), values)


def raise_revision(connection: Connection) -> None:
    """The leader's view of the consumers is out of date."""
    _ensure_cursor(connection)
    connection.execute(
        update(asset_cursor).where(asset_cursor.c.name == CURSOR).values(revision=asset_cursor.c.revision + 1)
    )


def events_of(connection: Connection, rows: Sequence[AnyRow]) -> list[Event]:
    aliases: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for ids in chunks([row.id for row in rows]):
        for event_id, alias_id, name in connection.execute(_ALIASES, {"ids": ids}):
            aliases[event_id].append((alias_id, name))
    return [
        Event(
            id=row.id,
            at=row.at,
            asset_id=row.asset_id,
            name=row.name,
            uri=row.uri,
            emission=row.emission,
            aliases=tuple(aliases[row.id]),
            partition_key=row.partition_key,
            partition_date=row.partition_date,
        )
        for row in rows
    ]


def _consume(connection: Connection, run_pk: int, dag_id: str, since: int, up_to: int) -> None:
    """Note which events a run consumes: all of the assets in the DAG's schedule in this part of the log."""
    uses = select(asset_use).where(asset_use.c.dag_id == dag_id, asset_use.c.role == "schedule").subquery()
    named = select(asset.c.id).where(
        or_(asset.c.name.in_(select(uses.c.ref_name)), asset.c.uri.in_(select(uses.c.ref_uri)))
    )
    through = select(asset_event_alias.c.event_id).where(asset_event_alias.c.alias_id.in_(select(uses.c.alias_id)))
    query = select(literal(run_pk), asset_event.c.id).where(
        asset_event.c.id > since,
        asset_event.c.id <= up_to,
        asset_event.c.partition_key.is_(None),
        or_(
            asset_event.c.asset_id.in_(select(uses.c.asset_id)),
            asset_event.c.asset_id.in_(named),
            asset_event.c.id.in_(through),
        ),
    )
    connection.execute(insert(asset_run_event).from_select(["dag_run_id", "event_id"], query))


def _save_consumer(connection: Connection, consumer: Consumer) -> None:
    connection.execute(_ADVANCE, {"of_dag": consumer.dag_id, "to_position": consumer.since})
    connection.execute(_CLEAR_QUEUE, {"of_dag": consumer.dag_id})
    rows: list[dict[str, Any]] = [
        {
            "dag_id": consumer.dag_id,
            "asset_id": seen.asset_id,
            "alias_id": seen.alias_id,
            "event_id": seen.event_id,
            "created_at": seen.at,
        }
        for seen in consumer.queue.values()
    ]
    if rows:
        connection.execute(insert(asset_queue), rows)


def _save_partition(connection: Connection, change: PartitionChange, now: datetime) -> None:
    key = {"of_dag": change.dag_id, "of_key": change.key}
    values = {"dag_id": change.dag_id, "partition_key": change.key, "created_at": now}
    partition_id = connection.execute(_PARTITION_ID, key).scalar()
    if partition_id is None:
        partition_id = connection.execute(insert(asset_partition).returning(asset_partition.c.id), values).scalar_one()
    if change.needs:
        save_needs(connection, partition_id, change.needs)
    rows = {item.event.id: item.member for item in change.added}
    connection.execute(
        insert(asset_partition_event),
        [{"partition_id": partition_id, "event_id": event_id, "member": member} for event_id, member in rows.items()],
    )
