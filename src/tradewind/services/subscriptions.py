"""Waits for runs and tasks of other DAGs, resolved by the leader itself.  Used by `services.runbook`, which tells what
changed, and by `services.deferrals`, which lets the tasks go on.

Theory.  A subscription is a trigger's row of kind `engine`; here is an index of those that wait, by what they wait for,
read from the rows when a leader takes over.  Whatever changes a run or a task (a step of the leader, somebody's mark,
clear, deletion or new run, seen through the signals) touches the subscriptions to it; a new one is touched at once, for
what was there before.  What was touched is looked at in the database, all who ask the same together, and whoever finds
what it waits for goes on in the next step.  Nothing is looked at because time passes, but for a slow sweep that catches
what a lost signal missed.  The row, the task and what it is told change in one guarded step, so it happens once.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from tradewind.core import external
from tradewind.core.view import RunView, TaskView
from tradewind.ports.store import NewTrigger
from tradewind.ports.triggers import FiredTrigger, Subscription, SubscriptionStore
from tradewind.spec import serde
from tradewind.spec.external import ExternalWait
from tradewind.spec.ids import TaskKey
from tradewind.spec.states import TaskInstanceState

log = logging.getLogger(__name__)

SWEEP_SECONDS = 60.0
"""A subscription that nothing touched is looked at again after this time."""
_AT_ONCE = 5000
"""So many subscriptions are looked at in one step."""
_QUESTIONS = 200
"""So many different questions are asked of the database in one step, about 2 ms each."""
_PER_SWEEP = 100
"""So many of those that nothing touched are looked at in one sweep."""
_WAITS = (TaskInstanceState.DEFERRED, TaskInstanceState.UP_FOR_RESCHEDULE)


class Subscriptions:
    """Who waits for what in other DAGs."""

    def __init__(self, store: SubscriptionStore) -> None:
        self._store = store
        self.reset()

    def reset(self) -> None:
        """Forget what is about to be read again."""
        self._waiting: dict[str, Subscription] = {}
        self._index: dict[str, dict[Hashable, dict[str | None, set[str]]]] = {}
        """DAG id -> logical date or id of a run -> task, see `core.external.parts` -> ids of subscriptions."""
        self._touched: dict[str, None] = {}
        self._looked: OrderedDict[str, float] = OrderedDict()
        """Id -> when it was looked at last, by the monotonic clock; the longest ago first."""
        self._resolved: dict[str, FiredTrigger] = {}

    def load(self) -> None:
        """A leader takes over, or starts anew: all that wait look at what is there."""
        for subscription in self._store.waiting():
            self._add(subscription)

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def has_more(self) -> bool:
        """Whether something was touched and not looked at."""
        return bool(self._touched)

    # --- what changes -----------------------------------------------------------------------------------------

    def began(self, key: TaskKey, new: NewTrigger) -> None:
        """A task began to wait, and that is committed: it looks at what was there before."""
        assert new.awaits is not None
        self._add(Subscription(new.id, new.run_pk, key, new.trigger_class, new.awaits))

    def _add(self, subscription: Subscription) -> None:
        self._waiting[subscription.id] = subscription
        by_run = self._index.setdefault(subscription.wait.dag_id, {})
        for name in _names(subscription.wait):
            by_task = by_run.setdefault(name, {})
            for part in external.parts(subscription.wait):
                by_task.setdefault(part, set()).add(subscription.id)
        self._touched[subscription.id] = None

    def _drop(self, subscription_id: str) -> None:
        subscription = self._waiting.pop(subscription_id)
        self._touched.pop(subscription_id, None)
        self._looked.pop(subscription_id, None)
        by_run = self._index[subscription.wait.dag_id]
        for name in _names(subscription.wait):
            by_task = by_run[name]
            for part in external.parts(subscription.wait):
                by_task[part].discard(subscription_id)
                if not by_task[part]:
                    del by_task[part]
            if not by_task:
                del by_run[name]
        if not by_run:
            del self._index[subscription.wait.dag_id]

    def run_changed(self, run: RunView) -> None:
        """A run was made, or loaded anew: everything in it may have changed."""
        for by_task in self._of(run):
            self._touch(by_task.values())

    def changed(self, changes: Iterable[tuple[RunView, str | None, str | None]]) -> None:
        """Task instances (by task id), or runs (None), came into these states.  Only a state that is waited for can end
        a wait: what is queued or starts costs no look."""
        if self._index:
            for run, task_id, state in changes:
                for by_task in self._of(run):
                    every = by_task.get(external.ANY_TASK, ()) if task_id is not None else ()
                    concerned = (by_task.get(task_id, ()), every)
                    self._touch([one for one in ids if self._waiting[one].wait.ends_with(state)] for ids in concerned)

    def dag_changed(self, dag_id: str) -> None:
        """A DAG changed, or one of its runs is gone."""
        for by_task in self._index.get(dag_id, {}).values():
            self._touch(by_task.values())

    def _of(self, run: RunView) -> list[dict[str | None, set[str]]]:
        by_run = self._index.get(run.dag_id)
        if by_run is None:
            return []
        return [by_run[name] for name in (run.logical_date, run.run_id) if name in by_run]

    def _touch(self, sets: Iterable[Iterable[str]]) -> None:
        for ids in sets:
            self._touched.update(dict.fromkeys(sorted(ids)))

    def sweep(self, now: float) -> None:
        """Look again at those that nothing touched for long; `now` by the monotonic clock."""
        for subscription_id, at in list(islice(self._looked.items(), _PER_SWEEP)):
            if now - at < SWEEP_SECONDS:
                break
            self._touched[subscription_id] = None
            self._looked.move_to_end(subscription_id)

    # --- what follows -----------------------------------------------------------------------------------------

    def look(self, runs: Mapping[int, RunView], now: datetime, monotonic: float) -> Iterable[FiredTrigger]:
        """Those whose wait is over and that did not go on yet."""
        answers: dict[ExternalWait, Mapping[str, Any]] = {}
        for subscription_id in list(islice(self._touched, _AT_ONCE)):
            subscription = self._waiting[subscription_id]
            if waiting(runs, subscription.run_pk, subscription.key, subscription_id) is None:
                self._drop(subscription_id)  # cleared, marked, timed out: whoever did that deleted the row
                continue
            asked = _question(subscription.wait)
            if asked not in answers:
                if len(answers) == _QUESTIONS:
                    break
                answers[asked] = self._store.external(asked)
            answer = answers[asked]
            del self._touched[subscription_id]
            self._looked[subscription_id] = monotonic
            self._looked.move_to_end(subscription_id)
            if external.verdict(subscription.wait, answer) != "waiting":
                event = serde.dumps(external.event(subscription.wait, answer, subscription.trigger_class))
                self._resolved[subscription_id] = FiredTrigger(
                    subscription_id, subscription.run_pk, subscription.key, "event", now, event=event
                )
        return list(self._resolved.values())

    def done(self, subscription_id: str) -> None:
        """Its task goes on, and that is committed; or nobody waits any more."""
        self._resolved.pop(subscription_id, None)
        if subscription_id in self._waiting:
            self._drop(subscription_id)


def waiting(runs: Mapping[int, RunView], run_pk: int, key: TaskKey, trigger_id: str) -> TaskView | None:
    """The task instance that waits for a trigger; None when it does not any more."""
    run = runs.get(run_pk)
    task = run.tasks.get(key) if run is not None else None
    return task if task is not None and task.state in _WAITS and task.trigger_id == trigger_id else None


def _names(wait: ExternalWait) -> Iterator[Hashable]:
    if wait.form == "states":
        yield from wait.dates
    yield from wait.run_ids


def _question(wait: ExternalWait) -> ExternalWait:
    """What is asked of the database: the same for all who differ only in the states that they wait for."""
    return replace(wait, allowed=(), failed=(), skipped=(), check_existence=False, poll_interval=0.0)
