"""The scheduler: one loop that turns facts into one transaction, and the commit into work for the executor.

Run by `tradewind scheduler` and `tradewind standalone`, wired by `bootstrap`.

Theory.  Facts come in through one queue: reports of the executor (claimed, finished, lost), "somebody changed the
database", and time.  A step takes all facts that wait, lets `core` decide, writes every change in one transaction and
then acts: grants claims, submits attempts, ends attempts that are no longer wanted.  The database is the truth: a run
that somebody else changed meanwhile misses its guard, nothing of the step is written for it, it is loaded again and
its facts are decided anew. The views of unfinished runs in memory are a cache that makes a step cost what changed,
not what exists.

Whatever goes wrong in a step (the database is away or locked, a commit whose answer got lost), what memory knows is
thrown away and everything unfinished is read again; reports stay until a step that contains them is committed.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from tradewind.errors import StoreError
from tradewind.ports.assets import AssetStore
from tradewind.ports.backfills import BackfillStore
from tradewind.ports.clock import Clock
from tradewind.ports.executor import Claimed, Executor, Finished, Lost, Report, Serve
from tradewind.ports.leases import LeadershipLost, LeaseStore
from tradewind.ports.store import HistoryStore, SchedulerStore, Step, WakeUp
from tradewind.ports.triggers import DeferralStore, SubscriptionStore
from tradewind.ports.undecided import UndecidedStore
from tradewind.services.assets import AssetDesk
from tradewind.services.backfills import Backfills
from tradewind.services.batch import Batch
from tradewind.services.calendar import Calendar
from tradewind.services.callbacks import TIME_LIMIT
from tradewind.services.deferrals import Deferrals
from tradewind.services.guard import Guard
from tradewind.services.inbox import DatabaseChanged, take, watch_database
from tradewind.services.leader import Leadership
from tradewind.services.ledger import Ledger
from tradewind.services.quarantine import Quarantine, Suspect
from tradewind.services.reports import Reports
from tradewind.services.runbook import Runbook
from tradewind.services.trouble import Trouble
from tradewind.telemetry import emit

log = logging.getLogger(__name__)

STANDBY_SECONDS = 1.0
"""How often a standby asks for the lease; a dead leader on the same host is replaced within this time."""
SWEEP_SECONDS = 2.0
"""The safety sweep: catches what a lost signal missed."""
MOST_FACTS = 2000
"""A step takes at most this many facts (`SlotsChanged` only wakes it), so that claims are granted and leases renewed
during a flood.
"""
MOST_PASSES = 100
"""What one step leads to is decided at once, as long as it does not keep facts waiting."""


class Scheduler:
    """Decides what runs when.  One instance leads per database; others wait as standbys."""

    def __init__(
        self,
        store: SchedulerStore,
        history: HistoryStore,
        assets: AssetStore,
        deferrals: DeferralStore,
        subscriptions: SubscriptionStore,
        leases: LeaseStore,
        backfills: BackfillStore,
        undecided: UndecidedStore,
        executor: Executor,
        clock: Clock,
        *,
        holder: str,
        log_folder: Path,
        serve: Serve,
        wakeup: WakeUp,
        new_id: Callable[[], str],
        lease_ttl: timedelta = timedelta(seconds=15),
        grace: float = 10.0,
        callback_limit: float = TIME_LIMIT,
        guard: Guard | None = None,
        variable: Callable[[str], str] | None = None,
    ) -> None:
        """`holder` is the id of this process in the lease and worker tables; `grace` (seconds) is what running tasks
        get to finish when the scheduler stops; `callback_limit` (seconds) is what the callbacks of one event may
        take; `variable` reads a Variable, for deadlines whose interval is one."""
        self._store = store
        self._leases = leases
        self._executor = executor
        self._clock = clock
        self._serve = serve
        self._wakeup = wakeup
        self._grace = grace
        self._leadership = Leadership(leases, clock, holder, lease_ttl)
        self._inbox: queue.SimpleQueue[Report | DatabaseChanged] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._next_sweep = 0.0
        self._pending: list[Claimed | Finished | Lost] = []
        """Reports that are not committed yet."""
        self._changed = False
        self._stale = True
        """What memory knows may not be what the database says."""
        self._trouble = Trouble(clock, lease_ttl.total_seconds())
        self._ledger = Ledger(
            executor,
            leases,
            holder=holder,
            log_folder=log_folder,
            ttl=lease_ttl,
            report=self._inbox.put,
            deferrals=deferrals,
            callback_limit=callback_limit,
        )
        self._quarantine = Quarantine(undecided, clock, holder)
        self._book = Runbook(
            store,
            history,
            deferrals,
            subscriptions,
            self._ledger,
            self._quarantine,
            holder=holder,
            new_id=new_id,
            variable=variable,
        )
        self._desk = AssetDesk(assets, self._book, new_id=new_id, holder=holder)
        self._reports = Reports(self._book, self._ledger, new_id=new_id, emitted=self._desk.look)
        self._deferrals = Deferrals(deferrals)
        self._calendar = Calendar(store, self._book, self._ledger, guard, new_id=new_id, holder=holder)
        self._backfills = Backfills(backfills, self._book, dag=self._calendar.dag, new_id=new_id, holder=holder)
        self._calendar.why_backfill_waits = self._backfills.why_not_start
        self.ready = threading.Event()
        """Set while this instance leads and has loaded what is unfinished."""

    # --- life -------------------------------------------------------------------------------------------------

    def run(self, stop: threading.Event, when_leading: Callable[[], None] = lambda: None) -> None:
        """Lead, or wait to lead, until `stop` is set; then let running tasks finish for the grace period.

        `when_leading` is called once, as soon as this instance leads and has loaded what is unfinished.  Raises
        LeadershipLost when another scheduler took over, and what went wrong when that lasts for a whole lease: the
        process should end and start anew as a standby.
        """
        if not self._stand_by(stop):
            return
        log.info("this scheduler leads (%s)", self._leadership.holder)
        emit("scheduler.leading", holder=self._leadership.holder)
        watcher = threading.Thread(
            target=watch_database, args=(self._wakeup, self._closing, self._inbox.put), name="wake-up", daemon=True
        )
        self._executor.start(self._inbox.put, self._serve)
        try:
            watcher.start()
            while not stop.is_set():
                self.step(self._gather(stop))
                if not self._stale and not self.ready.is_set():
                    self.ready.set()
                    when_leading()
            self._drain()
        except LeadershipLost:
            log.error("another scheduler leads now; this one stops its tasks and ends")
            emit("scheduler.deposed", holder=self._leadership.holder)
            self._executor.stop(0.0)
            raise
        finally:
            self.ready.clear()
            self._closing.set()
            self._executor.stop(1.0)
            self._resign()

    def _stand_by(self, stop: threading.Event) -> bool:
        """Wait until the lease can be had; False when `stop` was set before."""
        self._leases.register(self._leadership.holder, "scheduler", self._clock.now())
        while True:
            try:
                if self._leadership.acquire():
                    return True
                self._leadership.live()
            except StoreError as error:
                log.warning("the scheduler lease cannot be asked for; trying again: %s", error)
            if stop.wait(STANDBY_SECONDS):
                return False

    def _resign(self) -> None:
        try:
            self._leadership.release()
        except StoreError as error:
            log.warning("the scheduler lease could not be given back, it will expire: %s", error)

    def load(self) -> None:
        """Read everything unfinished and decide it; the first step does so by itself (this is for tests)."""
        self._stale = True
        self.step([])

    def _read_all(self, now: datetime) -> None:
        """Let memory say what the database says.  Work that is out stays out as far as the database wants it."""
        self._store.take_signals(self._leadership.holder)  # what they announced is read right below
        self._quarantine.begin()
        self._book.reset()
        self._ledger.orphans.clear()
        self._book.load_pools()
        self._calendar.load(now)
        for snapshot in self._store.unfinished_runs():
            self._book.adopt(snapshot)
        known = self._ledger.runs().union(self._book.history.ended_with_deadlines())
        for run_pk in sorted(known - self._book.runs.keys() - self._quarantine.out):
            self._book.reload(run_pk)  # ended or deleted meanwhile
        self._calendar.pause_unknown()
        self._backfills.load()
        self._book.load_owed()
        self._desk.declare(now)
        self._desk.look()
        self._deferrals.look()
        self._book.subscriptions.load()
        self._next_sweep = self._clock.monotonic()

    def _drain(self) -> None:
        """Start nothing new and wait for what runs, at most the grace period; then end the rest and record it."""
        self._book.draining = True
        deadline = self._clock.monotonic() + self._grace
        while self._ledger.free < self._ledger.slots and (left := deadline - self._clock.monotonic()) > 0:
            self.step(self._take(min(left, self._leadership.renew_every)))
        self._executor.stop(min(5.0, self._grace))
        while facts := self._take(0.0):
            self.step(facts)

    # --- facts ------------------------------------------------------------------------------------------------

    def _gather(self, stop: threading.Event) -> list[Report | DatabaseChanged]:
        if pause := self._trouble.wait():
            return self._take(pause)
        if self._stale or self._pending or self._has_more() or self._book.expanding or self._backfills.has_more:
            return self._take(0.0)
        now = self._clock.now()
        wait = min(self._leadership.due(), 0.5, self._next_sweep - self._clock.monotonic())
        due = min(
            (
                at
                for at in (self._calendar.next_due(), self._book.agenda.next_due(), self._book.deadlines.next_due())
                if at is not None
            ),
            default=None,
        )
        if due is not None:
            wait = min(wait, (due - now).total_seconds())
        return self._take(max(0.0, wait))

    def _take(self, timeout: float) -> list[Report | DatabaseChanged]:
        return take(self._inbox, timeout, MOST_FACTS)

    # --- the step ---------------------------------------------------------------------------------------------

    def step(self, facts: Sequence[Report | DatabaseChanged]) -> None:
        """Decide and act on these facts and on what is due by the clock.  Public for tests with a virtual clock.

        When it cannot be done the facts are kept for the next step, which does nothing before a pause is over.
        Raises LeadershipLost, or what went wrong when it lasts for a whole lease.
        """
        self._pending += [fact for fact in facts if isinstance(fact, Claimed | Finished | Lost)]
        self._changed |= any(isinstance(fact, DatabaseChanged) for fact in facts)
        if self._trouble.wait():
            if self._leadership.expired():
                raise LeadershipLost
            return
        try:
            self._keep_lead()
            now = self._clock.now()
            if self._stale:
                self._read_all(now)
                self._stale = False
            self._look(now)
            self._decide(now)
            self._quarantine.over(now)
        except LeadershipLost:
            raise
        except Exception as error:
            self._stale = True
            if self._leadership.expired():
                raise LeadershipLost from error
            if self._quarantine.blame(error, self._clock.now()):
                self._trouble.found()
            else:
                self._trouble.met(error)
        else:
            self._trouble.over()

    def _keep_lead(self) -> None:
        if self._leadership.due() <= 0.0 and not self._leadership.renew():
            raise LeadershipLost

    def _look(self, now: datetime) -> None:
        """See what others changed, and what dead schedulers left."""
        sweep = self._clock.monotonic() >= self._next_sweep
        if sweep or self._changed:
            self._changed = False
            self._read_signals(now)
        if sweep:
            self._next_sweep = self._clock.monotonic() + SWEEP_SECONDS
            self._book.callbacks.end_overdue(now)
            self._desk.look()
            self._deferrals.look()
            self._book.subscriptions.sweep(self._clock.monotonic())
            self._pending += self._ledger.orphans.check(now, self._leadership.renew)
            self._take_up(self._quarantine.due(), now)

    def _take_up(self, suspects: Iterable[Suspect], now: datetime) -> None:
        """Try what was left out once more."""
        suspects = list(suspects)
        for _, run_pk in suspects:
            if run_pk:
                self._book.reload(run_pk)
        if suspects:
            dags = {dag_id for dag_id, run_pk in suspects if not run_pk}
            self._calendar.reload(dags, now)
            self._backfills.reload(dags)
            self._book.subscriptions.load()
            self._book.load_owed()
            self._quarantine.about_all()

    def _decide(self, now: datetime) -> None:
        """Turn what is pending and due into steps until nothing follows any more."""
        for passed in range(MOST_PASSES):
            self._keep_lead()
            if not self._book.draining:
                # first what somebody asked for: a backfill keeps its dates although the schedule comes to them as well
                if passed == 0 or self._book.ended_backfills:
                    self._backfills.advance(now)
                self._calendar.create_due(now)
                self._desk.consume(now)
            self._quarantine.about_all()
            self._book.look_at_past()
            self._pending = self._reports.keep_back(self._pending)
            batch = Batch(Step(fence=self._leadership.holder))
            self._reports.handle(self._pending, batch, now)
            self._deferrals.decide(self._book, batch, now, self._clock.monotonic())
            self._book.settle(batch, now)
            if not self._book.draining:
                self._calendar.start_queued(batch, now)
            self._book.fire_due(batch, now)
            self._book.admit(batch, now)
            self._quarantine.about_all()
            missed = self._store.apply(batch.step) if not batch.empty else set()
            self._pending = [report for report in self._pending if self._reports.concerns(report, missed)]
            batch.perform(missed, self._about)
            self._deferrals.follow(self._book, batch, missed)
            for run_pk in missed:
                log.info("run %s was changed by somebody else; deciding again", run_pk)
                self._book.reload(run_pk)
            busy = self._book.subscriptions.has_more and not self._inbox.empty()
            if not missed and (busy or not self._has_more()):
                return

    def _about(self, run_pk: int) -> None:
        if (run := self._book.runs.get(run_pk)) is not None:
            self._quarantine.about(run)

    def _has_more(self) -> bool:
        return self._book.has_more() or self._deferrals.has_more or (self._desk.waiting and not self._book.draining)

    def _read_signals(self, now: datetime) -> None:
        runs: dict[int, str | None] = {}
        dags: set[str] = set()
        owed = fired = False
        backfills: set[str] = set()
        for signal in self._store.take_signals(self._leadership.holder):
            if signal.kind == "run" and signal.run_pk is not None:
                runs[signal.run_pk] = signal.dag_id
            elif signal.kind == "dag" and signal.dag_id is not None:
                dags.add(signal.dag_id)
            elif signal.kind == "backfill" and signal.dag_id is not None:
                backfills.add(signal.dag_id)
            elif signal.kind == "pools":
                self._book.load_pools()
            elif signal.kind == "callbacks":
                owed = True
            elif signal.kind in ("assets", "watcher"):
                self._desk.look()
            elif signal.kind == "trigger":
                fired = True
        if fired:
            self._deferrals.look()
        again = self._quarantine.changed(dags, runs.keys())
        if dags:
            self._calendar.reload(dags, now)
            self._desk.declare(now)
        if dags or backfills:
            self._backfills.reload(dags | backfills)
        for run_pk, dag_id in runs.items():
            self._book.reload(run_pk, dag_id)
        for dag_id in dags:
            self._book.subscriptions.dag_changed(dag_id)
        if owed:
            self._book.load_owed()
        self._take_up(again, now)
