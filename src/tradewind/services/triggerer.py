"""The triggerer: runs what deferred tasks and assets wait for, in a child process, and writes down what it brings.

Run by `tradewind triggerer` and `tradewind standalone`, wired by `bootstrap`.  Several of them share the triggers: each
claims what is free, up to its capacity, and holds it as long as it gives signs of life; what a dead one held is free
again.  A trigger whose row is gone, or is another one's, is ended.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from tradewind.errors import StoreError
from tradewind.ports.clock import Clock
from tradewind.ports.leases import LeaseStore
from tradewind.ports.store import WakeUp
from tradewind.ports.triggers import ClaimedTrigger, TriggerReport, TriggerStore
from tradewind.runtime import trigger_wire as messages
from tradewind.services.inbox import DatabaseChanged, take, watch_database
from tradewind.services.trigger_process import FromProcess, HostDied, TriggerProcess
from tradewind.telemetry import emit

log = logging.getLogger(__name__)

CAPACITY = 1000
"""Triggers that one triggerer runs at once (Airflow's default)."""
SWEEP_SECONDS = 2.0
"""What a lost wake-up missed, and what dead triggerers held, is seen after this time."""
_CHUNK = 250
"""Claimed at once, so that several triggerers get their share of a burst."""
_LOOK_PAUSE = 0.02
"""Seconds between two looks at what was written, at least."""
_RESPAWN = (0.0, 0.5, 2.0, 5.0)
"""Seconds before a child that died again and again is replaced."""


class Triggerer:
    """One triggerer.  `run` serves until it is told to stop."""

    def __init__(
        self,
        store: TriggerStore,
        leases: LeaseStore,
        clock: Clock,
        process: Callable[[Callable[[FromProcess], None]], TriggerProcess],
        *,
        holder: str,
        log_folder: Path,
        wakeup: WakeUp,
        capacity: int = CAPACITY,
        queues: Sequence[str] | None = None,
        ttl: timedelta = timedelta(seconds=30),
    ) -> None:
        """`process` makes the child's handle; `holder` is the id of this process in the worker table; `queues`: only
        triggers of these queues, by default those without one; `ttl`: without a sign of life for so long it is dead.
        """
        self._store, self._leases, self._clock = store, leases, clock
        self._holder, self._log_folder = holder, log_folder
        self._wakeup, self._capacity, self._queues, self._ttl = wakeup, capacity, queues, ttl
        self._inbox: queue.SimpleQueue[FromProcess | DatabaseChanged] = queue.SimpleQueue()
        self._process = process(self._inbox.put)
        self._running: dict[str, ClaimedTrigger] = {}
        self._over: set[str] = set()
        """Running ones that brought what they had to, or were cancelled."""
        self._reports: list[TriggerReport] = []
        self._next_beat = self._next_sweep = 0.0
        self._respawn_at = 0.0
        self._deaths = 0
        self._look = True
        self._let_go = False
        self._next_look = 0.0
        self._closing = threading.Event()

    def run(self, stop: threading.Event, when_ready: Callable[[], None] = lambda: None) -> None:
        """Serve until `stop` is set; triggers are then cleaned up and left to others."""
        self._leases.register(self._holder, "triggerer", self._clock.now())
        self._next_beat = self._clock.monotonic() + self._ttl.total_seconds() / 3
        threading.Thread(
            target=watch_database, args=(self._wakeup, self._closing, self._inbox.put), name="wake-up", daemon=True
        ).start()
        threading.Thread(target=self._notice_stop, args=(stop,), name="stop", daemon=True).start()
        when_ready()
        try:
            while not stop.is_set():
                self.step(self._gather())
        finally:
            self._closing.set()
            self._process.close(6.0)
            self._drain()

    def _drain(self) -> None:
        """Write what came last, and let the rest go."""
        try:
            self._take(take(self._inbox, 0.0))
            if self._reports:
                self._store.report(self._holder, self._reports, self._clock.now())
            self._store.release(self._holder)
            self._leases.end(self._holder, self._clock.now())
        except StoreError as error:
            log.warning("the triggers could not be given back, they move when the lease ends: %s", error)

    def _notice_stop(self, stop: threading.Event) -> None:
        stop.wait()
        self._inbox.put(DatabaseChanged())

    def _gather(self) -> list[FromProcess | DatabaseChanged]:
        until = min(self._next_beat, self._next_sweep)
        if self._look:
            until = min(until, max(self._next_look, self._respawn_at))
        return take(self._inbox, max(0.0, until - self._clock.monotonic()))

    # --- the step ---------------------------------------------------------------------------------------------

    def step(self, facts: Sequence[FromProcess | DatabaseChanged]) -> None:
        """Take what the child said, write it, and see what is to run.  Public for tests.

        What cannot be written is kept for the next step.
        """
        self._take(facts)
        now, at = self._clock.now(), self._clock.monotonic()
        try:
            if self._reports:
                self._store.report(self._holder, self._reports, now)
                self._reports.clear()
            if at >= self._next_beat:
                self._leases.heartbeat([self._holder], now)
                self._next_beat = at + self._ttl.total_seconds() / 3
            if at >= self._next_sweep:
                self._next_sweep = at + SWEEP_SECONDS
                self._store.free_dead(now, self._ttl)
                self._look = True
            if self._let_go:
                self._store.release(self._holder)
                self._let_go = False
            if self._look and at >= max(self._next_look, self._respawn_at):
                self._look = False
                self._reconcile()
                # a look costs what is running; when everybody commits all the time it must not be all we do
                after = self._clock.monotonic()
                self._next_look = after + max(_LOOK_PAUSE, 5 * (after - at))
        except StoreError as error:
            log.warning("the database cannot be used; trying again: %s", error)
            self._next_sweep = at + SWEEP_SECONDS

    def _take(self, facts: Sequence[FromProcess | DatabaseChanged]) -> None:
        for fact in facts:
            match fact:
                case DatabaseChanged():
                    self._look = True
                case messages.Brought():
                    self._reports.append(TriggerReport(fact.id, fact.outcome, fact.event, fact.at))
                    trigger = self._running.get(fact.id)
                    if trigger is not None and trigger.kind != "watcher":
                        self._over.add(fact.id)
                case messages.Ended():
                    self._running.pop(fact.id, None)
                    self._over.discard(fact.id)
                    self._deaths = 0
                    self._look = True
                case messages.Blocked():
                    log.warning("trigger %s blocked all others for %.1f s", fact.name, fact.seconds)
                    emit("trigger.blocked", trigger=fact.name, seconds=fact.seconds)
                case HostDied():
                    self._host_died(fact.reason)

    def _host_died(self, reason: str) -> None:
        """All its triggers start again in another one: those whose event was reported are over."""
        if self._closing.is_set():
            return
        pause = _RESPAWN[min(self._deaths, len(_RESPAWN) - 1)]
        self._deaths += 1
        log.error("%s; %d triggers are started again in %g s", reason, len(self._running), pause)
        self._process.forget()
        self._running.clear()
        self._over.clear()
        self._respawn_at = self._clock.monotonic() + pause
        self._next_sweep = min(self._next_sweep, self._respawn_at)
        self._let_go = self._look = True

    def _reconcile(self) -> None:
        """End what was cancelled or moved, start what is free."""
        if self._running:
            held = self._store.held(self._holder)
            gone = sorted(self._running.keys() - held - self._over)
            moved = self._store.wanted(gone) if gone else frozenset()
            for trigger_id in gone:
                self._over.add(trigger_id)
                self._process.send(messages.Cancel(trigger_id, kill=trigger_id not in moved))
        free = self._capacity - len(self._running)
        claimed = self._store.claim(self._holder, min(free, _CHUNK), self._queues, self._clock.now())
        for trigger in claimed:
            self._running[trigger.id] = trigger
            self._process.send(self._start(trigger))
        # there may be more
        self._look = self._look or len(claimed) == _CHUNK

    def _start(self, trigger: ClaimedTrigger) -> messages.Start:
        path = ""
        if trigger.log_path:
            full = self._log_folder / trigger.log_path
            try:
                full.parent.mkdir(parents=True, exist_ok=True)
                path = str(full)
            except OSError as error:  # it runs without; a log that cannot be written must not end all triggers
                log.error("the log %s cannot be written: %s", full, error)
        return messages.Start(
            id=trigger.id,
            kind=trigger.kind,
            classpath=trigger.classpath,
            kwargs=trigger.kwargs,
            log_path=path,
            bundle_path=trigger.bundle_path,
            about=dict(trigger.about),
        )
