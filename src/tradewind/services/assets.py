"""Makes the runs of DAGs that wait for assets.  Used by `services.scheduler`, beside the calendar.

It has no memory of its own besides "something may be new": its place in the log of events, what consumers have seen and
what their partitions wait with are in the database, and move in the transaction that makes the runs.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from tradewind.core import assets
from tradewind.core.assets import Consumer, Firing
from tradewind.ports.assets import AssetInbox, AssetStore, AssetTurn, FiredRun, PartitionChange
from tradewind.ports.new_run import new_tasks
from tradewind.ports.store import DagRecord, NewRun
from tradewind.services.runbook import Runbook
from tradewind.spec.states import DagRunState, DagRunType
from tradewind.telemetry import emit

log = logging.getLogger(__name__)

EVENTS_AT_ONCE = 200
"""Events decided in one transaction, so that a flood holds nothing up."""
_MOST_TURNS = 5
"""Transactions in a row before the scheduler looks at other things."""


class AssetDesk:
    """Which events led to which runs."""

    def __init__(self, store: AssetStore, book: Runbook, *, new_id: Callable[[], str], holder: str) -> None:
        self._store = store
        self._book = book
        self._new_id = new_id
        self._holder = holder
        self.waiting = True
        """There may be events that were not decided upon."""

    def look(self) -> None:
        """Something was emitted, or may have been."""
        self.waiting = True

    def declare(self, now: datetime) -> None:
        """DAGs changed: the watchers that they declare are run, others end."""
        self._store.sync_watchers(now)

    def consume(self, now: datetime) -> None:
        """Decide upon new events and make the runs that follow."""
        if self.waiting:
            self._store.take_watched(self._holder, now)
        for _ in range(_MOST_TURNS):
            if not self.waiting:
                return
            inbox = self._store.inbox(EVENTS_AT_ONCE)
            if inbox is None:
                self.waiting = False
                return
            made = self._store.apply(self._turn(inbox, now))
            if made is None:
                log.info("consumers of assets changed meanwhile; deciding again")
                continue
            for snapshot in made:
                log.info("made run %s of %s: its assets were updated", snapshot.run.run_id, snapshot.run.dag_id)
                self._book.adopt(snapshot)
                emit("run.made_by_assets", dag_id=snapshot.run.dag_id, run_id=snapshot.run.run_id)

    def _turn(self, inbox: AssetInbox, now: datetime) -> AssetTurn:
        turn = AssetTurn(self._holder, inbox.position, inbox.revision, inbox.events[-1].id)
        for consumer, record in inbox.consumers:
            if consumer.schedule.partitioned:
                keys = assets.keys_of(consumer, inbox.events)
                consumer.partitions = self._store.partitions(consumer.dag_id, keys) if keys else {}
            known = {key: len(received) for key, received in consumer.partitions.items()}
            before = consumer.since, dict(consumer.queue)
            for emission in assets.emissions(inbox.events):
                firings, refused = assets.offer(consumer, emission)
                turn.refused += refused
                for firing in firings:
                    if firing.partition_key is not None:
                        # what came for the key so far went into this run; later events begin anew
                        known[firing.partition_key] = 0
                    turn.runs.append(FiredRun(firing, self._run(firing, record, now)))
            if (consumer.since, consumer.queue) != before:
                turn.consumers.append(consumer)
            turn.partitions += _changes(consumer, known)
        return turn

    def _run(self, firing: Firing, record: DagRecord, now: datetime) -> NewRun:
        return NewRun(
            dag_id=record.dag_id,
            run_id=firing.run_id,
            run_type=DagRunType.ASSET_TRIGGERED,
            state=DagRunState.QUEUED,
            version_id=record.version_id,
            run_after=min(firing.at, now),
            created_at=now,
            tasks=new_tasks(self._book.versions.graph(record.version_id, record.spec), self._new_id),
            triggered_by="asset",
            partition_key=firing.partition_key,
            partition_date=firing.partition_date,
            reason=firing.reason,
        )


def _changes(consumer: Consumer, known: dict[str, int]) -> list[PartitionChange]:
    return [
        PartitionChange(consumer.dag_id, key, tuple(received[known.get(key, 0) :]))
        for key, received in consumer.partitions.items()
        if len(received) > known.get(key, 0)
    ]
