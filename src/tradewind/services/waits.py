"""How tasks begin to wait for triggers.  Used by `services.reports` and `services.runbook`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tradewind.core.machine import Fact, Transition, step
from tradewind.core.view import RunView, TaskView
from tradewind.ports.store import NewTrigger
from tradewind.services import dispatch
from tradewind.services.batch import Batch
from tradewind.spec.moments import later
from tradewind.spec.states import TaskInstanceState
from tradewind.spec.wire import Outcome


def wait(run: RunView, task: TaskView, outcome: Outcome, batch: Batch, new_id: Callable[[], str]) -> Transition:
    """A worker's task begins to wait: its transition, with the trigger's row in the batch.

    A task that looks again later but `awaits` runs of other DAGs is called for that earlier, when they are there.
    """
    trigger_id = new_id()
    transition = step(
        task,
        Fact.DEFERRED if outcome.state == "deferred" else Fact.RESCHEDULED,
        outcome.at,
        attempt_id=outcome.attempt_id,
        at=outcome.deadline,
        trigger_id=trigger_id,
        next_method=outcome.next_method,
    )
    batch.new_trigger(
        run,
        task.key,
        NewTrigger(
            id=trigger_id,
            run_pk=run.pk,
            ti_id=task.id,
            kind="task" if outcome.awaits is None else "engine",
            trigger_class=outcome.trigger_class,
            kwargs=outcome.trigger_kwargs,
            next_kwargs=outcome.next_kwargs,
            created_at=outcome.at,
            log_path=dispatch.log_path(run, task),
            queue=outcome.trigger_queue,
            priority_weight=run.graph.weight(task.key.task_id, task.try_number),
            awaits=outcome.awaits,
        ),
    )
    return transition


def start(run: RunView, task: TaskView, batch: Batch, new_id: Callable[[], str], now: datetime) -> Transition | None:
    """A scheduled task that starts with its trigger begins to wait, without a worker; None for any other."""
    first = task.spec.start_trigger
    if first is None or task.state is not TaskInstanceState.SCHEDULED or task.next_method is not None:
        return None
    trigger_id = new_id()
    ends = [later(now, limit) for limit in (first.timeout, task.spec.execution_timeout) if limit]
    transition = step(
        task, Fact.DEFERRED, now, at=min(ends, default=None), trigger_id=trigger_id, next_method=first.next_method
    )
    batch.task(run, transition)
    batch.new_trigger(
        run,
        task.key,
        NewTrigger(
            id=trigger_id,
            run_pk=run.pk,
            ti_id=task.id,
            kind="task",
            trigger_class=first.trigger_class,
            kwargs=first.trigger_kwargs,
            next_kwargs=first.next_kwargs,
            created_at=now,
            log_path=dispatch.log_path(run, task),
            priority_weight=run.graph.weight(task.key.task_id, task.try_number),
        ),
    )
    return transition
