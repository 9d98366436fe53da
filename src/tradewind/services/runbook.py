"""The unfinished runs in memory, the attempts that are out, and what reports about them mean.  Used by
`services.scheduler`.

A `Live` entry exists from the moment an attempt is handed to this scheduler's executor until the executor said that it
ended.  An attempt that the database shows as queued or running but that is not live belongs to a scheduler that died:
an orphan. Reports are handled so that doing it twice is harmless, because a step whose guard missed is decided again.
"""

from __future__ import annotations

import heapq
import logging
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from tradewind.core import flow
from tradewind.core.flow import Decision, RunDecision, TaskDecision
from tradewind.core.graph import Graph
from tradewind.core.machine import Fact, Transition, step
from tradewind.core.view import RunView, TaskView, build_view
from tradewind.ports.executor import Claimed, Executor, Finished, Lost
from tradewind.ports.store import (
    AttemptChange,
    CallbackEnd,
    CallbackRow,
    HistoryStore,
    LeaseStore,
    NewAttempt,
    RunChange,
    RunSnapshot,
    SchedulerStore,
    XComWrite,
)
from tradewind.services import dispatch
from tradewind.services.batch import Batch
from tradewind.services.slots import Slots
from tradewind.spec.ids import TaskKey
from tradewind.spec.states import FINISHED_RUN, HOLDS_SLOT, AttemptState, DagRunState, TaskInstanceState
from tradewind.spec.wire import DagSource, Outcome

log = logging.getLogger(__name__)

S = TaskInstanceState
_FACTS = {
    "success": (Fact.SUCCEEDED, AttemptState.SUCCESS),
    "failed": (Fact.FAILED, AttemptState.FAILED),
    "skipped": (Fact.SKIPPED, AttemptState.SKIPPED),
    "rescheduled": (Fact.RESCHEDULED, AttemptState.RESCHEDULED),
}


DELETED = 0
"""In place of a run's key: the run was deleted while an attempt was out; nothing is left to write."""


@dataclass(slots=True)
class Live:
    """Work that the executor has and has not ended: an attempt, or a callback (`key` None)."""

    run_pk: int
    key: TaskKey | None
    cancelled: bool = False


