"""Tasks whose triggers fired go on.  Used by `services.scheduler`; how they begin to wait is in `services.waits`.

A trigger's row is written with the step that defers its task.  A triggerer writes into the row what it brought, and
signals; the leader reads it, and the step that lets the task go on marks the row as spent, so that it is acted on once,
whatever dies in between.  What the leader resolves itself (`services.subscriptions`) goes on the same way.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from tradewind.core import flow
from tradewind.core.machine import TRIGGER_FAILED, Fact, step
from tradewind.core.phrases import say
from tradewind.core.view import RunView, TaskView
from tradewind.ports.store import TriggerChange, XComWrite
from tradewind.ports.triggers import DeferralStore, FiredTrigger
from tradewind.services.batch import Batch
from tradewind.services.runbook import Runbook
from tradewind.services.subscriptions import waiting
from tradewind.spec.states import TaskInstanceState
from tradewind.spec.wire import XComValue

S = TaskInstanceState
_AT_ONCE = 1000
"""So many fired triggers are taken into one step."""
_ENDS = {"success": Fact.SUCCEEDED, "failure": Fact.FAILED, "skipped": Fact.SKIPPED}


class Deferrals:
    """What fired and is not committed yet."""

    def __init__(self, store: DeferralStore) -> None:
        self._store = store
        self._fired: dict[str, FiredTrigger] = {}
        self.has_more = False
        """Whether more may have fired than was read."""

    def look(self) -> None:
        """Read what fired since the last look."""
        found = self._store.fired(_AT_ONCE)
        self._fired = {fired.id: fired for fired in found}
        self.has_more = len(found) == _AT_ONCE

    def decide(self, book: Runbook, batch: Batch, now: datetime, monotonic: float) -> None:
        """Let tasks go on whose triggers fired, or whose wait for other DAGs is over."""
        for fired in book.subscriptions.look(book.runs, now, monotonic):
            task = waiting(book.runs, fired.run_pk, fired.key, fired.id)
            if task is None:
                book.subscriptions.done(fired.id)  # whoever ended its wait deleted the row
                continue
            view = book.runs[fired.run_pk]
            book.quarantine.about(view)
            self._go_on(book, view, task, fired, batch, now)
            batch.after(view.pk, partial(book.subscriptions.done, fired.id))
        if self.has_more and not self._fired:
            self.look()
        for fired in self._fired.values():
            run = book.runs.get(fired.run_pk)
            if fired.run_pk in book.quarantine.out:
                continue
            if run is not None:
                book.quarantine.about(run)
            task = run.tasks.get(fired.key) if run is not None else None
            if run is None or task is None or task.state is not S.DEFERRED or task.trigger_id != fired.id:
                batch.trigger(TriggerChange(fired.run_pk, fired.id))  # too late: nobody waits for it
                batch.after(0, partial(self._done, fired.id))
                continue
            self._go_on(book, run, task, fired, batch, now)
            batch.after(run.pk, partial(self._done, fired.id))

    @staticmethod
    def follow(book: Runbook, batch: Batch, missed: set[int]) -> None:
        """A step is written, but for the runs that were left out: who waits for what it changed looks at it."""
        for key, new in batch.waiting:
            if new.run_pk not in missed:
                book.subscriptions.began(key, new)
        for change in batch.step.triggers:
            if change.drop and change.run_pk not in missed:
                book.subscriptions.done(change.id)
        book.subscriptions.changed(change for change in batch.changes if change[0].pk not in missed)

    def _done(self, trigger_id: str) -> None:
        self._fired.pop(trigger_id, None)

    def _go_on(
        self, book: Runbook, run: RunView, task: TaskView, fired: FiredTrigger, batch: Batch, now: datetime
    ) -> None:
        if task.state is S.UP_FOR_RESCHEDULE:
            fact, reason = Fact.RESCHEDULE_DUE, str(say("recorded.came"))
        else:
            fact = _ENDS.get(fired.outcome, Fact.TRIGGER_FIRED)
            reason = str(say("recorded.trigger_failed")) if fired.outcome == "failed" else ""
        method = TRIGGER_FAILED if fired.outcome == "failed" else None
        if fact in _ENDS.values():
            reason = str(say("recorded.trigger_ended", state=fired.outcome))
        transition = step(task, fact, max(now, fired.at), retry=False, next_method=method, reason=reason)
        batch.task(run, transition)
        if fact is Fact.TRIGGER_FIRED:
            at = None if fired.event is None else fired.at
            batch.trigger(TriggerChange(run.pk, fired.id, drop=False, event=fired.event, at=at))
        if fired.xcoms:
            values = tuple(XComValue(key=key, value=value) for key, value in fired.xcoms)
            batch.xcoms(run, XComWrite(run.pk, run.dag_id, run.run_id, task.key.task_id, task.key.map_index, values))
        book.left_slot(run, task, transition, batch)
        book.callbacks.follow(run, transition, batch, now)
        if fact not in _ENDS.values():
            run.recount(task)
            book.offer(run, task, batch, now)
        else:
            book.write(run, flow.after(run, [task.key], now), batch, now)
