"""Makes runs at their times and starts those that wait.  Used by `services.scheduler`.

Every DAG has at most one entry in a heap of due times; the cost of a step does not depend on how many DAGs there are.
A run's id is made from its time, so a run that was made already (by an earlier leader, say) is not made again.
"""

from __future__ import annotations

import heapq
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tradewind.core import flow
from tradewind.core import runs as core_runs
from tradewind.core.catchup import LeftOut
from tradewind.core.timetables import ForeseenTimetable, Timetable, build
from tradewind.core.timetables.foreseen import LOOK_AGAIN, Unforeseen
from tradewind.core.view import RunView
from tradewind.ports.new_run import new_tasks
from tradewind.ports.schedule import LoggedEvent, ScheduleNote
from tradewind.ports.store import DagRecord, NewRun, SchedulerStore
from tradewind.services.batch import Batch
from tradewind.services.guard import Guard
from tradewind.services.ledger import Ledger
from tradewind.services.lineup import Lineup
from tradewind.services.runbook import Runbook
from tradewind.spec.dag import DagSpec
from tradewind.spec.schedule import Interval, NextRun
from tradewind.spec.states import DagRunState, DagRunType

log = logging.getLogger(__name__)

ASK_AGAIN = timedelta(minutes=1)
"""A custom timetable that failed is asked again after this time."""
SHOWN = 20
"""So many fire times or runs are named in an event."""
TASKS_AT_ONCE = 2000
"""Most task instances made with the runs of one transaction; a run is always made whole."""
RUNS_AT_ONCE = 100
"""Most runs of one DAG made in one step, so that a long catchup holds nothing up."""


@dataclass(slots=True)
class Entry:
    """A DAG on the calendar."""

    record: DagRecord
    timetable: Timetable
    last: Interval | None
    """Data interval of the newest scheduled run."""
    shown: NextRun | None
    """What the `next_*` columns of the database say."""
    following: NextRun | None = None
    """The next run, as last computed."""


