"""The work that is out: what this scheduler's executor has, and what dead ones left.  Used by `services.scheduler`.

An entry is live from the moment its work is handed to the executor until the executor said that it ended.  An attempt
that the database shows as queued or running but that is not live belongs to a scheduler that died: an orphan.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from tradewind.core.phrases import say
from tradewind.core.view import RunView, TaskView
from tradewind.ports.callbacks import NO_RUN
from tradewind.ports.executor import Executor, Finished, Lost, Report
from tradewind.ports.leases import LeadershipLost, LeaseStore
from tradewind.ports.store import StrayAttempt
from tradewind.ports.triggers import DeferralStore
from tradewind.services import dispatch
from tradewind.spec.ids import TaskKey
from tradewind.spec.wire import CallbackWork, DagSource, Outcome

log = logging.getLogger(__name__)

DELETED = 0
"""In place of a run's key: the run was deleted while an attempt was out; nothing is left to write."""


@dataclass(slots=True)
class Out:
    """An attempt, or a callback (`key` None)."""

    run_pk: int
    key: TaskKey | None
    worker_id: str | None
    cancelled: bool = False
    granted: bool = False


class Ledger:
    """Hands work out, ends it, and knows what is out."""

    def __init__(
        self,
        executor: Executor,
        leases: LeaseStore,
        *,
        holder: str,
        log_folder: Path,
        ttl: timedelta,
        report: Callable[[Report], None],
        deferrals: DeferralStore,
        callback_limit: float = 300.0,
    ) -> None:
        """`report` takes the failure of work that could not be handed out; `callback_limit`: seconds that the callbacks
        of one event may take."""
        self.callback_limit = callback_limit
        self._report = report
        self._deferrals = deferrals
        self._executor = executor
        self._holder = holder
        self.log_folder = log_folder
        self._live: dict[str, Out] = {}
        self.orphans = Orphans(self, executor, leases, holder, ttl)
        self._of_run: dict[int, set[str]] = {}
        self._of_task: dict[tuple[int, TaskKey], int] = {}
        """(run, task) -> how many of its attempts are out, wanted or not."""
        self._sources: dict[str, DagSource] = {}
        self._over: set[str] = set()
        self.freed: set[tuple[int, TaskKey]] = set()
        """Task instances whose last attempt ended; emptied by whoever waits for them."""

    def __len__(self) -> int:
        """How much work the executor has."""
        return len(self._live)

    @property
    def slots(self) -> int:
        """How much work the executor takes at once."""
        return self._executor.slots

    @property
    def free(self) -> int:
        """How much more work the executor takes."""
        return self._executor.slots - len(self._live) + len(self._over)

    def over(self, attempt_id: str) -> None:
        """The executor has done with this attempt, although its end cannot be written yet."""
        if attempt_id in self._live:
            self._over.add(attempt_id)

    def set_source(self, dag_id: str, source: DagSource) -> None:
        """Where the code of a DAG lies now; attempts take the newest."""
        self._sources[dag_id] = source

    def source(self, dag_id: str) -> DagSource | None:
        """Where the code of a DAG lies now; None when it is not known any more."""
        return self._sources.get(dag_id)

    def live(self, attempt_id: str) -> Out | None:
        """The entry of work that the executor has."""
        return self._live.get(attempt_id)

    def find(self, attempt_id: str) -> Out | None:
        """The entry of work that is out here, or was out at a scheduler that died."""
        return self._live.get(attempt_id) or self.orphans.get(attempt_id)

    def is_out(self, run_pk: int, key: TaskKey) -> bool:
        """Whether any attempt of this task instance is out, be it wanted or not: no other may start meanwhile."""
        return (run_pk, key) in self._of_task

    def runs(self) -> set[int]:
        """The runs of which work is out."""
        return set(self._of_run) - {DELETED, NO_RUN}

    def forget_source(self, dag_id: str) -> None:
        """The DAG was deleted."""
        self._sources.pop(dag_id, None)

    # --- handing out and ending -------------------------------------------------------------------------------

    def submit(self, run: RunView, task: TaskView) -> None:
        """Hand the present attempt of a task to the executor."""
        assert task.attempt_id is not None
        source = self._sources[run.dag_id]
        work = dispatch.task_work(run, task, source, self.log_folder, self.callback_limit, self._deferrals)
        self._enter(task.attempt_id, Out(run.pk, task.key, self._holder))
        self._executor.submit(work)

    def _enter(self, attempt_id: str, out: Out) -> None:
        self._live[attempt_id] = out
        self._of_run.setdefault(out.run_pk, set()).add(attempt_id)
        if out.key is not None:
            item = (out.run_pk, out.key)
            self._of_task[item] = self._of_task.get(item, 0) + 1

    def _leave(self, attempt_id: str, out: Out) -> None:
        attempts = self._of_run[out.run_pk]
        attempts.discard(attempt_id)
        if not attempts:
            del self._of_run[out.run_pk]
        if out.key is not None:
            item = (out.run_pk, out.key)
            left = self._of_task[item] - 1
            if left:
                self._of_task[item] = left
            else:
                del self._of_task[item]
                self.freed.add(item)

    def hand_out_callback(self, run_pk: int, work: CallbackWork) -> None:
        """Hand a callback to the executor."""
        self._enter(work.attempt_id, Out(run_pk, None, self._holder))
        self._executor.submit(work)

    def hand_out_failed(self, callback_id: str, run_pk: int, outcome: Outcome) -> None:
        """A callback that cannot be handed out has failed at once."""
        self._enter(callback_id, Out(run_pk, None, self._holder))
        self._report(Finished(outcome))

    def grant(self, attempt_id: str) -> None:
        """A claim is written: run it; once, however often it was claimed."""
        out = self._live.get(attempt_id)
        if out is not None and not out.granted:
            out.granted = True
            self._executor.grant(attempt_id, True)

    def refuse(self, attempt_id: str) -> None:
        """Nobody wants this attempt any more, or knows it."""
        if attempt_id in self._live:
            self.ended(attempt_id)
        self._executor.grant(attempt_id, False)

    def cancel(self, attempt_id: str) -> None:
        """End an attempt that is out; its `Lost` or `Finished` follows."""
        out = self._live.get(attempt_id)
        if out is not None and not out.cancelled:
            out.cancelled = True
            self._executor.cancel(attempt_id)

    def cancel_unwanted(self, run_pk: int, run: RunView | None, wanted: frozenset[object]) -> None:
        """End the attempts of a run that are not the present one of a task instance in one of these states."""
        for attempt_id in sorted(self._of_run.get(run_pk, ())):
            key = self._live[attempt_id].key
            task = run.tasks.get(key) if run is not None and key is not None else None
            if key is not None and (task is None or task.attempt_id != attempt_id or task.state not in wanted):
                self.cancel(attempt_id)

    def run_deleted(self, run_pk: int) -> None:
        """Nothing about this run can be written any more."""
        for attempt_id in sorted(self._of_run.get(run_pk, ())):
            out = self._live[attempt_id]
            self._leave(attempt_id, out)
            out.run_pk = DELETED
            self._enter(attempt_id, out)

    def ended(self, attempt_id: str) -> None:
        """The work is over and what it said is written."""
        self.orphans.buried(attempt_id)
        self._over.discard(attempt_id)
        out = self._live.pop(attempt_id, None)
        if out is not None:
            self._leave(attempt_id, out)


