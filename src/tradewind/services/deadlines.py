"""Deadlines of runs and tasks: planned with the run, and told of once when they are missed.  Used by
`services.runbook` and `services.scheduler`.

The rows are written by the leader, found again by an index after a restart (also those of runs that ended without a
leader), and closed in the transaction that writes the callback: a deadline is missed once, over restarts and changes of
the leader.  A run that is cleared and queued again gets rows anew; those that were missed stay as they are.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial

from tradewind.core import deadlines as core
from tradewind.core.view import RunView
from tradewind.ports.callbacks import DeadlineEnd, DeadlineRow
from tradewind.ports.store import HistoryStore
from tradewind.services.absences import Absences
from tradewind.services.agenda import Moments
from tradewind.services.batch import Batch
from tradewind.services.callbacks import Callbacks
from tradewind.spec.deadlines import DeadlineSpec
from tradewind.spec.moments import later
from tradewind.spec.states import FINISHED_RUN, DagRunType

log = logging.getLogger(__name__)


class Deadlines:
    """What is pending of the unfinished runs, by when it is due."""

    def __init__(
        self,
        history: HistoryStore,
        callbacks: Callbacks,
        *,
        new_id: Callable[[], str],
        variable: Callable[[str], str] | None = None,
    ) -> None:
        """`variable` reads a Variable; it may raise."""
        self._history = history
        self._callbacks = callbacks
        self._new_id = new_id
        self._variable = variable
        self.due_since: Callable[[str], datetime | None] = lambda dag_id: None
        """Since when fire times of a DAG are due; set by `services.calendar`."""
        self.absences = Absences(history, callbacks, self._seconds)
        self.reset()

    def reset(self) -> None:
        """Forget what is about to be read again."""
        self.absences.reset()
        self._new: dict[int, RunView] = {}
        self._ended: dict[int, RunView] = {}
        self._pending: dict[int, dict[str, DeadlineRow]] = {}
        self._due: Moments[str] = Moments()

    def enter(self, run: RunView) -> None:
        """A run was loaded, or loaded anew, or is over."""
        if not run.spec.deadlines and not any(task.deadlines for task in run.spec.tasks):
            return
        known = self._history.deadlines(run.pk)
        self._take(run.pk, (row for row in known if row.state == "pending"))
        if run.state in FINISHED_RUN:
            self._ended[run.pk] = run
        elif not any(_counts(row, run) for row in known):
            self._new[run.pk] = run

    def _take(self, run_pk: int, rows: Iterable[DeadlineRow]) -> None:
        self._due.drop(run_pk)
        self._pending[run_pk] = {row.id: row for row in rows}
        for row in self._pending[run_pk].values():
            self._due.push(row.due_at, run_pk, row.id)

    def run_deleted(self, run_pk: int) -> None:
        """Nothing is due of a run that is gone."""
        for known in (self._new, self._ended, self._pending):
            known.pop(run_pk, None)
        self._due.drop(run_pk)

    def next_due(self) -> datetime | None:
        """The earliest deadline."""
        return min((at for at in (self._due.next_due(), self.absences.next_due()) if at is not None), default=None)

    def has_more(self) -> bool:
        """Whether runs came or went since the last look."""
        return bool(self._new or self._ended)

    def look(self, runs: dict[int, RunView], batch: Batch, now: datetime) -> None:
        """Plan those of new runs, close those of runs that are over, tell of those that are missed."""
        for run in self._new.values():
            self._plan(run, batch, now)
        self._new.clear()
        for run in self._ended.values():
            for row in list(self._pending.get(run.pk, {}).values()):
                self._close(run, row, batch, now)
            self._pending.pop(run.pk, None)
            self._due.drop(run.pk)
        self._ended.clear()
        for run_pk, deadline_id in self._due.take(now):
            due, found = self._pending.get(run_pk, {}).get(deadline_id), runs.get(run_pk)
            if due is not None and found is not None:
                self._close(found, due, batch, now)

    def _plan(self, run: RunView, batch: Batch, now: datetime) -> None:
        made: list[DeadlineRow] = []
        known = self._history.deadlines(run.pk)
        for row in known:  # of before it was cleared
            if row.state == "pending" and run.queued_at is not None and row.due_at <= run.queued_at:
                self._close(run, row, batch, now)
            elif row.state in ("pending", "asked"):
                batch.deadline_end(run, DeadlineEnd(row.id, run.pk, "replaced", now))
        for task_id, number, spec in core.planned(run):
            seconds = self._seconds(run.dag_id, spec)
            average = None
            if spec.reference == "average_runtime":
                average = self._history.average_runtime(run.dag_id, spec.max_runs, spec.min_runs)
            due, state = None, "pending"
            if spec.reference == "custom" and seconds is not None:
                due, state = _asked(spec, run, known, task_id, number, later(now, seconds), now)
            elif seconds is not None:
                since = self.due_since(run.dag_id)
                due = core.due_at(
                    spec, run, now, seconds=seconds, average=average, due_since=since, anew=bool(known)
                )  # fmt: skip
            if due is not None:
                made.append(
                    DeadlineRow(
                        self._new_id(), run.pk, run.dag_id, task_id, number, spec.name, spec.reference, due, now,
                        state, run.clear_number,
                    )
                )  # fmt: skip
        if run.run_type is DagRunType.SCHEDULED and not known:
            made = self._untold(run, made)
        for row in made:
            batch.deadline(run, row)
        # after the commit: a run whose part of the step missed is loaded, and planned, again
        batch.after(run.pk, lambda: self._take(run.pk, (row for row in made if row.state == "pending")))

    def _untold(self, run: RunView, made: list[DeadlineRow]) -> list[DeadlineRow]:
        """Without those that were told of when the fire time had no run yet."""
        ids = {
            row.id: core.id_of_fire_time(run.dag_id, run.run_id, row.number)
            for row in made
            if row.reference == "not_started" and not row.task_id
        }
        told = self._history.known_deadlines(sorted(ids.values())) if ids else set()
        return [replace(row, id=ids.get(row.id, row.id)) for row in made if ids.get(row.id) not in told]

    def _seconds(self, dag_id: str, spec: DeadlineSpec) -> float | None:
        if spec.variable is None:
            return spec.interval
        try:
            if self._variable is None:
                raise LookupError("there are no Variables here")
            seconds = float(self._variable(spec.variable))
            if not math.isfinite(seconds):
                raise ValueError(f"it is {seconds}")
            return seconds
        except Exception as error:
            log.error(
                "a deadline of %s cannot be told: the Variable %r is no number of seconds: %s",
                dag_id,
                spec.variable,
                error,
            )
            return None

    def _close(self, run: RunView, row: DeadlineRow, batch: Batch, now: datetime) -> None:
        spec = _spec(run, row)
        pending = self._pending.get(run.pk, {})
        if spec is None or core.is_met(spec, run, row.task_id, row.due_at):
            batch.deadline_end(run, DeadlineEnd(row.id, run.pk, "met", now))
        elif row.due_at > now:
            # the run is over, though not as the deadline wants it: nothing more can be missed
            batch.deadline_end(run, DeadlineEnd(row.id, run.pk, "met", now))
        else:
            what = f"task {row.task_id}" if row.task_id else "the run"
            done = "started" if row.reference == "not_started" else "ended"
            reason = f"{what} had not {done} by {row.due_at.isoformat()}"
            data = {
                "task_id": row.task_id or None,
                "number": row.number,
                "deadline": {"id": row.id, "deadline_time": row.due_at.isoformat(), "name": row.name},
            }
            batch.deadline_end(run, DeadlineEnd(row.id, run.pk, "missed", now))
            self._callbacks.write(run, "deadline", reason, data, batch, now)
            log.info("deadline of run %s of %s: %s", run.run_id, run.dag_id, reason)
        batch.after(run.pk, partial(_drop, pending, row.id))


def _asked(
    spec: DeadlineSpec,
    run: RunView,
    known: list[DeadlineRow],
    task_id: str,
    number: int,
    due: datetime,
    now: datetime,
) -> tuple[datetime | None, str]:
    """When a deadline is due of which only its code knows, and the state of its row: it is asked by
    `services.forecaster`.  What it said of the run before a clear stays, unless it wants to be asked again."""
    before = [row for row in known if (row.task_id, row.number) == (task_id, number)]
    last = max(before, key=lambda row: row.clear_number, default=None)
    if last is None or spec.again or last.state == "asked":
        return due, "asked"
    ahead = last.state in ("pending", "met") and last.due_at > now
    return (last.due_at if ahead else None), "pending"


def _counts(row: DeadlineRow, run: RunView) -> bool:
    """Whether the deadline was planned since the run was queued last.  (Clocks differ: the number tells, too.)"""
    return row.clear_number == run.clear_number or run.queued_at is None or row.created_at >= run.queued_at


def _drop(pending: dict[str, DeadlineRow], deadline_id: str) -> None:
    pending.pop(deadline_id, None)


def _spec(run: RunView, row: DeadlineRow) -> DeadlineSpec | None:
    """The deadline in the run's version of the DAG."""
    if row.task_id:
        task = run.graph.tasks.get(row.task_id)
        specs = task.deadlines if task is not None else ()
    else:
        specs = run.spec.deadlines
    return specs[row.number] if row.number < len(specs) else None