class Calendar:
    """When which DAG runs next."""

    def __init__(
        self,
        store: SchedulerStore,
        book: Runbook,
        ledger: Ledger,
        guard: Guard | None,
        *,
        new_id: Callable[[], str],
        holder: str,
    ) -> None:
        self._store = store
        self._guard = guard
        self._book = book
        self._ledger = ledger
        self._new_id = new_id
        self._holder = holder
        self._dags: dict[str, Entry] = {}
        self._due: list[tuple[datetime, str]] = []
        self._planned: dict[str, datetime] = {}
        """DAG -> its entry in the heap that counts; others were overtaken."""
        self._later: list[tuple[datetime, str]] = []
        """When queued runs that may not start yet become due; each entry once, however often a DAG is looked at."""
        self._noted: set[tuple[datetime, str]] = set()
        self._startable: set[str] = set()
        """DAGs that may have a queued run to start."""
        book.deadlines.due_since = self._due_since
        self.why_backfill_waits: Callable[[RunView, Lineup, int], str | None] = lambda run, lineup, most: None
        """Says why a queued run of a backfill may not start; set by the scheduler."""

    def load(self, now: datetime) -> None:
        """Read all DAGs, forgetting what was known."""
        for known in (self._dags, self._due, self._planned, self._later, self._noted, self._startable):
            known.clear()
        if self._guard is not None:
            self._guard.reset()
        self._enter(self._store.dags(), now)

    def dag(self, dag_id: str) -> DagRecord | None:
        """A DAG whose file is there."""
        entry = self._dags.get(dag_id)
        return entry.record if entry is not None else None

    def pause_unknown(self) -> None:
        """Runs of DAGs whose file is gone start nothing new, also after a restart."""
        for dag_id in self._book.by_dag:
            if dag_id not in self._dags and dag_id not in self._book.quarantine.dags_out:
                self._book.set_paused(dag_id, True)

    def reload(self, dag_ids: Iterable[str], now: datetime) -> None:
        """Read these DAGs again: new, changed, paused, unpaused or deleted."""
        wanted = set(dag_ids)
        for dag_id in wanted:
            self._dags.pop(dag_id, None)
            self._book.deadlines.absences.forget(dag_id)
        records = self._store.dags(wanted)
        self._enter(records, now)
        for dag_id in sorted(wanted - {record.dag_id for record in records}):
            self._book.dag_deleted(dag_id)

    def _enter(self, records: Iterable[DagRecord], now: datetime) -> None:
        for record in records:
            self._ledger.set_source(record.dag_id, record.source)
            self._book.set_paused(record.dag_id, record.paused or record.stale)
            if record.stale or record.dag_id in self._book.quarantine.dags_out:
                continue
            self._book.quarantine.about_dag(record.dag_id)
            timetable = build(record.spec.timetable)
            if isinstance(timetable, ForeseenTimetable):
                timetable.forecast = record.forecast
            self._dags[record.dag_id] = Entry(record, timetable, record.last_automated, record.next_run)
            self._plan_at(now, record.dag_id)
            self._startable.add(record.dag_id)

    def _plan_at(self, at: datetime, dag_id: str) -> None:
        planned = self._planned.get(dag_id)
        if planned is None or at < planned:
            self._planned[dag_id] = at
            heapq.heappush(self._due, (at, dag_id))

    def next_due(self) -> datetime | None:
        """When the next run must be made or may start."""
        while self._due and self._planned.get(self._due[0][1]) != self._due[0][0]:
            heapq.heappop(self._due)
        return min((heap[0][0] for heap in (self._due, self._later) if heap), default=None)

    def create_due(self, now: datetime) -> None:
        """Make the runs whose time has come, those of a DAG together."""
        if self._book.failing_dags:
            # one that was paused with the failure must not get another run
            self.reload(self._book.failing_dags, now)
            self._book.failing_dags.clear()
        for dag_id in self._book.ended_dags:
            # a place under max_active_runs is free: a run may start, or be made
            self._startable.add(dag_id)
            self._plan_at(now, dag_id)
        self._book.ended_dags.clear()
        todo: set[str] = set()
        while self._due and self._due[0][0] <= now:
            at, dag_id = heapq.heappop(self._due)
            if self._planned.get(dag_id) == at:
                del self._planned[dag_id]
                todo.add(dag_id)
        for dag_id in sorted(todo):
            entry = self._dags.get(dag_id)
            if entry is not None:
                self._book.quarantine.about_dag(dag_id)
                self._plan(entry, now)

    def _plan(self, entry: Entry, now: datetime) -> None:
        record, absences = entry.record, self._book.deadlines.absences
        if entry.following is not None and entry.following.run_after > now:
            if not record.paused:
                self._plan_at(entry.following.run_after, record.dag_id)
                absences.expect(record, entry.following)
            return
        limit = 0 if record.paused else RUNS_AT_ONCE
        try:
            found = core_runs.plan(record.spec, entry.timetable, entry.last, self._active(record.dag_id), now, limit)
        except (ArithmeticError, ValueError):
            # nothing has been done yet, and what one DAG says must not stop the others
            log.exception("the schedule of %s cannot be computed, so it makes no runs", record.dag_id)
            self._show(entry, None)
            self._plan_at(now + ASK_AGAIN, record.dag_id)
            return
        for run in found.overlapped:
            self._pass_by(entry, run, now)
        due = found.unforeseen or (found.following is not None and found.following.run_after <= now)
        allowed, reason = len(found.create), ""
        try:
            if self._guard is not None:
                allowed, reason = self._guard.allowed(record, entry.timetable, entry.last, found.create, due, now)
            if allowed:
                self._create(entry, found, allowed, now)
            if allowed < len(found.create):
                self._hold(entry, reason, now)
                return
        except Unforeseen:
            # nobody knows how many past runs there are: the answer brings the DAG back here
            self._ask(entry, now)
            return
        entry.following = following = found.following
        if found.unforeseen:
            self._ask(entry, now)
        elif not found.create:
            self._show(entry, following)
        if following is None and record.forecast is not None and record.forecast.ended and not record.paused:
            self._plan_at(max(now, record.forecast.computed_at) + LOOK_AGAIN, record.dag_id)
        if following is not None and not record.paused:
            done = len(found.create) + len(found.overlapped)
            at_once = False
            if following.run_after > now or done == limit or record.spec.overlap != "queue":
                # otherwise a run that is due waits for an active one to end, which brings the DAG back here
                self._plan_at(max(now, following.run_after), record.dag_id)
                at_once = following.run_after <= now
            if at_once:
                absences.forget(record.dag_id)
            else:
                absences.expect(record, following)

    def _due_since(self, dag_id: str) -> datetime | None:
        entry = self._dags.get(dag_id)
        return entry.record.due_since if entry is not None else None

    def _hold(self, entry: Entry, reason: str, now: datetime) -> None:
        """Keep past runs for a person to decide about; the newest fire time comes right after."""
        assert self._guard is not None
        passed = self._guard.hold(entry.record, entry.timetable, entry.last, reason, now)
        entry.shown = entry.following = None
        if passed is not None:
            entry.last = passed.covered
        self._plan_at(now if passed is not None else now + ASK_AGAIN, entry.record.dag_id)

    def _active(self, dag_id: str) -> int:
        lineup = self._book.by_dag.get(dag_id)
        return lineup.active if lineup is not None else 0

    def _show(self, entry: Entry, run: NextRun | None) -> None:
        if run != entry.shown:
            entry.shown = run
            self._store.note_schedule(self._holder, entry.record.dag_id, ScheduleNote(run))

    def _ask(self, entry: Entry, now: datetime) -> None:
        """Have the code of a custom timetable asked in a child process; the answer brings the DAG back here.

        A timetable that failed is asked again after a while.
        """
        forecast = entry.record.forecast
        if forecast is not None and forecast.error and now < forecast.computed_at + ASK_AGAIN:
            self._show(entry, None)
            self._plan_at(forecast.computed_at + ASK_AGAIN, entry.record.dag_id)
            return
        entry.shown = None
        self._store.note_schedule(self._holder, entry.record.dag_id, ScheduleNote(None, ask=now))

    def _pass_by(self, entry: Entry, run: NextRun, now: datetime) -> None:
        """A fire time gets no run because others are active."""
        lineup = self._book.by_dag.get(entry.record.dag_id)
        holders = sorted(run.run_id for run in lineup.runs.values()) if lineup is not None else []
        event = LoggedEvent(
            "run_skipped",
            now,
            {
                "run_id": core_runs.scheduled_run_id(run),
                "run_after": run.run_after.isoformat(),
                "reason": f"overlap={entry.record.spec.overlap!r}: {len(holders)} runs were active",
                "active": holders[:SHOWN],
            },
        )
        entry.last = run.covered
        self._book.deadlines.absences.forget(entry.record.dag_id)
        log.info("no run of %s for %s: others are active", entry.record.dag_id, run.run_after.isoformat())
        self._store.note_schedule(self._holder, entry.record.dag_id, ScheduleNote(None, passed=run, events=(event,)))
        entry.shown = None

    def _create(self, entry: Entry, found: core_runs.Plan, count: int, now: datetime) -> None:
        """Make the first runs of what is planned, as many in a transaction as have few enough tasks."""
        planned = [
            (self._new_run(entry.record, run, found.left_out.get(index), now), after)
            for index, (run, after) in enumerate(zip(found.create, [*found.create[1:], found.following], strict=True))
        ][:count]
        entry.last, entry.shown = found.create[count - 1].covered, planned[-1][1]
        self._book.deadlines.absences.forget(entry.record.dag_id)
        at_once = max(1, TASKS_AT_ONCE // max(1, len(entry.record.spec.tasks)))
        for start in range(0, count, at_once):
            part = planned[start : start + at_once]
            made = self._store.create_runs(self._holder, part, automated=True)
            for (new, _), snapshot in zip(part, made, strict=True):
                if snapshot is None:
                    log.info("run %s of %s exists already, or the DAG was deleted", new.run_id, new.dag_id)
                    self._plan_at(now, new.dag_id)
                    continue
                log.info("made run %s of %s", new.run_id, new.dag_id)
                self._book.adopt(snapshot)
                self._startable.add(new.dag_id)

    def _new_run(self, record: DagRecord, run: NextRun, gone: LeftOut | None, now: datetime) -> NewRun:
        return NewRun(
            dag_id=record.dag_id,
            run_id=core_runs.scheduled_run_id(run),
            run_type=DagRunType.SCHEDULED,
            state=DagRunState.QUEUED,
            version_id=record.version_id,
            run_after=run.run_after,
            created_at=now,
            tasks=new_tasks(self._book.versions.graph(record.version_id, record.spec), self._new_id),
            logical_date=run.logical_date,
            interval=run.interval,
            partition_key=run.partition_key,
            partition_date=run.partition_date,
            events=() if gone is None else (_skipped(record.spec, gone, now),),
        )

    def start_queued(self, batch: Batch, now: datetime) -> None:
        """Start queued runs, oldest first, as far as `max_active_runs` and pausing allow."""
        self._startable |= self._book.queued_dags
        self._book.queued_dags.clear()
        while self._later and self._later[0][0] <= now:
            due = heapq.heappop(self._later)
            self._noted.discard(due)
            self._startable.add(due[1])
        for dag_id in sorted(self._startable):
            entry, lineup = self._dags.get(dag_id), self._book.by_dag.get(dag_id)
            if entry is not None and lineup is not None:
                self._book.quarantine.about_dag(dag_id)
                self._start(entry, lineup, batch, now)
        self._startable.clear()

    def _start(self, entry: Entry, lineup: Lineup, batch: Batch, now: datetime) -> None:
        spec, paused = entry.record.spec, entry.record.paused
        while ready := [
            run
            for run in lineup.heads()
            if core_runs.may_start(run, lineup.running - lineup.held_after(run), spec.max_active_runs, paused, now=now)
            and self.why_backfill_waits(run, lineup, spec.max_active_runs) is None
        ]:
            self._book.start(min(ready, key=_age), batch, now)
        if spec.overlap == "cancel_running":
            self._make_room(entry, lineup, batch, now)
        for run in lineup.heads():
            due = (run.run_after, spec.dag_id)
            if run.run_after > now and due not in self._noted:
                self._noted.add(due)
                heapq.heappush(self._later, due)

    def _make_room(self, entry: Entry, lineup: Lineup, batch: Batch, now: datetime) -> None:
        """Overlap policy `cancel_running`: a scheduled run that is due ends the oldest scheduled ones.

        The freed place is taken in the next pass of the step.
        """
        waiting = [run for run in lineup.heads() if run.run_type is DagRunType.SCHEDULED and run.run_after <= now]
        if not waiting or entry.record.paused or waiting[0].awaits_interval:
            return
        scheduled = [run for run in lineup.runs.values() if run.run_type is DagRunType.SCHEDULED]
        scheduled = sorted((run for run in scheduled if not lineup.is_aside(run)), key=_age)
        surplus = lineup.active - core_runs.most_active(entry.record.spec, entry.timetable)
        for run in scheduled[: max(0, min(surplus, len(scheduled) - 1))]:
            self._book.write(run, flow.overtaken(run, scheduled[-1].run_id, now), batch, now)


def _skipped(spec: DagSpec, gone: LeftOut, now: datetime) -> LoggedEvent:
    policy = spec.catchup_policy
    extra = {
        "count": len(gone.times),
        "more": gone.more,
        "first": gone.times[0].isoformat(),
        "last": gone.times[-1].isoformat(),
        "times": [at.isoformat() for at in gone.times[:SHOWN]],
        "reason": f"catchup={policy.kind if policy is not None else spec.catchup}",
    }
    return LoggedEvent("runs_skipped", now, extra)


def _age(run: RunView) -> tuple[datetime, int]:
    return run.run_after, run.pk
