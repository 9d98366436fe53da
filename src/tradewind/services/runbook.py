"""The unfinished runs in memory, and what decisions about them mean for the database.  Used by `services.scheduler`.

A cache: the database is the truth, and a run that somebody else changed is read again.  Every decision of `core` passes
through `write`, which puts it into the batch and keeps slots, due times and the ledger in step.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from tradewind.core import flow
from tradewind.core.flow import Decision, RunDecision, TaskDecision
from tradewind.core.machine import Fact, Transition, about, step
from tradewind.core.mapping import Growth
from tradewind.core.view import TIMED, RunView, TaskView, build_view
from tradewind.ports.new_run import new_task
from tradewind.ports.store import (
    AttemptChange,
    HistoryStore,
    NewAttempt,
    NewInstance,
    RunChange,
    RunSnapshot,
    SchedulerStore,
    TaskChange,
    XComWrite,
)
from tradewind.ports.triggers import DeferralStore, SubscriptionStore
from tradewind.services import dispatch, waits
from tradewind.services.agenda import Agenda
from tradewind.services.batch import Batch
from tradewind.services.callbacks import Callbacks
from tradewind.services.deadlines import Deadlines
from tradewind.services.ledger import Ledger
from tradewind.services.lineup import Lineup
from tradewind.services.past import Past
from tradewind.services.quarantine import Quarantine
from tradewind.services.slots import Slots
from tradewind.services.subscriptions import Subscriptions
from tradewind.services.versions import Versions
from tradewind.spec.ids import TaskKey
from tradewind.spec.states import (
    FINISHED,
    FINISHED_RUN,
    HOLDS_SLOT,
    AttemptState,
    DagRunState,
    TaskInstanceState,
)

log = logging.getLogger(__name__)

S = TaskInstanceState
_WANTED: frozenset[object] = frozenset({S.QUEUED, S.RUNNING})
"""States in which a task instance wants its attempt to go on."""
_DUE: dict[object, Fact] = {
    S.UP_FOR_RETRY: Fact.RETRY_DUE,
    S.UP_FOR_RESCHEDULE: Fact.RESCHEDULE_DUE,
    S.AWAITING_INPUT: Fact.ANSWER_OVERDUE,
    S.DEFERRED: Fact.TRIGGER_TIMED_OUT,
}
"""What it means that the time of a waiting task instance has come."""
_REASONS = {
    flow.RunFact.SUCCEEDED: "success",
    flow.RunFact.FAILED: "task_failure",
    flow.RunFact.TIMED_OUT: "timed_out",
    flow.RunFact.OVERTAKEN: "overtaken",
}
"""What callbacks of a DAG find as `context["reason"]`: Airflow's words, which users compare with; the last is ours."""


