"""Triggers in the database: claimed and reported by triggerers, read by the leader, watched for assets.

Implements `ports.triggers.DeferralStore` and `ports.triggers.TriggerStore`; the leader's writes are in `trigger_rows`,
part of its step.  What a trigger was made from, and what it brought, may hold secrets and is sealed by the vault.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, delete, insert, select, update

from tradewind.errors import StoreError
from tradewind.ports.triggers import ClaimedTrigger, FiredTrigger, Resumed, TriggerReport
from tradewind.spec.ids import TaskKey
from tradewind.store import tables as t
from tradewind.store.engine import read, write
from tradewind.store.leases import SqlLeaseStore
from tradewind.store.signals import emit
from tradewind.store.snapshots import chunks
from tradewind.store.steps import check_fence
from tradewind.store.types import AnyRow
from tradewind.store.uuid7 import uuid7
from tradewind.store.vault import Vault

log = logging.getLogger(__name__)

_BROUGHT = "what a trigger brought"
_tr, _ti = t.trigger.c, t.task_instance.c
_RUN_HERE = ("task", "watcher")
"""Kinds that a triggerer runs."""
_FIRED = (
    select(_tr.id, _tr.dag_run_id, _ti.task_id, _ti.map_index, _tr.outcome, _tr.fired_at, _tr.event)
    .join_from(t.trigger, t.task_instance, _ti.id == _tr.ti_id)
    .where(_tr.state == "fired")
    .order_by(_tr.fired_at, _tr.id)
)
_CLAIM = (
    update(t.trigger)
    .where(_tr.id == bindparam("trigger"), _tr.state == "waiting", _tr.triggerer_id.is_(None))
    .values(state="running", triggerer_id=bindparam("holder"), claimed_at=bindparam("at"))
)
_REPORT = (
    update(t.trigger)
    .where(
        _tr.id == bindparam("trigger"),
        _tr.triggerer_id == bindparam("holder"),
        _tr.state == "running",
        _tr.kind == "task",
    )
    .values(
        state="fired",
        triggerer_id=None,
        outcome=bindparam("what"),
        event=bindparam("brought"),
        fired_at=bindparam("at"),
    )
)
_LET_GO = {"state": "waiting", "triggerer_id": None, "claimed_at": None}


@dataclass(frozen=True, slots=True)
class Watcher:
    """A trigger whose events update an asset."""

    asset_name: str
    name: str
    classpath: str
    kwargs: str
    """JSON text of a dict."""


class Triggers:
    """Reads and writes `trigger` and `watcher_event`."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    # --- the leader -------------------------------------------------------------------------------------------

    def fired(self, limit: int) -> list[FiredTrigger]:
        """Triggers that fired and were not acted on, the first ones first."""
        with read(self._engine) as connection:
            rows = connection.execute(_FIRED.limit(limit)).all()
        return [self._fired(row) for row in rows]

    def _fired(self, row: AnyRow) -> FiredTrigger:
        xcoms: tuple[tuple[str, str], ...] = ()
        outcome = row.outcome
        if outcome not in ("event", "failed") and row.event is not None:
            try:
                xcoms = tuple(json.loads(self._vault.open(row.event, _BROUGHT)).items())
            except StoreError as error:
                # one that no key opens ends its own task; the leader goes on with all others
                log.error("trigger %s of task %s: %s", row.id, row.task_id, error)
                outcome = "failed"
        key = TaskKey(row.task_id, row.map_index)
        return FiredTrigger(row.id, row.dag_run_id, key, outcome, row.fired_at, xcoms)

    def resumed(self, trigger_id: str) -> Resumed | None:
        """What the task of a trigger that was acted on goes on with; None when it is gone."""
        query = select(_tr.next_kwargs, _tr.outcome, _tr.event).where(_tr.id == trigger_id)
        with read(self._engine) as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        try:
            event = None if row.event is None else self._vault.open(row.event, _BROUGHT)
            if row.outcome == "failed":
                return Resumed(event or "{}", None)
            return Resumed(self._vault.open(row.next_kwargs, "the arguments of a deferred task"), event)
        except StoreError as error:
            return Resumed(json.dumps({"error": str(error)}), None, lost=True)

    def pools_with_deferred(self) -> frozenset[str]:
        """Names of the pools in which deferred tasks keep their slots."""
        with read(self._engine) as connection:
            return frozenset(connection.scalars(select(t.pool.c.name).where(t.pool.c.include_deferred)))

    # --- triggerers -------------------------------------------------------------------------------------------

    def claim(self, triggerer_id: str, limit: int, queues: Sequence[str] | None, now: datetime) -> list[ClaimedTrigger]:
        """Take up to `limit` triggers that nobody runs, of these queues (None: those without a queue)."""
        if limit <= 0:
            return []
        free = (
            select(_tr.id)
            .where(_tr.state == "waiting", _tr.triggerer_id.is_(None), _tr.kind.in_(_RUN_HERE))
            .where(_tr.queue.is_(None) if queues is None else _tr.queue.in_(list(queues)))
            .order_by(_tr.priority_weight.desc(), _tr.created_at, _tr.id)
            .limit(limit)
        )
        with read(self._engine) as connection:
            # asked after every commit of anybody: the empty answer must not take the write lock
            if connection.execute(free.limit(1)).first() is None:
                return []
        with write(self._engine) as connection:
            ids = list(connection.scalars(free.with_for_update(skip_locked=True)))
            if ids:
                connection.execute(_CLAIM, [{"trigger": item, "holder": triggerer_id, "at": now} for item in ids])
            return self._claimed(connection, triggerer_id, ids, now)

    def _claimed(
        self, connection: Connection, triggerer_id: str, ids: Sequence[str], now: datetime
    ) -> list[ClaimedTrigger]:
        found: list[ClaimedTrigger] = []
        unreadable: list[dict[str, object]] = []
        for part in chunks(ids):
            query = (
                select(
                    _tr.id, _tr.kind, _tr.classpath, _tr.kwargs, _tr.log_path, t.dag.c.bundle_path,
                    _ti.id.label("ti_id"), _ti.dag_id, _ti.run_id, _ti.task_id, _ti.map_index, _ti.try_number,
                )
                .join_from(t.trigger, t.task_instance, _ti.id == _tr.ti_id, isouter=True)
                .join(t.dag, t.dag.c.dag_id == _ti.dag_id, isouter=True)
                .where(_tr.id.in_(part), _tr.triggerer_id == triggerer_id)
            )  # fmt: skip
            for row in connection.execute(query):
                about: dict[str, object] = {}
                if row.ti_id is not None:
                    about = {
                        "id": row.ti_id,
                        "dag_id": row.dag_id,
                        "run_id": row.run_id,
                        "task_id": row.task_id,
                        "map_index": row.map_index,
                        "try_number": row.try_number,
                    }
                try:
                    kwargs = self._vault.open(row.kwargs, "the arguments of a trigger")
                except StoreError as error:
                    # it fails alone: the others of this triggerer are run
                    log.error("trigger %s (%s): %s", row.id, row.classpath, error)
                    brought = self._vault.seal(json.dumps({"error": str(error)}))
                    unreadable.append(
                        {"trigger": row.id, "holder": triggerer_id, "what": "failed", "brought": brought, "at": now}
                    )
                    continue
                found.append(
                    ClaimedTrigger(row.id, row.kind, row.classpath, kwargs, row.log_path, row.bundle_path or "", about)
                )
        if unreadable and connection.execute(_REPORT, unreadable).rowcount:
            emit(connection, "trigger")
        return found

    def held(self, triggerer_id: str) -> frozenset[str]:
        """Ids of the triggers that this triggerer is to run: what is missing here was cancelled or moved."""
        query = select(_tr.id).where(_tr.state == "running", _tr.triggerer_id == triggerer_id)
        with read(self._engine) as connection:
            return frozenset(connection.scalars(query))

    def wanted(self, trigger_ids: Sequence[str]) -> frozenset[str]:
        """Those that somebody still waits for: a trigger that is not held here but wanted has moved."""
        found: set[str] = set()
        with read(self._engine) as connection:
            for part in chunks(trigger_ids):
                query = select(_tr.id).where(_tr.id.in_(part), _tr.state.in_(("waiting", "running")))
                found.update(connection.scalars(query))
        return frozenset(found)

    def report(self, triggerer_id: str, reports: Sequence[TriggerReport], now: datetime) -> None:
        """Write what triggers brought, once: nothing is written for one that is not held any more."""
        rows = [
            {
                "trigger": report.id,
                "holder": triggerer_id,
                "what": report.outcome,
                "brought": self._vault.seal(report.event),
                "at": report.at,
            }
            for report in reports
        ]
        with write(self._engine) as connection:
            watchers = self._watchers(connection, triggerer_id, [report.id for report in reports])
            tasks = [row for row in rows if row["trigger"] not in watchers]
            if tasks and connection.execute(_REPORT, tasks).rowcount:
                emit(connection, "trigger")
            seen = [
                {
                    "asset_name": watchers[report.id].asset_name,
                    "watcher_name": watchers[report.id].watcher_name,
                    "payload": report.event,
                    "at": report.at,
                }
                for report in reports
                if report.id in watchers and report.outcome == "event"
            ]
            if seen:
                connection.execute(insert(t.watcher_event), seen)
                emit(connection, "watcher")

    def _watchers(self, connection: Connection, triggerer_id: str, ids: Sequence[str]) -> dict[str, AnyRow]:
        found: dict[str, AnyRow] = {}
        for part in chunks(ids):
            query = select(_tr.id, _tr.asset_name, _tr.watcher_name).where(
                _tr.id.in_(part), _tr.kind == "watcher", _tr.triggerer_id == triggerer_id
            )
            found.update((row.id, row) for row in connection.execute(query))
        return found

    def free_dead(self, now: datetime, ttl: timedelta) -> int:
        """Let go of the triggers of triggerers that are gone; returns how many."""
        query = select(_tr.triggerer_id).where(_tr.state == "running", _tr.triggerer_id.is_not(None)).distinct()
        with read(self._engine) as connection:
            holders = [str(holder) for holder in connection.scalars(query)]
        dead = SqlLeaseStore(self._engine).dead_workers(holders, now, ttl)
        if not dead:
            return 0
        with write(self._engine) as connection:
            freed = connection.execute(
                update(t.trigger).where(_tr.triggerer_id.in_(sorted(dead)), _tr.state == "running").values(_LET_GO)
            )
            return int(freed.rowcount)

    def release(self, triggerer_id: str) -> None:
        """Let go of all triggers of this triggerer: it stops."""
        with write(self._engine) as connection:
            connection.execute(
                update(t.trigger).where(_tr.triggerer_id == triggerer_id, _tr.state == "running").values(_LET_GO)
            )

    # --- assets -----------------------------------------------------------------------------------------------

    def set_watchers(self, watchers: Iterable[Watcher], now: datetime, fence: str | None = None) -> None:
        """Make these the watchers that are run: new and changed ones start, others end; equal ones go on.

        Raises LeadershipLost when `fence` is given and does not hold the scheduler lease.
        """
        wanted = {(watcher.asset_name, watcher.name): watcher for watcher in watchers}
        with read(self._engine) as connection:
            # called whenever a DAG changes: when the watchers did not, the write lock is not taken
            if not any(self._differ(connection, wanted)):
                return
        with write(self._engine) as connection:
            if fence is not None:
                check_fence(connection, fence)
            gone, new = self._differ(connection, wanted)
            for part in chunks(gone):
                connection.execute(delete(t.trigger).where(_tr.id.in_(part)))
            if new:
                connection.execute(insert(t.trigger), [self._new_watcher(watcher, now) for watcher in new])

    def _differ(
        self, connection: Connection, wanted: Mapping[tuple[str, str], Watcher]
    ) -> tuple[list[str], list[Watcher]]:
        """Triggers of watchers that are not wanted (any more, or as they are), and wanted ones that have none."""
        query = select(_tr.id, _tr.asset_name, _tr.watcher_name, _tr.classpath, _tr.kwargs)
        gone, missing = [], dict(wanted)
        for row in connection.execute(query.where(_tr.kind == "watcher")).all():
            watcher = missing.get((row.asset_name, row.watcher_name))
            if watcher is not None and self._same(row, watcher):
                del missing[row.asset_name, row.watcher_name]
            else:
                gone.append(row.id)
        return gone, list(missing.values())

    def _same(self, row: AnyRow, watcher: Watcher) -> bool:
        kwargs = self._vault.open(row.kwargs, "the arguments of a watcher")
        return bool(row.classpath == watcher.classpath and kwargs == watcher.kwargs)

    def _new_watcher(self, watcher: Watcher, now: datetime) -> dict[str, Any]:
        return {
            "id": uuid7(),
            "kind": "watcher",
            "asset_name": watcher.asset_name,
            "watcher_name": watcher.name,
            "classpath": watcher.classpath,
            "kwargs": self._vault.seal(watcher.kwargs),
            "priority_weight": 1,
            "state": "waiting",
            "created_at": now,
        }
