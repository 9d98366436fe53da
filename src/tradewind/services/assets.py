"""Makes the runs of DAGs that wait for assets.  Used by `services.scheduler`, beside the calendar.

It has no memory of its own besides "something may be new": its place in the log of events, what consumers have seen and
what their partitions wait with are in the database, and move in the transaction that makes the runs.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from tradewind.core import assets
from tradewind.core.assets import Consumer, Firing, Refused
from tradewind.ports.assets import AssetInbox, AssetStore, AssetTurn, FiredRun, PartitionChange, PutAside
from tradewind.ports.new_run import new_tasks
from tradewind.ports.store import DagRecord, NewRun
from tradewind.services.runbook import Runbook
from tradewind.spec.states import DagRunState, DagRunType
from tradewind.telemetry import emit

log = logging.getLogger(__name__)

EVENTS_AT_ONCE = 200
"""Events decided in one transaction, so that a flood holds nothing up."""
EMISSIONS_AT_ONCE = 50
"""Emissions that were put aside, likewise."""
_MOST_TURNS = 6
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
        self._store.sync_watchers(self._holder, now)

    def consume(self, now: datetime) -> None:
        """Decide upon new events and make the runs that follow."""
        seen = self.waiting and self._store.take_watched(self._holder, now) > 0
        for number in range(_MOST_TURNS):
            if not self.waiting:
                return
            inbox = self._next(mapped_first=bool(number % 2))
            if inbox is None:
                self.waiting = bool(seen)  # there may be more than what was taken
                return
            consumers = [*(consumer for consumer, _ in inbox.consumers), *(item.consumer for item in inbox.mapped)]
            if any(consumer.dag_id in self._book.quarantine.dags_out for consumer in consumers):
                # going on without it would lose events for it: all who wait for assets wait, the others do not
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

    def _next(self, *, mapped_first: bool) -> AssetInbox | None:
        """What is new, or what can be decided now; a flood of the one must not hold up the other."""
        if mapped_first:
            return self._store.mapped(EMISSIONS_AT_ONCE) or self._store.inbox(EVENTS_AT_ONCE)
        return self._store.inbox(EVENTS_AT_ONCE) or self._store.mapped(EMISSIONS_AT_ONCE)

    def _turn(self, inbox: AssetInbox, now: datetime) -> AssetTurn:
        up_to = inbox.events[-1].id if inbox.events else inbox.position
        turn = AssetTurn(self._holder, inbox.position, inbox.revision, up_to)
        for consumer, record in inbox.consumers:
            self._book.quarantine.about_dag(consumer.dag_id)
            if consumer.schedule.partitioned:
                self._store.load_partitions(consumer, assets.keys_of(consumer, inbox.events))
            account = _Account(consumer, record)
            for emission in assets.emissions(inbox.events):
                turn.aside += [
                    PutAside(consumer.dag_id, event.id, event.emission, now)
                    for event in assets.to_ask(consumer, emission)
                ]
                self._enter(turn, account, *assets.offer(consumer, emission), now)
            account.close(turn)
        accounts: dict[str, _Account] = {}
        for item in inbox.mapped:
            self._store.load_partitions(item.consumer, assets.keys_of(item.consumer, item.events, item.answers))
        for item in inbox.mapped:
            self._book.quarantine.about_dag(item.consumer.dag_id)
            account = accounts.setdefault(item.consumer.dag_id, _Account(item.consumer, item.record))
            self._enter(turn, account, *assets.offer_mapped(item.consumer, item.events, item.answers), now)
            turn.taken += [(item.consumer.dag_id, event.id) for event in item.events]
        for account in accounts.values():
            account.close(turn)
        self._book.quarantine.about_all()
        return turn

    def _enter(
        self, turn: AssetTurn, account: _Account, firings: list[Firing], refused: list[Refused], now: datetime
    ) -> None:
        turn.refused += refused
        for firing in firings:
            if firing.partition_key is not None:
                # what came for the key so far went into this run; later events begin anew
                account.known[firing.partition_key] = 0
            turn.runs.append(FiredRun(firing, self._run(firing, account.record, now)))

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


class _Account:
    """What changed of a consumer in a turn."""

    def __init__(self, consumer: Consumer, record: DagRecord) -> None:
        self.consumer = consumer
        self.record = record
        self.known = {key: len(received) for key, received in consumer.partitions.items()}
        self._before = consumer.since, dict(consumer.queue)

    def close(self, turn: AssetTurn) -> None:
        """Enter what is left to write."""
        consumer = self.consumer
        if (consumer.since, consumer.queue) != self._before:
            turn.consumers.append(consumer)
        turn.partitions += [
            PartitionChange(
                consumer.dag_id, key, tuple(received[self.known.get(key, 0) :]), consumer.needs.get(key, {})
            )
            for key, received in consumer.partitions.items()
            if len(received) > self.known.get(key, 0)
        ]