class Runbook:
    """The cache of unfinished runs."""

    def __init__(
        self,
        store: SchedulerStore,
        history: HistoryStore,
        deferrals: DeferralStore,
        subscriptions: SubscriptionStore,
        ledger: Ledger,
        quarantine: Quarantine,
        *,
        holder: str,
        new_id: Callable[[], str],
        variable: Callable[[str], str] | None = None,
    ) -> None:
        self._store = store
        self.history = history
        self._deferrals = deferrals
        self._ledger = ledger
        self._holder = holder
        self._new_id = new_id
        self.quarantine = quarantine
        self.versions = Versions()
        self.draining = False
        self.subscriptions = Subscriptions(subscriptions)
        self.callbacks = Callbacks(ledger, holder=holder, new_id=new_id)
        self.deadlines = Deadlines(history, self.callbacks, new_id=new_id, variable=variable)
        self.reset()

    def reset(self) -> None:
        """Forget everything that is not about to be read again."""
        self._unsettled: set[int] = set()
        self.expanding: set[int] = set()
        """Runs with mapped tasks of which not all instances are made yet."""
        self.agenda = Agenda()
        self._slots = Slots()
        self.callbacks.forget_waiting()
        self.deadlines.reset()
        self.subscriptions.reset()
        self._waiting_for_end: set[tuple[int, TaskKey]] = set()
        """Scheduled task instances of which an attempt that nobody wants any more is still out."""
        self._past = Past(self.history)
        self.runs: dict[int, RunView] = {}
        self._aside: dict[int, RunView] = {}
        """Runs that are left out: they keep their places and slots, and nothing is decided about them."""
        self.by_dag: dict[str, Lineup] = {}
        self.failing_dags: set[str] = set()
        """DAGs that the failure of a run may have paused (`max_consecutive_failed_dag_runs`)."""
        self.ended_dags: set[str] = set()
        """DAGs of which a run ended since the calendar last looked."""
        self.ended_backfills: set[int] = set()
        """Backfills of which a run ended since `services.backfills` last looked."""
        self.queued_dags: set[str] = set()
        """DAGs of which a queued run was loaded since the calendar last looked."""

    # --- the cache --------------------------------------------------------------------------------------------

    def load_pools(self) -> None:
        """Read the pools' sizes."""
        self._slots.set_pools(self._store.pools(), self._deferrals.pools_with_deferred())

    def load_owed(self) -> None:
        """Take up what was under way when a scheduler ended: callbacks run late rather than never, and attempts that
        nobody wants are ended."""
        self.callbacks.load(self.history.pending_callbacks(), self._run_or_ended)
        for stray in self.history.stray_attempts():
            self._ledger.orphans.stray(stray)

    def _run_or_ended(self, run_pk: int) -> RunView | None:
        if run_pk in self.quarantine.out:
            return None  # what is owed is read again when the run is taken up
        return self.runs.get(run_pk) or self._view(self._store.load_run(run_pk))

    def set_paused(self, dag_id: str, paused: bool) -> None:
        """A paused DAG keeps what runs and starts nothing new."""
        self._slots.set_paused(dag_id, paused)

    def dag_deleted(self, dag_id: str) -> None:
        """Look at the runs in memory of a DAG that is gone."""
        lineup = self.by_dag.get(dag_id)
        for run_pk in list(lineup.runs) if lineup is not None else ():
            self.reload(run_pk)
        self._slots.set_paused(dag_id, False)
        self._ledger.forget_source(dag_id)

    def reload(self, run_pk: int, dag_id: str | None = None) -> None:
        """Forget what is known of a run, of this DAG if that is known, and read it again."""
        snapshot = self._store.load_run(run_pk)
        if snapshot is not None:
            self.adopt(snapshot)
            return
        known = self.runs.get(run_pk)
        self._forget(run_pk)
        self._ledger.cancel_unwanted(run_pk, None, _WANTED)
        self._ledger.run_deleted(run_pk)
        self.callbacks.run_deleted(run_pk)
        self.deadlines.run_deleted(run_pk)
        if known is not None:
            self._run_ended(known)
            self._past.changed(known)
            self.subscriptions.run_changed(known)
        elif dag_id is not None:
            self.subscriptions.dag_changed(dag_id)

    def adopt(self, snapshot: RunSnapshot) -> None:
        """Take a run into the cache as the database has it, and end attempts that it no longer wants."""
        self._forget(snapshot.run.id)
        if snapshot.run.id in self.quarantine.out:
            self._set_aside(snapshot)
            return
        run = self._view(snapshot)
        assert run is not None
        self._ledger.cancel_unwanted(run.pk, run, _WANTED)
        # somebody may have marked or cleared what later runs look at, be this one over or not
        self._past.changed(run)
        self.subscriptions.run_changed(run)
        self.deadlines.enter(run)
        if run.state in FINISHED_RUN:
            self._run_ended(run)
            return
        self.runs[run.pk] = run
        self.by_dag.setdefault(run.dag_id, Lineup()).add(run)
        self._unsettled.add(run.pk)
        if run.state is DagRunState.QUEUED:
            self.queued_dags.add(run.dag_id)
        self._past.enter(run)
        self._slots.take_all(run)
        for task in run.tasks.values():
            if task.state in HOLDS_SLOT:
                self._ledger.orphans.found(run, task)
        self._offer_and_time(run)

    def _set_aside(self, snapshot: RunSnapshot) -> None:
        try:
            run = self._view(snapshot)
        except Exception as error:
            log.debug("run %s cannot even be read: %s", snapshot.run.run_id, error)  # why it is left out was told
            return
        assert run is not None
        self._aside[run.pk] = run
        self.by_dag.setdefault(run.dag_id, Lineup()).set_aside(run)
        self._slots.take_all(run)

    def _offer_and_time(self, run: RunView) -> None:
        """What was scheduled or due some day before the run was loaded or started."""
        if run.state is not DagRunState.RUNNING:
            return
        for task in run.tasks.values():
            if task.state is S.SCHEDULED:
                self._slots.offer(run, task)
            else:
                self.agenda.task(run, task)
        self.agenda.timeout(run)

    def _view(self, snapshot: RunSnapshot | None) -> RunView | None:
        if snapshot is None:
            return None
        self.quarantine.about_run(snapshot.run.dag_id, snapshot.run.id, snapshot.run.run_id)
        graph = self.versions.graph(snapshot.run.version_id, snapshot.spec)
        self._ledger.set_source(snapshot.run.dag_id, snapshot.source)
        return build_view(
            snapshot.run, snapshot.spec, snapshot.tasks, graph=graph, lengths=snapshot.lengths, new_id=self._new_id
        )

    def _forget(self, run_pk: int) -> None:
        run = self.runs.pop(run_pk, None) or self._aside.pop(run_pk, None)
        self.agenda.forget(run_pk)
        self._unsettled.discard(run_pk)
        self.expanding.discard(run_pk)
        if run is None:
            return
        self._ledger.orphans.forget(run)
        self._past.forget(run)
        lineup = self.by_dag[run.dag_id]
        lineup.remove(run_pk)
        if not lineup.runs:
            del self.by_dag[run.dag_id]
        for task in run.tasks.values():
            self._slots.release(run, task)

    # --- decisions --------------------------------------------------------------------------------------------

    def look_at_past(self) -> None:
        """Let runs see what changed in the run before them since the last step."""
        self._unsettled.update(self._past.look())

    def has_more(self) -> bool:
        """Whether the effects of a step left something to decide at once: a run ended, a callback waits."""
        if self.draining:
            return False
        waiting = self.callbacks.room() > 0
        freed = not self._ledger.freed.isdisjoint(self._waiting_for_end)
        ended = self.ended_dags or self.ended_backfills or self.deadlines.has_more()
        more = self._unsettled or self._past.stale or self.subscriptions.has_more
        return bool(ended or self.queued_dags or more or waiting or freed)

    def settle(self, batch: Batch, now: datetime) -> None:
        """Decide everything about runs that were loaded, or held by their past, since the last step."""
        for run_pk in sorted(self._unsettled):
            run = self.runs.get(run_pk)
            if run is None or run.state is not DagRunState.RUNNING:
                continue
            self.quarantine.about(run)
            for task in run.tasks.values():
                known = task.attempt_id is not None and self._ledger.find(task.attempt_id)
                if task.state is S.RESTARTING and not known:
                    self.restart(run, task, batch, now)
            self.write(run, flow.settle(run, now), batch, now)
        self._unsettled.clear()
        for run_pk in sorted(self.expanding - batch.expanded):
            run = self.runs[run_pk]
            self.quarantine.about(run)
            keys = sorted(run.expanding)
            run.expanding.clear()
            self.expanding.discard(run_pk)
            self.write(run, flow.after(run, keys, now), batch, now)

    def restart(self, run: RunView, task: TaskView, batch: Batch, now: datetime) -> None:
        """A cleared task whose attempt has ended starts from the beginning; what follows is left to the caller."""
        transition = step(task, Fact.LOST, now, reason="cleared")
        batch.task(run, transition)
        self.left_slot(run, task, transition, batch)

    def start(self, run: RunView, batch: Batch, now: datetime) -> None:
        """A queued run begins."""
        self.quarantine.about(run)
        self.write(run, [flow.step_run(run, flow.RunFact.STARTED, now)], batch, now)
        self.by_dag[run.dag_id].started(run)
        self.write(run, flow.settle(run, now), batch, now)
        self._offer_and_time(run)
        batch.tell(run.pk, "run.started", dag_id=run.dag_id, run_id=run.run_id, run_type=run.run_type.value)

    def fire_due(self, batch: Batch, now: datetime) -> None:
        """Retries, reschedules and run timeouts whose time has come."""
        self.deadlines.look(self.runs, batch, now)
        if not self.draining:
            self.deadlines.absences.look(batch, now)
        for run_pk, key in self.agenda.take(now):
            run = self.runs.get(run_pk)
            if run is None or run.state is not DagRunState.RUNNING:
                continue
            self.quarantine.about(run)
            if key is None:
                self.write(run, flow.timed_out(run, now), batch, now)
                continue
            task = run.tasks[key]
            if task.state in TIMED and task.next_at is not None and task.next_at <= now:
                transition = step(task, _DUE[task.state], now)
                batch.task(run, transition)
                run.recount(task)
                self.left_slot(run, task, transition, batch)
                self.offer(run, task, batch, now)

    def write(self, run: RunView, decisions: Iterable[Decision], batch: Batch, now: datetime) -> None:
        """Put decisions of `core` into the batch."""
        if run.expanding:
            self.expanding.add(run.pk)
            batch.expanded.add(run.pk)
        for decision in decisions:
            match decision:
                case Growth():
                    _grow(run, decision, batch)
                case TaskDecision(transition):
                    batch.task(run, transition)
                    task = run.tasks[transition.key]
                    if transition.to_state is S.REMOVED and transition.key.map_index >= 0:
                        # what takes its result must not see a value that is no part of the list any more
                        forget = XComWrite(run.pk, run.dag_id, run.run_id, *transition.key, (), replace_all=True)
                        batch.xcoms(run, forget)
                    if task.state is S.SCHEDULED:
                        self.offer(run, task, batch, now)
                    self.left_slot(run, task, transition, batch)
                    self.callbacks.follow(run, transition, batch, now)
                    if transition.from_state in HOLDS_SLOT and transition.from_attempt is not None:
                        _unwanted(self._ledger, run, transition.from_attempt, batch, now)
                case RunDecision():
                    self._write_run(run, decision, batch, now)
        lineup = self.by_dag.get(run.dag_id) if run.held_by_past else None
        if lineup is not None and lineup.has_queued:
            self.queued_dags.add(run.dag_id)  # it may hold the place of the very run that it waits for

    def offer(self, run: RunView, task: TaskView, batch: Batch, now: datetime) -> None:
        """A task became ready: it wants a slot, or starts to wait for its trigger."""
        wait = waits.start(run, task, batch, self._new_id, now)
        if wait is None:
            self._slots.offer(run, task)
        else:
            run.recount(task)
            self.left_slot(run, task, wait, batch)

    def _write_run(self, run: RunView, decision: RunDecision, batch: Batch, now: datetime) -> None:
        failed = decision.to_state is DagRunState.FAILED
        batch.run(
            run,
            RunChange(
                run.pk,
                decision.from_state,
                decision.to_state,
                dict(decision.values),
                pause_after=run.spec.max_consecutive_failed_dag_runs if failed else 0,
            ),
        )
        if decision.to_state not in FINISHED_RUN:
            return
        kind = f"on_{'success' if decision.to_state is DagRunState.SUCCESS else 'failure'}_callback"
        if kind in run.spec.callbacks and decision.fact in _REASONS:
            decider = _decider(run)
            data = about(decider) if decider is not None else {}
            data.pop("email", None)
            self.callbacks.write(run, kind, _REASONS[decision.fact], data, batch, now)
        log.info("run %s of %s: %s (%s)", run.run_id, run.dag_id, decision.to_state.value, decision.reason)
        batch.after(run.pk, lambda: self._run_ended(run))
        batch.after(run.pk, lambda: self.deadlines.enter(run))
        batch.tell(
            run.pk,
            "run.ended",
            dag_id=run.dag_id,
            run_id=run.run_id,
            state=decision.to_state.value,
            reason=decision.reason,
        )

    def _run_ended(self, run: RunView) -> None:
        self._forget(run.pk)
        self.ended_dags.add(run.dag_id)
        if run.state is DagRunState.FAILED and run.spec.max_consecutive_failed_dag_runs:
            self.failing_dags.add(run.dag_id)
        if run.backfill_id is not None:
            self.ended_backfills.add(run.backfill_id)

    def left_slot(self, run: RunView, task: TaskView, transition: Transition, batch: Batch) -> None:
        """Give back what a transition frees, note when the task is due again, and let later runs look at it."""
        if transition.from_state in HOLDS_SLOT and transition.to_state not in HOLDS_SLOT:
            self._slots.release(run, task)
        if transition.to_state is S.DEFERRED:
            self._slots.defer(run, task)
        elif transition.from_state is S.DEFERRED:
            self._slots.release(run, task)
        self.agenda.task(run, task)
        if transition.to_state in FINISHED:
            if self._past.watched(run.dag_id):
                batch.after(run.pk, partial(self._past.changed, run))
            batch.tell(
                run.pk,
                "task.ended",
                dag_id=run.dag_id,
                run_id=run.run_id,
                task_id=task.key.task_id,
                map_index=task.key.map_index,
                try_number=task.try_number,
                state=task.state,
            )

    # --- work -------------------------------------------------------------------------------------------------

    def admit(self, batch: Batch, now: datetime) -> None:
        """Queue as many scheduled tasks as limits and the executor allow; they go out after the commit."""
        if self.draining:
            return
        free = self._ledger.free + len(batch.freed)
        for _ in range(self.callbacks.room()):
            free -= 1
            batch.fenced = True
            # tied to no run: a callback is owed whatever becomes of the run's part of this step
            batch.after(0, partial(self.callbacks.submit, now))
        freed = self._waiting_for_end & self._ledger.freed
        self._ledger.freed.clear()
        self._waiting_for_end -= freed
        for run_pk, key in sorted(freed):
            run = self.runs.get(run_pk)
            if run is not None and key in run.tasks:
                self._slots.offer(run, run.tasks[key])  # admission drops it if it is not scheduled any more
        while free > 0 and (found := self._slots.next(self.runs)) is not None:
            run, task = found
            if self._ledger.is_out(run.pk, task.key):
                self._slots.release(run, task)
                self._waiting_for_end.add((run.pk, task.key))
                continue
            free -= 1
            self.quarantine.about(run)
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
            batch.after(run.pk, partial(self._ledger.submit, run, task))


