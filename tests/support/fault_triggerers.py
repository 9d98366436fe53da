"""Triggerers for `support.faults`: they claim triggers, and bring something, fail, die and come back."""

from __future__ import annotations

import itertools
import json
from datetime import timedelta
from random import Random

from tradewind.ports.triggers import ClaimedTrigger, TriggerReport
from tradewind.store import Store
from tradewind.testing.clock import VirtualClock

TTL = timedelta(seconds=30)


class Triggerers:
    """Two processes at most; what they hold is in the database."""

    def __init__(self, store: Store, clock: VirtualClock, random: Random, log: list[str]) -> None:
        self._store = store
        self._clock = clock
        self._random = random
        self.log = log
        self._numbers = itertools.count(1)
        self._alive: list[str] = []
        self._dead: list[tuple[str, list[ClaimedTrigger]]] = []
        """Those that stand still, and what they think that they run: they may go on any time."""
        self._running: dict[str, list[ClaimedTrigger]] = {}
        self.claims: set[tuple[str, str]] = set()
        """(trigger, triggerer)."""

    def look(self, *, faults: bool) -> None:
        """Each does something, perhaps."""
        r, now, store = self._random, self._clock.now(), self._store
        while len(self._alive) < 1 + (faults and r.random() < 0.2):
            holder = f"triggerer-{next(self._numbers)}"
            store.leases.register(holder, "triggerer", now)
            self._alive.append(holder)
            self._running[holder] = []
        store.leases.heartbeat(self._alive, now)
        if not faults or r.random() < 0.3:
            store.triggers.free_dead(now, TTL)
        for holder in list(self._alive):
            held = store.triggers.held(holder)
            self._running[holder] = [one for one in self._running[holder] if one.id in held]
            claimed = store.triggers.claim(holder, r.choice([1, 100]), None, now)
            self.claims.update((one.id, holder) for one in claimed)
            self._running[holder] += claimed
            self._report(holder, self._running[holder], 0.6)
            if faults and r.random() < 0.05:
                self._end(holder)
        if self._dead and r.random() < 0.3:
            # it wakes up and tells what it holds to be true: this is worth something only if nobody took it over
            holder, running = self._dead.pop()
            self.log.append(f"{holder} wakes up")
            self._report(holder, running, 1.0)

    def _report(self, holder: str, running: list[ClaimedTrigger], share: float) -> None:
        r, now = self._random, self._clock.now()
        reports = []
        for one in [one for one in running if r.random() < share]:
            running.remove(one)
            outcome = r.choice(["event"] * 5 + ["failed", "success", "failure", "skipped"])
            said = {"event": one.id, "failed": {"error": "Trigger failure", "traceback": []}, "success": {"k": "1"}}
            reports.append(TriggerReport(one.id, outcome, json.dumps(said.get(outcome, {})), now))
        if reports:
            self._store.triggers.report(holder, reports, now)

    def _end(self, holder: str) -> None:
        self._alive.remove(holder)
        running = self._running.pop(holder)
        roll = self._random.random()
        if roll < 0.3:
            self.log.append(f"{holder} stops")
            self._store.triggers.release(holder)
            self._store.leases.end(holder, self._clock.now())
        else:
            self.log.append(f"{holder} stands still")
            if roll < 0.7:
                self._dead.append((holder, running))