class Runbook:
    """The cache of unfinished runs and the ledger of work that is out."""

    def __init__(
        self,
        store: SchedulerStore,
        history: HistoryStore,
        leases: LeaseStore,
        executor: Executor,
        *,
        holder: str,
        log_folder: Path,
        new_id: Callable[[], str],
        ttl: timedelta,
    ) -> None:
        self._store = store
        self._history = history
        self._leases = leases
        self._executor = executor
        self._holder = holder
        self._log_folder = log_folder
        self._new_id = new_id
        self._ttl = ttl
        self._graphs: dict[int, Graph] = {}
        self._sources: dict[str, DagSource] = {}
        self._live: dict[str, Live] = {}
        self._orphans: dict[str, tuple[int, TaskKey, str | None]] = {}
        self._unsettled: set[int] = set()
        self._due: list[tuple[datetime, int]] = []
        self._callbacks: deque[tuple[CallbackRow, RunView]] = deque()
        self._slots = Slots()
        self.runs: dict[int, RunView] = {}
        self.by_dag: dict[str, dict[int, RunView]] = {}
        self.ended_dags: set[str] = set()
        """DAGs of which a run ended since the calendar last looked."""
        self.queued_dags: set[str] = set()
        """DAGs of which a queued run was loaded since the calendar last looked."""
        self.draining = False

    # --- the cache --------------------------------------------------------------------------------------------

    def load_pools(self) -> None:
        """Read the pools' sizes."""
        self._slots.set_pools(self._store.pools())

    def load_callbacks(self, now: datetime) -> None:
        """Take up callbacks that were queued when a scheduler ended: they run late rather than never."""
        for row in self._history.pending_callbacks():
            run = self.runs.get(row.run_pk) or self._view(self._store.load_run(row.run_pk))
            if run is not None:
                self._callbacks.append((row, run))

    def set_paused(self, dag_id: str, paused: bool) -> None:
        """A paused DAG keeps what runs and starts nothing new."""
        self._slots.set_paused(dag_id, paused)

    def set_source(self, dag_id: str, source: DagSource) -> None:
        """Where the code of a DAG lies now; attempts take the newest."""
        self._sources[dag_id] = source

    def reload(self, run_pk: int, now: datetime) -> None:
        """Forget what is known of a run and read it again."""
        snapshot = self._store.load_run(run_pk)
        if snapshot is None:
            self._forget(run_pk)
            self._cancel_unwanted(run_pk, None)
            for live in self._live.values():
                if live.run_pk == run_pk:
                    live.run_pk = DELETED
        else:
            self.adopt(snapshot, now)

    def adopt(self, snapshot: RunSnapshot, now: datetime) -> None:
        """Take a run into the cache as the database has it, and end attempts that it no longer wants."""
        self._forget(snapshot.run.id)
        run = self._view(snapshot)
        assert run is not None
        self._cancel_unwanted(run.pk, run)
        if run.state in FINISHED_RUN:
            self.ended_dags.add(run.dag_id)
            return
        self.runs[run.pk] = run
        self.by_dag.setdefault(run.dag_id, {})[run.pk] = run
        self._unsettled.add(run.pk)
        if run.state is DagRunState.QUEUED:
            self.queued_dags.add(run.dag_id)
        if any(task.spec.depends_on_past for task in run.tasks.values()) and run.logical_date is not None:
            run.past = self._history.previous_states(run.dag_id, run.logical_date)
        for task in run.tasks.values():
            if task.state in HOLDS_SLOT:
                self._slots.take(run, task)
                if task.attempt_id is not None and task.attempt_id not in self._live:
                    self._orphans[task.attempt_id] = (run.pk, task.key, task.worker_id)
            elif task.state is S.SCHEDULED:
                self._slots.offer(run, task)
        self._push_due(run)

    def _view(self, snapshot: RunSnapshot | None) -> RunView | None:
        if snapshot is None:
            return None
        version = snapshot.run.version_id
        graph = self._graphs.get(version)
        if graph is None:
            graph = self._graphs[version] = Graph(snapshot.spec)
        self._sources.setdefault(snapshot.run.dag_id, snapshot.source)
        return build_view(snapshot.run, snapshot.spec, snapshot.tasks, graph=graph)

    def _forget(self, run_pk: int) -> None:
        run = self.runs.pop(run_pk, None)
        self._unsettled.discard(run_pk)
        for attempt_id in [a for a, (pk, _, _) in self._orphans.items() if pk == run_pk]:
            del self._orphans[attempt_id]
        if run is None:
            return
        same_dag = self.by_dag[run.dag_id]
        del same_dag[run_pk]
        if not same_dag:
            del self.by_dag[run.dag_id]
        for task in run.tasks.values():
            self._slots.release(run, task)

    def _cancel_unwanted(self, run_pk: int, run: RunView | None) -> None:
        for attempt_id, live in self._live.items():
            if live.run_pk != run_pk or live.key is None or live.cancelled:
                continue
            task = run.tasks.get(live.key) if run else None
            if task is None or task.attempt_id != attempt_id or task.state not in (S.QUEUED, S.RUNNING):
                live.cancelled = True
                self._executor.cancel(attempt_id)

    # --- orphans ----------------------------------------------------------------------------------------------

    def check_orphans(self, now: datetime) -> list[Lost]:
        """Attempts of dead schedulers and executors, as reports; what may still run of them here is killed first."""
        if not self._orphans:
            return []
        workers = {worker for _, _, worker in self._orphans.values() if worker is not None}
        dead = self._leases.dead_workers(workers, now, self._ttl)
        dead.setdefault(self._holder, "it was never handed to a worker")
        gone = {
            attempt_id: dead[worker] if worker is not None else "no worker holds it"
            for attempt_id, (_, _, worker) in self._orphans.items()
            if worker is None or worker in dead
        }
        if gone:
            log.info("%d attempts of ended processes are taken over", len(gone))
            self._executor.bury(list(gone))
        return [Lost(attempt_id, now, reason) for attempt_id, reason in gone.items()]

    def has_more(self) -> bool:
        """Whether the effects of a step left something to decide at once: a run ended, a callback waits."""
        if self.draining:
            return False
        free = self._executor.slots - len(self._live)
        return bool(self.ended_dags or self._unsettled or (self._callbacks and free > 0))

    # --- reports ----------------------------------------------------------------------------------------------

    def running_attempts(self) -> int:
        """How much work the executor has."""
        return len(self._live)

    def concerns(self, report: Claimed | Finished | Lost, run_pks: set[int]) -> bool:
        """Whether a report is about one of these runs."""
        attempt_id = report.outcome.attempt_id if isinstance(report, Finished) else report.attempt_id
        live = self._live.get(attempt_id)
        if live is not None:
            return live.run_pk in run_pks
        orphan = self._orphans.get(attempt_id)
        return orphan is not None and orphan[0] in run_pks

    def claimed(self, report: Claimed, batch: Batch, now: datetime) -> None:
        """A worker asks to start: queued -> running, once."""
        attempt_id = report.attempt_id
        live = self._live.get(attempt_id)
        if live is None or live.run_pk == DELETED:
            self._refuse(attempt_id)
            return
        if live.key is None:
            batch.after(live.run_pk, lambda: self._executor.grant(attempt_id, True))
            return
        run, task = self._task(live.run_pk, live.key)
        if run is None or task is None or task.attempt_id != attempt_id or task.state is not S.QUEUED:
            batch.attempt(AttemptChange(live.run_pk, attempt_id, AttemptState.CANCELLED, end_date=now))
            batch.after(live.run_pk, lambda: self._refuse(attempt_id))
            if run is not None and task is not None and task.attempt_id == attempt_id and task.state is S.RESTARTING:
                self._restart(run, task, batch, now)
            return
        transition = step(task, Fact.CLAIMED, now, attempt_id=attempt_id)
        batch.task(run, transition, hostname=report.hostname, pid=report.pid)
        batch.attempt(
            AttemptChange(
                run.pk,
                attempt_id,
                AttemptState.RUNNING,
                start_date=now,
                hostname=report.hostname,
                pid=report.pid,
            )
        )
        if task.try_number > 1 or run.clear_number:
            batch.xcoms(run, self._xcoms(run, task, (), replace_all=True))
        batch.after(run.pk, lambda: self._executor.grant(attempt_id, True))

    def _refuse(self, attempt_id: str) -> None:
        self._live.pop(attempt_id, None)
        self._executor.grant(attempt_id, False)

    def finished(self, report: Finished, batch: Batch, now: datetime) -> None:
        """A worker told how an attempt or a callback ended."""
        outcome = report.outcome
        live = self._live.get(outcome.attempt_id)
        if live is None:
            return
        batch.after(live.run_pk, lambda: self._ended(outcome.attempt_id))
        batch.freed += 1
        if live.run_pk == DELETED:
            return
        if live.key is None:
            state = "failed" if outcome.state == "failed" else "success"
            batch.callback_end(CallbackEnd(outcome.attempt_id, state, outcome.at))
            return
        run, task = self._task(live.run_pk, live.key)
        if run is None or task is None or not self._current(task, outcome.attempt_id):
            batch.attempt(AttemptChange(live.run_pk, outcome.attempt_id, AttemptState.CANCELLED, end_date=outcome.at))
            return
        if task.state is S.RESTARTING:
            self._end_attempt(live.run_pk, outcome, AttemptState.CANCELLED, batch)
            self._restart(run, task, batch, now)
            return
        fact, attempt_state = _FACTS[outcome.state]
        transition = step(
            task,
            fact,
            outcome.at,
            attempt_id=outcome.attempt_id,
            retry=outcome.retry,
            at=outcome.reschedule_at,
            reason=outcome.error[:1000] if fact is Fact.FAILED and not outcome.retry else "",
        )
        batch.task(run, transition, **({"rendered": outcome.rendered} if outcome.rendered else {}))
        self._end_attempt(run.pk, outcome, attempt_state, batch)
        if outcome.xcoms:
            batch.xcoms(run, self._xcoms(run, task, outcome.xcoms))
        self._left_slot(run, task, transition)
        if outcome.skip and fact is Fact.SUCCEEDED:
            self._write(run, flow.apply_skips(run, task.key, outcome.skip, now), batch, now)
        else:
            self._write(run, flow.after(run, [task.key], now), batch, now)

    def lost(self, report: Lost, batch: Batch, now: datetime) -> None:
        """The process of an attempt is gone."""
        attempt_id = report.attempt_id
        live = self._live.get(attempt_id)
        orphan = self._orphans.get(attempt_id)
        if live is not None:
            run_pk, key = live.run_pk, live.key
            batch.freed += 1
        elif orphan is not None:
            run_pk, key = orphan[0], orphan[1]
        else:
            return
        batch.after(run_pk, lambda: self._ended(attempt_id))
        if run_pk == DELETED:
            return
        if key is None:
            batch.callback_end(CallbackEnd(attempt_id, "lost", report.at))
            return
        run, task = self._task(run_pk, key)
        state = AttemptState.CANCELLED if live is not None and live.cancelled else AttemptState.LOST
        batch.attempt(
            AttemptChange(run_pk, attempt_id, state, end_date=report.at, error_type="Lost", error=report.reason)
        )
        if run is None or task is None or not self._current(task, attempt_id):
            return
        if task.state is S.RESTARTING:
            self._restart(run, task, batch, now)
            return
        # an attempt that nobody had claimed never ran: it is queued again and costs nothing
        fact = Fact.UNCLAIMED if task.state is S.QUEUED else Fact.LOST
        transition = step(
            task, fact, now, attempt_id=attempt_id, reason="" if fact is Fact.UNCLAIMED else report.reason
        )
        batch.task(run, transition)
        self._left_slot(run, task, transition)
        for kind in transition.callbacks:
            self._queue_callback(run, kind, report.reason, batch, now, task)
        if task.state is S.SCHEDULED:
            self._slots.offer(run, task)
        self._write(run, flow.after(run, [task.key], now), batch, now)

    def _restart(self, run: RunView, task: TaskView, batch: Batch, now: datetime) -> None:
        """A cleared task whose attempt has ended starts from the beginning."""
        transition = step(task, Fact.LOST, now, reason="cleared")
        batch.task(run, transition)
        self._left_slot(run, task, transition)
        self._write(run, flow.after(run, [task.key], now), batch, now)

    def _current(self, task: TaskView, attempt_id: str) -> bool:
        return task.attempt_id == attempt_id and task.state in (S.QUEUED, S.RUNNING, S.RESTARTING)

    def _ended(self, attempt_id: str) -> None:
        self._live.pop(attempt_id, None)
        self._orphans.pop(attempt_id, None)

    def _task(self, run_pk: int, key: TaskKey) -> tuple[RunView | None, TaskView | None]:
        run = self.runs.get(run_pk)
        return run, run.tasks.get(key) if run else None

    def _end_attempt(self, run_pk: int, outcome: Outcome, state: AttemptState, batch: Batch) -> None:
        batch.attempt(
            AttemptChange(
                run_pk,
                outcome.attempt_id,
                state,
                end_date=outcome.at,
                error_type=outcome.error_type or None,
                error=outcome.error or None,
            )
        )

    def _xcoms(
        self, run: RunView, task: TaskView, values: tuple[object, ...], *, replace_all: bool = False
    ) -> XComWrite:
        return XComWrite(
            run_pk=run.pk,
            dag_id=run.dag_id,
            run_id=run.run_id,
            task_id=task.key.task_id,
            map_index=task.key.map_index,
            values=values,  # type: ignore[arg-type]  # XComValue, or empty
            replace_all=replace_all,
        )

    # --- decisions --------------------------------------------------------------------------------------------

    def settle(self, batch: Batch, now: datetime) -> None:
        """Decide everything about runs that were loaded since the last step."""
        for run_pk in sorted(self._unsettled):
            run = self.runs.get(run_pk)
            if run is None or run.state is not DagRunState.RUNNING:
                continue
            for task in run.tasks.values():
                if task.state is S.RESTARTING and (task.attempt_id is None or not self._known(task.attempt_id)):
                    self._restart(run, task, batch, now)
            self._write(run, flow.settle(run, now), batch, now)
        self._unsettled.clear()

    def _known(self, attempt_id: str) -> bool:
        return attempt_id in self._live or attempt_id in self._orphans

    def start(self, run: RunView, batch: Batch, now: datetime) -> None:
        """A queued run begins."""
        self._write(run, [flow.step_run(run, flow.RunFact.STARTED, now)], batch, now)
        self._write(run, flow.settle(run, now), batch, now)
        self._push_due(run)

    def fire_due(self, batch: Batch, now: datetime) -> None:
        """Retries, reschedules and run timeouts whose time has come."""
        while self._due and self._due[0][0] <= now:
            _, run_pk = heapq.heappop(self._due)
            run = self.runs.get(run_pk)
            if run is None or run.state is not DagRunState.RUNNING:
                continue
            self._write(run, flow.timed_out(run, now), batch, now)
            if run.state is not DagRunState.RUNNING:
                continue
            for key in flow.due(run, now):
                task = run.tasks[key]
                fact = Fact.RETRY_DUE if task.state is S.UP_FOR_RETRY else Fact.RESCHEDULE_DUE
                batch.task(run, step(task, fact, now))
                run.recount(task)
                self._slots.offer(run, task)
            self._push_due(run)

    def next_due(self) -> datetime | None:
        """When the next retry, reschedule or run timeout is due."""
        return self._due[0][0] if self._due else None

    def _push_due(self, run: RunView) -> None:
        for at in (flow.next_due(run), flow.timeout_at(run)):
            if at is not None:
                heapq.heappush(self._due, (at, run.pk))

    def _write(self, run: RunView, decisions: Iterable[Decision], batch: Batch, now: datetime) -> None:
        for decision in decisions:
            match decision:
                case TaskDecision(transition):
                    batch.task(run, transition)
                    task = run.tasks[transition.key]
                    if task.state is S.SCHEDULED:
                        self._slots.offer(run, task)
                    self._left_slot(run, task, transition)
                    if transition.from_state in HOLDS_SLOT and transition.from_attempt in self._live:
                        # the run timed out or failed fast: its attempt is not wanted any more
                        batch.after(run.pk, partial(self._cancel, transition.from_attempt))
                case RunDecision():
                    self._write_run(run, decision, batch, now)

    def _cancel(self, attempt_id: str) -> None:
        live = self._live.get(attempt_id)
        if live is not None and not live.cancelled:
            live.cancelled = True
            self._executor.cancel(attempt_id)

    def _write_run(self, run: RunView, decision: RunDecision, batch: Batch, now: datetime) -> None:
        batch.run(run, RunChange(run.pk, decision.from_state, decision.to_state, dict(decision.values)))
        if decision.to_state not in FINISHED_RUN:
            return
        kind = f"on_{'success' if decision.to_state is DagRunState.SUCCESS else 'failure'}_callback"
        if kind in run.spec.callbacks:
            self._queue_callback(run, kind, decision.reason, batch, now)
        log.info("run %s of %s: %s (%s)", run.run_id, run.dag_id, decision.to_state.value, decision.reason)
        batch.after(run.pk, lambda: self._run_ended(run))

    def _run_ended(self, run: RunView) -> None:
        self._forget(run.pk)
        self.ended_dags.add(run.dag_id)
        for later in self.by_dag.get(run.dag_id, {}).values():
            if later.held_by_past or later.past is not None:
                if later.logical_date is not None:
                    later.past = self._history.previous_states(later.dag_id, later.logical_date)
                self._unsettled.add(later.pk)

    def _left_slot(self, run: RunView, task: TaskView, transition: Transition) -> None:
        if transition.from_state in HOLDS_SLOT and transition.to_state not in HOLDS_SLOT:
            self._slots.release(run, task)
        if transition.to_state in (S.UP_FOR_RETRY, S.UP_FOR_RESCHEDULE) and task.next_at is not None:
            heapq.heappush(self._due, (task.next_at, run.pk))

    # --- work -------------------------------------------------------------------------------------------------

    def admit(self, batch: Batch, now: datetime) -> None:
        """Queue as many scheduled tasks as limits and the executor allow; they go out after the commit."""
        if self.draining:
            return
        free = self._executor.slots - len(self._live) + batch.freed
        while self._callbacks and free > 0:
            row, run = self._callbacks.popleft()
            free -= 1
            # tied to no run: a callback is owed whatever becomes of the run's part of this step
            batch.after(0, partial(self._submit_callback, row, run))
        while free > 0 and (found := self._slots.next(self.runs)) is not None:
            run, task = found
            free -= 1
            transition = step(task, Fact.ADMITTED, now, attempt_id=self._new_id(), worker_id=self._holder)
            batch.task(run, transition)
            assert task.attempt_id is not None
            batch.new_attempt(
                run,
                NewAttempt(
                    id=task.attempt_id,
                    ti_id=task.id,
                    run_pk=run.pk,
                    try_number=task.try_number,
                    worker_id=self._holder,
                    queued_at=now,
                    log_path=dispatch.log_path(run, task),
                ),
            )
            batch.after(run.pk, partial(self._submit, run, task))

    def _submit(self, run: RunView, task: TaskView) -> None:
        assert task.attempt_id is not None
        self._live[task.attempt_id] = Live(run.pk, task.key)
        self._executor.submit(dispatch.task_work(run, task, self._sources[run.dag_id], self._log_folder))

    def _queue_callback(
        self, run: RunView, kind: str, reason: str, batch: Batch, now: datetime, task: TaskView | None = None
    ) -> None:
        row = CallbackRow(self._new_id(), run.pk, kind, reason[:1000], now, task.id if task else None)
        batch.callback(run, row)
        batch.after(run.pk, lambda: self._callbacks.append((row, run)))

    def _submit_callback(self, row: CallbackRow, run: RunView) -> None:
        task = next((task for task in run.tasks.values() if task.id == row.ti_id), None)
        self._live[row.id] = Live(run.pk, None)
        work = dispatch.callback_work(run, row, task, self._sources[run.dag_id], self._log_folder)
        self._executor.submit(work)