def _unwanted(ledger: Ledger, run: RunView, attempt_id: str, batch: Batch, now: datetime) -> None:
    """The run timed out or failed fast: an attempt that is out is not wanted any more."""
    if ledger.live(attempt_id) is None:
        # of a scheduler that died: nobody will report its end
        batch.attempt(AttemptChange(run.pk, attempt_id, AttemptState.CANCELLED, end_date=now))
    batch.after(run.pk, partial(ledger.cancel, attempt_id))


def _grow(run: RunView, growth: Growth, batch: Batch) -> None:
    """Write the new instances of a mapped task."""
    if growth.moved is not None:
        it = growth.moved
        batch.change(run, TaskChange(run.pk, it.id, None, it.attempt_id, None, {"map_index": it.key.map_index}))
    for it in growth.added:
        task = new_task(run.graph, it.key.task_id, it.key.map_index, it.id)
        batch.new_task(run, NewInstance(run.pk, run.dag_id, run.run_id, task))


def _decider(run: RunView) -> TaskView | None:
    """The task instance that callbacks of the run are shown: one that failed first of all, or else a last one."""
    order = run.graph.order
    tasks = sorted(run.tasks.values(), key=lambda task: (order.get(task.key.task_id, -1), task.key.map_index))
    failed = (task for task in tasks if task.state is S.FAILED)
    return next(failed, tasks[-1] if tasks else None)
