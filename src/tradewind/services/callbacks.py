"""The callbacks that are owed: which wait, which are out, and since when.  Used by `services.runbook` and
`services.reports`.

A callback is a row that was written together with its event.  It is granted to a worker once: the grant is written
before the worker may begin, and a row that was granted is never handed out again, whatever becomes of the worker.  So
one that nobody was granted runs late rather than never, and one that was granted runs at most once.  Callbacks share
the places of the executor with tasks but never take more than half of them, and each has a time limit.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from tradewind.core.deadlines import absent_run
from tradewind.core.machine import Transition
from tradewind.core.view import RunView
from tradewind.ports.callbacks import NO_RUN
from tradewind.ports.store import CallbackEnd, CallbackRow, CallbackStart, StrayAttempt
from tradewind.services import dispatch
from tradewind.services.batch import Batch
from tradewind.services.ledger import Ledger
from tradewind.spec.schedule import Interval
from tradewind.spec.wire import Outcome

TIME_LIMIT = 300.0
"""Seconds that the callbacks of one event may take."""
PATIENCE = 15.0
"""Seconds after the limit in which a worker should have ended them by itself."""


@dataclass(slots=True)
class _Out:
    row: CallbackRow
    run: RunView
    end_by: datetime | None = None
    overdue: bool = False


class Callbacks:
    """What is owed, handed out in the order of the events."""

    def __init__(self, ledger: Ledger, *, holder: str, new_id: Callable[[], str]) -> None:
        """`holder`: the id of this scheduler."""
        self._new_id = new_id
        self._ledger = ledger
        self._holder = holder
        self._limit = ledger.callback_limit
        self._waiting: deque[tuple[CallbackRow, RunView]] = deque()
        self._known: set[str] = set()
        self._out: dict[str, _Out] = {}

    def write(
        self,
        run: RunView,
        kind: str,
        reason: str,
        data: Mapping[str, object],
        batch: Batch,
        now: datetime,
        ti_id: str | None = None,
    ) -> None:
        """Write a callback with its event, and hand it out after the commit."""
        row = CallbackRow(self._new_id(), run.pk, kind, reason[:1000], now, ti_id, dict(data))
        if run.pk == NO_RUN:
            row = replace(row, dag_id=run.dag_id, run_id=run.run_id)
        batch.callback(run, row)
        batch.after(run.pk, partial(self.owe, row, run))

    def follow(self, run: RunView, transition: Transition, batch: Batch, now: datetime, reason: str = "") -> None:
        """The callbacks and mails of a transition that are due outside the task's process."""
        for kind in transition.callbacks:
            self.write(run, kind, reason or transition.reason, transition.about, batch, now, transition.ti_id)

    def load(self, pending: Iterable[CallbackRow], find: Callable[[int], RunView | None]) -> None:
        """Take up what the database shows as owed; `find` gives the view of a run, be it over or not."""
        runs: dict[int, RunView | None] = {}
        for row in pending:
            if row.id in self._known or self._ledger.live(row.id) is not None:
                continue
            if row.run_pk == NO_RUN:
                self.owe(row, _absent(row))
                continue
            if row.run_pk not in runs:
                runs[row.run_pk] = find(row.run_pk)
            run = runs[row.run_pk]
            if run is not None:
                self.owe(row, run)

    def owe(self, row: CallbackRow, run: RunView) -> None:
        """A callback goes out as soon as there is a place for it; nothing for one that is known already."""
        if row.id in self._known:
            return
        if row.state == "running":
            # granted by a scheduler that died: it is ended, and not run again
            self._ledger.orphans.stray(StrayAttempt(row.id, row.run_pk, None, row.worker_id))
            return
        self._known.add(row.id)
        self._waiting.append((row, run))

    def forget_waiting(self) -> None:
        """They are read again."""
        self._known.difference_update(row.id for row, _ in self._waiting)
        self._waiting.clear()

    def room(self) -> int:
        """How many may go out now."""
        most = max(1, self._ledger.slots // 2)
        return max(0, min(len(self._waiting), self._ledger.free, most - len(self._out)))

    def submit(self, now: datetime) -> None:
        """Hand out the callback that waits longest."""
        row, run = self._waiting.popleft()
        self._out[row.id] = _Out(row, run)
        source = self._ledger.source(run.dag_id)
        if source is None:
            error = f"DAG {run.dag_id!r} is gone, and its code with it"
            self._ledger.hand_out_failed(row.id, run.pk, Outcome(attempt_id=row.id, state="done", at=now, error=error))
            return
        work = dispatch.callback_work(run, row, source, self._ledger.log_folder, self._limit)
        self._ledger.hand_out_callback(run.pk, work)

    def claimed(self, callback_id: str, batch: Batch, now: datetime) -> None:
        """A worker has its code loaded: write that it is granted, then grant it."""
        out = self._out.get(callback_id)
        if out is None:
            self._ledger.refuse(callback_id)
            return
        batch.callback_start(
            CallbackStart(callback_id, self._holder, now, dispatch.callback_log_path(out.run, callback_id))
        )
        # tied to no run: it is granted whatever becomes of the run's part of this step
        batch.after(0, partial(self._grant, out, now))

    def _grant(self, out: _Out, now: datetime) -> None:
        out.end_by = out.end_by or now + timedelta(seconds=self._limit + PATIENCE)
        self._ledger.grant(out.row.id)

    def ended(self, callback_id: str, batch: Batch, at: datetime, state: str, error: str) -> None:
        """It is over: success, failed or lost."""
        out = self._out.get(callback_id)
        if out is not None and out.overdue and state == "lost":
            state, error = "failed", f"it ran longer than {self._limit:g} s and was ended"
        batch.callback_end(CallbackEnd(callback_id, state, at, error))
        batch.after(0, partial(self._forget, callback_id))

    def _forget(self, callback_id: str) -> None:
        self._out.pop(callback_id, None)
        self._known.discard(callback_id)

    def end_overdue(self, now: datetime) -> None:
        """End those that ignore their time limit."""
        for callback_id, out in self._out.items():
            if out.end_by is not None and out.end_by <= now and not out.overdue:
                out.overdue = True
                self._ledger.cancel(callback_id)

    def run_deleted(self, run_pk: int) -> None:
        """Nothing can be owed for a run that is gone."""
        gone = [row.id for row, run in self._waiting if run.pk == run_pk]
        self._waiting = deque(item for item in self._waiting if item[1].pk != run_pk)
        self._known.difference_update(gone)
        for callback_id in [callback_id for callback_id, out in self._out.items() if out.run.pk == run_pk]:
            self._ledger.cancel(callback_id)
            self._forget(callback_id)


def as_data(run: RunView) -> dict[str, str | None]:
    """The times of a run that was not made, as JSON: all that is known of it."""
    interval = run.interval
    times = {
        "run_after": run.run_after,
        "logical_date": run.logical_date,
        "start": interval.start if interval is not None else None,
        "end": interval.end if interval is not None else None,
    }
    return {name: None if at is None else at.isoformat() for name, at in times.items()}


def _absent(row: CallbackRow) -> RunView:
    """The run that was not made, of which a callback that is owed tells."""
    data = (row.data or {}).get("fire_time") or {}
    at = {name: datetime.fromisoformat(text) for name, text in data.items() if text}
    interval = Interval(at["start"], at["end"]) if "start" in at and "end" in at else None
    run_after = at.get("run_after", row.created_at)
    return absent_run(row.dag_id or "", row.run_id or "", NO_RUN, run_after, at.get("logical_date"), interval)