class Orphans:
    """What dead schedulers left: attempts that the database shows as out and that this executor does not have."""

    def __init__(self, ledger: Ledger, executor: Executor, leases: LeaseStore, holder: str, ttl: timedelta) -> None:
        self._ledger = ledger
        self._executor = executor
        self._leases = leases
        self._holder = holder
        self._ttl = ttl
        self._left: dict[str, Out] = {}

    def __len__(self) -> int:
        return len(self._left)

    def get(self, attempt_id: str) -> Out | None:
        """The entry of an orphan."""
        return self._left.get(attempt_id)

    def found(self, run: RunView, task: TaskView) -> None:
        """The database shows this task instance's attempt as out: an orphan, unless it is live here."""
        if task.attempt_id is not None and self._ledger.live(task.attempt_id) is None:
            self._left[task.attempt_id] = Out(run.pk, task.key, task.worker_id)

    def stray(self, row: StrayAttempt) -> None:
        """An attempt that no task instance wants any more was still out when its scheduler died."""
        if self._ledger.live(row.id) is None:
            self._left[row.id] = Out(row.run_pk, row.key, row.worker_id, cancelled=True)

    def forget(self, run: RunView) -> None:
        """The run is read again, or over."""
        for task in run.tasks.values():
            if task.attempt_id is not None:
                self._left.pop(task.attempt_id, None)

    def buried(self, attempt_id: str) -> None:
        """Its end is written."""
        self._left.pop(attempt_id, None)

    def clear(self) -> None:
        """They are read again."""
        self._left.clear()

    def check(self, now: datetime, still_leads: Callable[[], bool]) -> list[Lost]:
        """Orphans whose holder is gone, as reports; what may still run of them on this host is killed first.

        Raises LeadershipLost: a deposed leader must not kill what its successor runs.
        """
        if not self._left:
            return []
        holders = {out.worker_id for out in self._left.values() if out.worker_id is not None}
        dead = self._leases.dead_workers(holders, now, self._ttl)
        dead.setdefault(self._holder, str(say("lost.never_handed")))
        gone = {
            attempt_id: str(say("lost.no_holder")) if out.worker_id is None else dead[out.worker_id]
            for attempt_id, out in self._left.items()
            if out.worker_id is None or out.worker_id in dead
        }
        if gone:
            if not still_leads():
                raise LeadershipLost
            log.info("%d attempts of ended processes are taken over", len(gone))
            self._executor.bury(list(gone))
        return [Lost(attempt_id, now, reason) for attempt_id, reason in gone.items()]
