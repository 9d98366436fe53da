"""Makes runs at their times and starts those that wait.  Used by `services.scheduler`.

Every DAG has at most one entry in a heap of due times; the cost of a step does not depend on how many DAGs there are.
 A run's id is made from its time, so a run that was made already (by an earlier leader, say) is not made again.
"""

from __future__ import annotations

import heapq
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from tradewind.core import runs as core_runs
from tradewind.core.graph import Graph
from tradewind.core.timetables import Timetable, build
from tradewind.core.view import RunView
from tradewind.ports.new_run import new_tasks
from tradewind.ports.store import DagRecord, NewRun, SchedulerStore
from tradewind.services.batch import Batch
from tradewind.services.ledger import Ledger
from tradewind.services.runbook import Runbook
from tradewind.spec.schedule import Interval, NextRun
from tradewind.spec.states import DagRunState, DagRunType

log = logging.getLogger(__name__)

RUNS_AT_ONCE = 100
"""Most runs of one DAG made in one step, so that a long catchup holds nothing up."""


@dataclass(slots=True)
class Entry:
    """A DAG on the calendar."""

    record: DagRecord
    timetable: Timetable
    graph: Graph
    last: Interval | None
    """Data interval of the newest scheduled run."""
    shown: NextRun | None
    """What the `next_*` columns of the database say."""


class Calendar:
    """When which DAG runs next."""

    def __init__(
        self, store: SchedulerStore, book: Runbook, ledger: Ledger, *, new_id: Callable[[], str], holder: str
    ) -> None:
        self._store = store
        self._book = book
        self._ledger = ledger
        self._new_id = new_id
        self._holder = holder
        self._dags: dict[str, Entry] = {}
        self._due: list[tuple[datetime, str]] = []
        self._startable: set[str] = set()
        """DAGs that may have a queued run to start."""

    def load(self, now: datetime) -> None:
        """Read all DAGs."""
        self._enter(self._store.dags(), now)

    def reload(self, dag_ids: Iterable[str], now: datetime) -> None:
        """Read these DAGs again: new, changed, paused, unpaused or deleted."""
        wanted = set(dag_ids)
        for dag_id in wanted:
            self._dags.pop(dag_id, None)
        self._enter(self._store.dags(wanted), now)

    def _enter(self, records: Iterable[DagRecord], now: datetime) -> None:
        for record in records:
            self._ledger.set_source(record.dag_id, record.source)
            self._book.set_paused(record.dag_id, record.paused or record.stale)
            if record.stale:
                continue
            entry = Entry(
                record,
                build(record.spec.timetable),
                Graph(record.spec),
                record.last_automated,
                record.next_run,
            )
            self._dags[record.dag_id] = entry
            self._plan_at(now, record.dag_id)
            self._startable.add(record.dag_id)

    def _plan_at(self, at: datetime, dag_id: str) -> None:
        heapq.heappush(self._due, (at, dag_id))

    def next_due(self) -> datetime | None:
        """When the next run must be made."""
        return self._due[0][0] if self._due else None

    def create_due(self, now: datetime) -> None:
        """Make the runs whose time has come, each in a transaction of its own."""
        for dag_id in self._book.ended_dags:
            # a place under max_active_runs is free: a run may start, or be made
            self._startable.add(dag_id)
            self._plan_at(now, dag_id)
        self._book.ended_dags.clear()
        todo: set[str] = set()
        while self._due and self._due[0][0] <= now:
            todo.add(heapq.heappop(self._due)[1])
        for dag_id in sorted(todo):
            entry = self._dags.get(dag_id)
            if entry is not None:
                self._plan(entry, now)

    def _plan(self, entry: Entry, now: datetime) -> None:
        record = entry.record
        limit = 0 if record.paused else RUNS_AT_ONCE
        create, following = core_runs.plan(
            record.spec, entry.timetable, entry.last, self._active(record.dag_id), now, limit
        )
        for index, run in enumerate(create):
            self._create(entry, run, create[index + 1] if index + 1 < len(create) else following, now)
        if not create:
            self._show(entry, following)
        if following is not None and not record.paused and (following.run_after > now or len(create) == limit):
            # a run that is due already waits for an active one to end, which brings the DAG back here
            self._plan_at(max(now, following.run_after), record.dag_id)

    def _active(self, dag_id: str) -> int:
        runs = self._book.by_dag.get(dag_id, {})
        return sum(1 for run in runs.values() if run.run_type is not DagRunType.BACKFILL)

    def _show(self, entry: Entry, run: NextRun | None) -> None:
        if run != entry.shown:
            entry.shown = run
            self._store.set_next_run(entry.record.dag_id, run)

    def _create(self, entry: Entry, run: NextRun, following: NextRun | None, now: datetime) -> None:
        record = entry.record
        entry.last, entry.shown = run.interval, following
        snapshot = self._store.create_run(
            self._holder,
            NewRun(
                dag_id=record.dag_id,
                run_id=core_runs.scheduled_run_id(run),
                run_type=DagRunType.SCHEDULED,
                state=DagRunState.QUEUED,
                version_id=record.version_id,
                run_after=run.run_after,
                created_at=now,
                tasks=new_tasks(entry.graph, self._new_id),
                logical_date=run.logical_date,
                interval=run.interval,
            ),
            following,
            automated=True,
        )
        if snapshot is None:
            log.info("run of %s for %s exists already", record.dag_id, run.logical_date.isoformat())
            self._plan_at(now, record.dag_id)
            return
        log.info("made run %s of %s", snapshot.run.run_id, record.dag_id)
        self._book.adopt(snapshot)
        self._startable.add(record.dag_id)

    def start_queued(self, batch: Batch, now: datetime) -> None:
        """Start queued runs, oldest first, as far as `max_active_runs` and pausing allow."""
        self._startable |= self._book.queued_dags
        self._book.queued_dags.clear()
        for dag_id in sorted(self._startable):
            entry = self._dags.get(dag_id)
            if entry is None:
                continue
            runs = self._book.by_dag.get(dag_id, {})
            running = sum(1 for run in runs.values() if run.state is DagRunState.RUNNING)
            waiting = sorted((run for run in runs.values() if run.state is DagRunState.QUEUED), key=_age)
            for run in waiting:
                if not core_runs.may_start(
                    run, running, entry.record.spec.max_active_runs, entry.record.paused, now=now
                ):
                    continue
                self._book.start(run, batch, now)
                running += run.state is DagRunState.RUNNING
        self._startable.clear()


def _age(run: RunView) -> tuple[datetime, int]:
    return run.run_after, run.pk
