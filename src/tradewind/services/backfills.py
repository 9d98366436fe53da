"""Makes the runs of backfills, a few at a time.  Used by `services.scheduler`.

Theory.  A backfill is a saved order, not a list of runs: the leader decides one logical date after the other, in pieces
of at most `PIECE` dates, and only as many as may run (`max_active_runs` of the backfill).  Each piece is one
transaction: the runs it makes or clears, a row for each date, and how far the backfill has come.  So nothing is lost or
doubled whenever a leader dies, and a backfill of ten years of minutes holds nothing up.  Runs that only the code of a
custom timetable knows come in pieces of their own, from `services.forecaster`.  It is over when all dates were
decided and no run of it is left unfinished.
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from tradewind.core.backfill import asks, choose, date_of, slots
from tradewind.core.partitions import run_id_part
from tradewind.core.phrases import say
from tradewind.core.view import RunView
from tradewind.core.words import are, counted
from tradewind.errors import InvalidError
from tradewind.ports.backfills import BackfillRecord, BackfillStore, Piece
from tradewind.ports.new_run import new_tasks
from tradewind.ports.store import DagRecord, NewRun
from tradewind.services.lineup import Lineup
from tradewind.services.runbook import Runbook
from tradewind.spec.ids import run_id_for
from tradewind.spec.schedule import NextRun
from tradewind.spec.states import DagRunState, DagRunType
from tradewind.telemetry import emit

log = logging.getLogger(__name__)

PIECE = 200
"""Most logical dates decided in one transaction."""


@dataclass(slots=True)
class _Entry:
    record: BackfillRecord
    ahead: Iterator[NextRun] | None = None
    """The dates that come next; None when it must be made anew."""
    version_id: int = 0
    """Of the DAG, when `ahead` was made."""


class Backfills:
    """The backfills that are not over."""

    def __init__(
        self,
        store: BackfillStore,
        book: Runbook,
        *,
        dag: Callable[[str], DagRecord | None],
        new_id: Callable[[], str],
        holder: str,
    ) -> None:
        """`dag` gives what is known of a DAG whose file is there."""
        self._store = store
        self._book = book
        self._dag = dag
        self._new_id = new_id
        self._holder = holder
        self._entries: dict[int, _Entry] = {}
        self._todo: set[int] = set()
        """Those that may have something to do."""

    def load(self) -> None:
        """Read all backfills, forgetting what was known."""
        self._entries.clear()
        self._todo.clear()
        self._enter(self._store.active())

    def reload(self, dag_ids: Iterable[str]) -> None:
        """Read the backfills of these DAGs again: new or changed ones, or their DAG changed."""
        wanted = set(dag_ids)
        for backfill_id in [known for known, entry in self._entries.items() if entry.record.dag_id in wanted]:
            del self._entries[backfill_id]
            self._todo.discard(backfill_id)
        self._enter(self._store.active(wanted))
        # one that goes on, or has more room, lets its queued runs start
        self._book.queued_dags |= wanted

    def _enter(self, records: Iterable[BackfillRecord]) -> None:
        for record in records:
            self._entries[record.id] = _Entry(record)
            self._todo.add(record.id)

    @property
    def has_more(self) -> bool:
        """Whether the next step has something to do at once."""
        return bool(self._todo)

    def why_not_start(self, run: RunView, lineup: Lineup, otherwise: int) -> str | None:
        """Why a queued run of a backfill must wait, as a sentence, or None.

        `otherwise` (the DAG's `max_active_runs`) limits runs of a backfill that is over: cleared ones.
        """
        if run.backfill_id is None:
            return None
        entry = self._entries.get(run.backfill_id)
        if entry is not None and entry.record.paused:
            return f"backfill {run.backfill_id} is paused"
        most = entry.record.max_active_runs if entry is not None else otherwise
        running = lineup.running_of(run.backfill_id)
        if running >= most:
            allows = counted(most, "running run")
            return f"backfill {run.backfill_id} allows {allows} (max_active_runs), {are(running, 'running')}"
        return None

    def advance(self, now: datetime) -> None:
        """One piece of each backfill that has something to do."""
        for backfill_id in self._book.ended_backfills:
            if backfill_id in self._entries:
                self._todo.add(backfill_id)
        self._book.ended_backfills.clear()
        for backfill_id in sorted(self._todo):
            entry = self._entries.get(backfill_id)
            dag = self._dag(entry.record.dag_id) if entry is not None else None
            if dag is not None:
                self._book.quarantine.about_dag(dag.dag_id)
            if entry is None or dag is None or not self._advance(entry, dag, now):
                self._todo.discard(backfill_id)

    def _advance(self, entry: _Entry, dag: DagRecord, now: datetime) -> bool:
        """Whether there may be more to do at once."""
        record = entry.record
        if record.paused or self._stopped(record, now):
            return False
        lineup = self._book.by_dag.get(record.dag_id)
        active = lineup.active_of(record.id) if lineup is not None else 0
        room = record.max_active_runs - active
        if room <= 0:
            return False
        if record.retries:
            self._retry(entry, room, now)
            return True
        if not record.exhausted:
            return self._decide(entry, dag, room, now)
        if active == 0 and self._store.complete(self._holder, record.id, now):
            log.info("backfill %s of %s is over", record.id, record.dag_id)
            emit("backfill.ended", dag_id=record.dag_id, backfill_id=record.id)
            del self._entries[record.id]
        return False

    def _stopped(self, record: BackfillRecord, now: datetime) -> bool:
        """Whether too many of its runs failed; then it is paused."""
        if record.stop_after is None:
            return False
        most = record.forgiven + record.stop_after
        if self._store.failed(record.id, most) < most:
            return False
        self._stop(record, str(say("recorded.stopped_after", count=record.stop_after)), now)
        return True

    def _stop(self, record: BackfillRecord, reason: str, now: datetime) -> None:
        self._store.stop(self._holder, record.id, reason, now)
        self._entries[record.id] = _Entry(replace(record, paused=True))
        log.warning("backfill %s of %s stopped: %s", record.id, record.dag_id, reason)
        emit("backfill.stopped", dag_id=record.dag_id, backfill_id=record.id, reason=reason)

    def _retry(self, entry: _Entry, room: int, now: datetime) -> None:
        done = self._store.retry(self._holder, entry.record.id, room, now)
        self._adopt(done.run_pks)
        if done.decided < room:
            entry.record = replace(entry.record, retries=False)

    def _listed(self, entry: _Entry, dag: DagRecord, now: datetime) -> list[NextRun] | None:
        """The dates that come next; None when the code of a custom timetable is asked first, or it was stopped."""
        record = entry.record
        if entry.ahead is None or entry.version_id != dag.version_id:
            entry.ahead = slots(dag.spec, record.span, after=record.cursor, taken=record.planned)
            entry.version_id = dag.version_id
        try:
            runs = list(itertools.islice(entry.ahead, PIECE))
        except (ArithmeticError, ValueError) as error:
            # nothing has been done yet, and what one DAG says must not stop the others
            self._stop(record, f"the dates of its schedule cannot be computed: {error}", now)
            return None
        if asks(dag.spec, record.span):
            if not runs:
                self._store.ask(self._holder, record.id, record.dag_id, now)
            return runs or None
        if dag.spec.timetable.kind == "custom" and record.span.runs is None:
            self._stop(record, "its schedule has code of its own now: such dates are asked for in a new backfill", now)
            return None
        return runs

    def _decide(self, entry: _Entry, dag: DagRecord, room: int, now: datetime) -> bool:
        record = entry.record
        runs = self._listed(entry, dag, now)
        if runs is None or entry.ahead is None:
            return False
        graph = self._book.versions.graph(dag.version_id, dag.spec)
        try:
            only_tasks = None if record.tasks is None else list(choose(graph, record.tasks))
        except InvalidError as error:  # saved when such a choice was still taken
            self._stop(record, str(error), now)
            return False

        def make(run: NextRun) -> NewRun:
            return NewRun(
                dag_id=record.dag_id,
                run_id=_run_id(record, run),
                run_type=DagRunType.BACKFILL,
                state=DagRunState.QUEUED,
                version_id=dag.version_id,
                run_after=run.run_after,
                created_at=now,
                tasks=new_tasks(graph, self._new_id),
                logical_date=run.logical_date,
                interval=run.interval,
                partition_key=run.partition_key,
                partition_date=run.partition_date,
                conf=record.conf or {},
                triggered_by="backfill",
                triggering_user_name=record.created_by,
                backfill_id=record.id,
                only_tasks=only_tasks,
            )

        last = len(runs) < PIECE and not asks(dag.spec, record.span)
        done = self._store.advance(self._holder, Piece(record, runs, last, room, dag.version_id, only_tasks, make, now))
        if done is None:
            self.reload([record.dag_id])
            return True
        all_decided = done.decided == len(runs)
        entry.record = replace(
            record,
            planned=record.planned + done.decided,
            cursor=date_of(runs[done.decided - 1]) if done.decided else record.cursor,
            exhausted=last and all_decided,
        )
        if not all_decided:
            entry.ahead = itertools.chain(runs[done.decided :], entry.ahead)
        self._adopt(done.run_pks)
        return True

    def _adopt(self, run_pks: Iterable[int]) -> None:
        for run_pk in run_pks:
            self._book.reload(run_pk)


def _run_id(record: BackfillRecord, run: NextRun) -> str:
    if record.span.runs is not None and run.run_id is not None:
        return run.run_id  # of a timetable that makes them itself
    made = run_id_for(DagRunType.BACKFILL, date_of(run))
    # keys without a date of their own have the time of the backfill in common, those that code makes may share a date
    keyed = record.span.keys is not None or (record.span.runs is not None and run.partition_key is not None)
    return f"{made}__{run_id_part(run.partition_key or '')}" if keyed else made
