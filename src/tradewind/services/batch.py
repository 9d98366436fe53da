"""One scheduling step in the making: what to write, and what to do once it is written.  Used by
`services.scheduler`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from tradewind.core.machine import Transition
from tradewind.core.view import RunView
from tradewind.ports.callbacks import NO_RUN
from tradewind.ports.store import (
    AssetEmission,
    AttemptChange,
    CallbackEnd,
    CallbackRow,
    CallbackStart,
    DeadlineEnd,
    DeadlineRow,
    LengthWrite,
    NewAttempt,
    NewInstance,
    NewTrigger,
    RunChange,
    Step,
    TaskChange,
    TriggerChange,
    XComWrite,
)
from tradewind.spec.ids import TaskKey
from tradewind.telemetry import emit

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Batch:
    """Collects the changes of a step and the effects that leave the database, which happen after the commit only."""

    step: Step
    effects: list[tuple[int, Callable[[], None]]] = field(default_factory=list)
    """(run_pk, effect): dropped when the run's part of the step missed."""
    new: dict[str, NewInstance] = field(default_factory=dict)
    """Task instances that this step inserts, by id."""
    expanded: set[int] = field(default_factory=set)
    """Runs of which this step makes as many instances of mapped tasks as one step may."""
    freed: set[str] = field(default_factory=set)
    """Work that reports of this step end: its places at the executor are free."""
    changes: list[tuple[RunView, str | None, str | None]] = field(default_factory=list)
    """(run, task id, new state) of what changed its state; without a task id: the run itself."""
    waiting: list[tuple[TaskKey, NewTrigger]] = field(default_factory=list)
    """Tasks that begin to wait for other DAGs."""
    fenced: bool = False
    """Effects must not happen in a deposed leader, although there is nothing to write."""

    def task(self, run: RunView, transition: Transition, **extra: object) -> None:
        """Write a transition of a task instance, guarded by the state and the attempt it came from."""
        self._touch(run)
        self.changes.append((run, transition.key.task_id, transition.to_state))
        new = self.new.get(transition.ti_id)
        if new is not None:
            new.state = transition.to_state
            new.values.update(transition.values, **extra)
            return
        self.step.tasks.append(
            TaskChange(
                run_pk=run.pk,
                ti_id=transition.ti_id,
                expect_state=transition.from_state,
                expect_attempt=transition.from_attempt,
                state=transition.to_state,
                values={**transition.values, **extra},
            )
        )
        if transition.dropped_trigger is not None:
            self.step.triggers.append(TriggerChange(run.pk, transition.dropped_trigger))

    def run(self, run: RunView, change: RunChange) -> None:
        """Write a change of a run."""
        self._touch(run)
        self.changes.append((run, None, change.state))
        self.step.runs.append(change)

    def change(self, run: RunView, change: TaskChange) -> None:
        """Write a change of a task instance that is no transition."""
        self._touch(run)
        self.step.tasks.append(change)

    def new_task(self, run: RunView, new: NewInstance) -> None:
        """Insert a task instance that mapping made.  What else this step decides about it goes into the same row."""
        self._touch(run)
        self.step.new_tasks.append(new)
        self.new[new.task.id] = new

    def length(self, run: RunView, write: LengthWrite) -> None:
        """Write for how many instances of mapped tasks a result makes."""
        self._touch(run)
        self.step.lengths.append(write)

    def new_attempt(self, run: RunView, attempt: NewAttempt) -> None:
        """Enter an attempt."""
        self._touch(run)
        self.step.new_attempts.append(attempt)

    def attempt(self, change: AttemptChange) -> None:
        """Write how an attempt goes on.  Not tied to the run's revision: an attempt's end is a fact."""
        self.step.attempts.append(change)

    def xcoms(self, run: RunView, write: XComWrite) -> None:
        """Write XComs in the transaction of the event that made them."""
        self._touch(run)
        self.step.xcoms.append(write)

    def emission(self, run: RunView, emitted: AssetEmission) -> None:
        """Write asset events in the transaction of the success that emitted them."""
        self._touch(run)
        self.step.emissions.append(emitted)

    def callback(self, run: RunView, row: CallbackRow) -> None:
        """Queue a callback in the transaction of its event."""
        self._touch(run)
        self.step.callbacks.append(row)

    def deadline(self, run: RunView, row: DeadlineRow) -> None:
        """Write a deadline of a new run."""
        self._touch(run)
        self.step.deadlines.append(row)

    def deadline_end(self, run: RunView, end: DeadlineEnd) -> None:
        """Write that a deadline was met or missed."""
        self._touch(run)
        self.step.deadline_ends.append(end)

    def callback_start(self, start: CallbackStart) -> None:
        """Write that a callback is granted."""
        self.step.callback_starts.append(start)

    def callback_end(self, end: CallbackEnd) -> None:
        """Write the end of a callback."""
        self.step.callback_ends.append(end)

    def new_trigger(self, run: RunView, key: TaskKey, new: NewTrigger) -> None:
        """Enter a trigger that a task waits for."""
        self._touch(run)
        self.step.new_triggers.append(new)
        if new.awaits is not None:
            self.waiting.append((key, new))

    def trigger(self, change: TriggerChange) -> None:
        """Write that a trigger was acted on, or is not needed."""
        self.step.triggers.append(change)

    def after(self, run_pk: int, effect: Callable[[], None]) -> None:
        """Do this after the commit, unless the run's part of it missed."""
        self.effects.append((run_pk, effect))

    def tell(self, run_pk: int, event: str, **fields: object) -> None:
        """Emit a telemetry event after the commit, as `after` does."""
        self.effects.append((run_pk, partial(emit, event, **fields)))

    def perform(self, missed: set[int], about: Callable[[int], None] = lambda run_pk: None) -> None:
        """Let the effects happen, except those of the runs that were left out.  All are tried: each of them stands for
        something that is committed.  Raises the first error; `about` is told first whose it is."""
        first: Exception | None = None
        for run_pk, effect in self.effects:
            if run_pk not in missed:
                try:
                    effect()
                except Exception as error:
                    log.exception("something that follows from a step failed")
                    if first is None:
                        first = error
                        about(run_pk)
        if first is not None:
            raise first

    def _touch(self, run: RunView) -> None:
        if run.pk != NO_RUN:
            self.step.revisions[run.pk] = run.revision

    @property
    def empty(self) -> bool:
        """True when there is nothing to write, not even to see whether this process still leads."""
        step = self.step
        return not (
            self.fenced
            or step.tasks
            or step.new_tasks
            or step.new_attempts
            or step.attempts
            or step.runs
            or step.xcoms
            or step.lengths
            or step.callbacks
            or step.deadlines
            or step.deadline_ends
            or step.callback_starts
            or step.callback_ends
            or step.triggers
        )
