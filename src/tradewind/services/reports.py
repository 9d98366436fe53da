"""What the executor's reports mean for the runs.  Used by `services.scheduler`.

Reports are handled so that doing it twice is harmless, because a step whose guard missed is decided again: nothing is
taken off the ledger before the commit.  A report about an attempt that is not its task instance's present one changes
nothing but that attempt's own row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from msgspec import structs

from tradewind.core import flow
from tradewind.core.machine import TABLE, Fact, attempt_step, step
from tradewind.core.phrases import say
from tradewind.core.view import RunView, TaskView
from tradewind.ports.executor import Claimed, Finished, Lost
from tradewind.ports.store import AssetEmission, AttemptChange, LengthWrite, XComWrite
from tradewind.services import waits
from tradewind.services.batch import Batch
from tradewind.services.ledger import DELETED, Ledger
from tradewind.services.runbook import Runbook
from tradewind.spec.ids import TaskKey
from tradewind.spec.moments import later
from tradewind.spec.states import AttemptState, TaskInstanceState
from tradewind.spec.wire import Outcome, XComValue

S = TaskInstanceState
_FACTS = {
    "success": Fact.SUCCEEDED,
    "failed": Fact.FAILED,
    "skipped": Fact.SKIPPED,
    "rescheduled": Fact.RESCHEDULED,
    "deferred": Fact.DEFERRED,
    "awaiting_input": Fact.ASKED,
}


class Reports:
    """Turns claimed, finished and lost into transitions, attempt rows and what follows from them."""

    def __init__(
        self, book: Runbook, ledger: Ledger, *, new_id: Callable[[], str], emitted: Callable[[], None]
    ) -> None:
        """`emitted` is called when asset events of a task were committed."""
        self._new_id = new_id
        self._emitted = emitted
        self._book = book
        self._ledger = ledger
        self._changed: dict[int, list[TaskKey]] = {}
        """Run -> instances that the reports of this step changed."""

    def handle(self, reports: Iterable[Claimed | Finished | Lost], batch: Batch, now: datetime) -> None:
        """Decide reports into the batch.

        What follows is decided when all of them are known: their order within a step does not matter.
        """
        self._changed.clear()
        for report in reports:
            match report:
                case Claimed():
                    self._claimed(report, batch, now)
                case Finished():
                    self._finished(report, batch, now)
                case Lost():
                    self._lost(report, batch, now)
        for run_pk, keys in self._changed.items():
            run = self._book.runs[run_pk]
            self._book.quarantine.about(run)
            self._book.write(run, flow.after(run, keys, now), batch, now)

    def keep_back(self, reports: Iterable[Claimed | Finished | Lost]) -> list[Claimed | Finished | Lost]:
        """Those that can be handled; what is about runs that are left out waits until they are taken up again."""
        quarantine, ledger = self._book.quarantine, self._ledger
        usable: list[Claimed | Finished | Lost] = list(quarantine.take_kept())
        for report in reports:
            attempt_id = report.outcome.attempt_id if isinstance(report, Finished) else report.attempt_id
            known = ledger.find(attempt_id)
            if known is None or known.key is None or known.run_pk not in quarantine.out:
                usable.append(report)
                continue
            quarantine.keep(known.run_pk, report)
            if isinstance(report, Claimed):
                ledger.refuse(attempt_id)  # it stays queued, and is handed out anew when the run is taken up
            else:
                ledger.over(attempt_id)
        return usable

    def concerns(self, report: Claimed | Finished | Lost, run_pks: set[int]) -> bool:
        """Whether a report is about one of these runs."""
        attempt_id = report.outcome.attempt_id if isinstance(report, Finished) else report.attempt_id
        known = self._ledger.find(attempt_id)
        return known is not None and known.run_pk in run_pks

    def _claimed(self, report: Claimed, batch: Batch, now: datetime) -> None:
        """A worker asks to start: queued -> running, once."""
        attempt_id = report.attempt_id
        live = self._ledger.live(attempt_id)
        if live is None or live.run_pk == DELETED:
            self._ledger.refuse(attempt_id)
            return
        if live.key is None:
            self._book.callbacks.claimed(attempt_id, batch, now)
            return
        run, task = self._task(live.run_pk, live.key)
        if run is None or task is None or task.attempt_id != attempt_id or task.state not in (S.QUEUED, S.RUNNING):
            batch.attempt(AttemptChange(live.run_pk, attempt_id, AttemptState.CANCELLED, end_date=now))
            batch.after(live.run_pk, partial(self._ledger.refuse, attempt_id))
            batch.freed.add(attempt_id)
            if run is not None and task is not None and task.attempt_id == attempt_id and task.state is S.RESTARTING:
                self._restart(run, task, batch, now)
            return
        if task.state is S.RUNNING:
            # claimed twice, or written although the database said that it failed; it is granted once in any case
            batch.after(run.pk, partial(self._grant, task, attempt_id))
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
        if task.next_method is None and (task.try_number > 1 or run.clear_number):
            # a try that goes on after a wait keeps what it pushed before
            batch.xcoms(run, self._xcoms(run, task, (), replace_all=True))
            run.note_length(task.key, None)
        batch.after(run.pk, partial(self._grant, task, attempt_id))

    def _grant(self, task: TaskView, attempt_id: str) -> None:
        # the same step may have decided against it, e.g. by the run's timeout: then it is cancelled, not started
        if task.state is S.RUNNING and task.attempt_id == attempt_id:
            self._ledger.grant(attempt_id)

    def _finished(self, report: Finished, batch: Batch, now: datetime) -> None:
        """A worker told how an attempt or a callback ended."""
        outcome = report.outcome
        live = self._ledger.live(outcome.attempt_id)
        if live is None:
            return
        batch.after(live.run_pk, partial(self._ledger.ended, outcome.attempt_id))
        batch.freed.add(outcome.attempt_id)
        if live.run_pk == DELETED:
            return
        if live.key is None:
            state = "failed" if outcome.error or outcome.state == "failed" else "success"
            self._book.callbacks.ended(outcome.attempt_id, batch, outcome.at, state, outcome.error)
            return
        run, task = self._task(live.run_pk, live.key)
        if run is None or task is None or not self._current(task, outcome.attempt_id):
            batch.attempt(AttemptChange(live.run_pk, outcome.attempt_id, AttemptState.CANCELLED, end_date=outcome.at))
            return
        if task.state is S.RESTARTING:
            self._end_attempt(live.run_pk, outcome, AttemptState.CANCELLED, batch)
            self._restart(run, task, batch, now)
            return
        fact = _FACTS[outcome.state]
        if (task.state, fact) not in TABLE:
            # a worker must not run before its claim is granted: what it says is not to be trusted
            self._lost(
                Lost(outcome.attempt_id, now, str(say("recorded.before_start", state=outcome.state))), batch, now
            )
            return
        if fact is Fact.DEFERRED or (fact is Fact.RESCHEDULED and _wakes(outcome)):
            transition = waits.wait(run, task, outcome, batch, self._new_id)
        else:
            transition = step(
                task,
                fact,
                outcome.at,
                attempt_id=outcome.attempt_id,
                retry=outcome.retry,
                at=_at(outcome),
                error=_why(outcome, fact),
                skips=outcome.skip,
                next_method=outcome.next_method or None,
            )
        batch.task(run, transition, **_shown(outcome))
        self._end_attempt(run.pk, outcome, attempt_step(AttemptState.RUNNING, fact), batch)
        if outcome.xcoms:
            batch.xcoms(run, self._xcoms(run, task, outcome.xcoms))
        if outcome.map_length is not None and fact is Fact.SUCCEEDED:
            run.note_length(task.key, outcome.map_length)
            batch.length(run, LengthWrite(run.pk, *task.key, outcome.map_length))
        if outcome.asset_events and fact is Fact.SUCCEEDED:
            batch.emission(run, self._emission(run, task, outcome, now))
            batch.after(run.pk, self._emitted)
        self._book.left_slot(run, task, transition, batch)
        self._book.callbacks.follow(run, transition, batch, now, outcome.error)
        if fact is Fact.ASKED and self._book.history.answered(task.id, task.try_number):
            # somebody was quicker than the task's way to waiting
            batch.task(run, step(task, Fact.ANSWERED, now))
            self._book.offer(run, task, batch, now)
        self._follow(run, task)

    def _lost(self, report: Lost, batch: Batch, now: datetime) -> None:
        """The process of an attempt is gone."""
        attempt_id = report.attempt_id
        known = self._ledger.find(attempt_id)
        if known is None:
            return
        run_pk, key = known.run_pk, known.key
        if self._ledger.live(attempt_id) is not None:
            batch.freed.add(attempt_id)
        batch.after(run_pk, partial(self._ledger.ended, attempt_id))
        if run_pk == DELETED:
            return
        if key is None:
            self._book.callbacks.ended(attempt_id, batch, report.at, "lost", report.reason)
            return
        run, task = self._task(run_pk, key)
        batch.tell(run_pk, "attempt.lost", attempt_id=attempt_id, task_id=key.task_id, reason=report.reason)
        if known.cancelled:
            state = AttemptState.CANCELLED
        else:
            state = attempt_step(AttemptState.RUNNING, Fact.DIED if report.own_fault else Fact.LOST)
        error_type = "Died" if report.own_fault else "Lost"
        batch.attempt(
            AttemptChange(run_pk, attempt_id, state, end_date=report.at, error_type=error_type, error=report.reason)
        )
        if run is None or task is None or not self._current(task, attempt_id):
            return
        if task.state is S.RESTARTING:
            self._restart(run, task, batch, now)
            return
        # an attempt that nobody had claimed never ran: it is queued again and costs nothing
        if task.state is S.QUEUED:
            transition = step(task, Fact.UNCLAIMED, now, attempt_id=attempt_id)
        else:
            fact = Fact.DIED if report.own_fault else Fact.LOST
            transition = step(task, fact, now, attempt_id=attempt_id, error=report.reason)
        batch.task(run, transition)
        self._book.left_slot(run, task, transition, batch)
        self._book.callbacks.follow(run, transition, batch, now, report.reason)
        if task.state is S.SCHEDULED:
            self._book.offer(run, task, batch, now)
        self._follow(run, task)

    def _follow(self, run: RunView, task: TaskView) -> None:
        self._changed.setdefault(run.pk, []).append(task.key)

    def _restart(self, run: RunView, task: TaskView, batch: Batch, now: datetime) -> None:
        self._book.restart(run, task, batch, now)
        self._follow(run, task)

    def _current(self, task: TaskView, attempt_id: str) -> bool:
        return task.attempt_id == attempt_id and task.state in (S.QUEUED, S.RUNNING, S.RESTARTING)

    def _task(self, run_pk: int, key: TaskKey) -> tuple[RunView | None, TaskView | None]:
        run = self._book.runs.get(run_pk)
        if run is None:
            return None, None
        self._book.quarantine.about(run)
        return run, run.tasks.get(key)

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

    @staticmethod
    def _emission(run: RunView, task: TaskView, outcome: Outcome, now: datetime) -> AssetEmission:
        return AssetEmission(
            run_pk=run.pk,
            dag_id=run.dag_id,
            run_id=run.run_id,
            task_id=task.key.task_id,
            map_index=task.key.map_index,
            attempt_id=outcome.attempt_id,
            at=now,
            events=tuple(
                event if event.partition_key is not None else structs.replace(event, partition_key=run.partition_key)
                for event in outcome.asset_events
            ),
        )

    @staticmethod
    def _xcoms(run: RunView, task: TaskView, values: tuple[XComValue, ...], *, replace_all: bool = False) -> XComWrite:
        return XComWrite(
            run_pk=run.pk,
            dag_id=run.dag_id,
            run_id=run.run_id,
            task_id=task.key.task_id,
            map_index=task.key.map_index,
            values=values,
            replace_all=replace_all,
        )


def _shown(outcome: Outcome) -> dict[str, object]:
    """What the task showed of itself, as columns."""
    shown: dict[str, object] = {}
    if outcome.rendered:
        shown["rendered"] = outcome.rendered
    if outcome.rendered_map_index is not None:
        shown["rendered_map_index"] = outcome.rendered_map_index
    return shown


def _at(outcome: Outcome) -> datetime | None:
    """When the task is due again, where the worker decided that."""
    if outcome.retry_delay is not None:
        return later(outcome.at, outcome.retry_delay)
    return outcome.deadline if outcome.state == "awaiting_input" else outcome.reschedule_at


def _why(outcome: Outcome, fact: Fact) -> str:
    """The error, and what the retry policy says to it; of a task that skipped itself, what it said."""
    if fact is Fact.SKIPPED:
        return outcome.error.removeprefix("AirflowSkipException").removeprefix(": ")
    if fact is not Fact.FAILED:
        return ""
    return f"{outcome.error} ({outcome.retry_reason})" if outcome.retry_reason else outcome.error


def _wakes(outcome: Outcome) -> bool:
    """Whether a sensor that looks again later need not: the leader tells it when there is something to see."""
    return outcome.awaits is not None and outcome.deadline is not None
