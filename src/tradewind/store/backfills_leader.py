"""What the leader reads and writes about backfills.  Implements `ports.backfills.BackfillStore`.

Locks are taken in one order everywhere: the backfill, then its runs by ascending key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Row, exists, func, insert, select, update

from tradewind.core.backfill import Action, Existing, Planned, date_of, decide
from tradewind.core.clearing import clear, select_instances
from tradewind.core.flow import Decision, RunFact, step_run
from tradewind.core.phrases import say
from tradewind.core.view import RunView
from tradewind.ports.backfills import Advance, BackfillRecord, Piece
from tradewind.ports.store import NewRun
from tradewind.spec.states import FINISHED_RUN, DagRunState, DagRunType
from tradewind.store import run_versions, steps, tables
from tradewind.store.actions_checks import chunks
from tradewind.store.actions_common import transact
from tradewind.store.actions_views import load_views, write_decisions
from tradewind.store.backfill_retry import failed_part
from tradewind.store.backfills_rows import existing_runs, key_of, locked, record_of
from tradewind.store.calendar import ask
from tradewind.store.engine import read
from tradewind.store.reads.versions import VersionReads
from tradewind.store.scheduler import insert_run, task_rows

_run, _ti, _version = tables.dag_run, tables.task_instance, tables.dag_version
_backfill, _item, _slots = tables.backfill, tables.backfill_run, tables.backfill_slots
_UNFINISHED = tuple(state.value for state in DagRunState if state not in FINISHED_RUN)
_TODO = exists().where(_item.c.backfill_id == _backfill.c.id, _item.c.todo)
_TICK = timedelta(microseconds=1)

T = TypeVar("T")


class SqlBackfillStore:
    """Implements `ports.backfills.BackfillStore`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._versions = VersionReads(engine)

    def active(self, dag_ids: Iterable[str] | None = None) -> list[BackfillRecord]:
        """The backfills that are not over, oldest first."""
        query = (
            select(_backfill, _TODO.label("retries"), _slots.c.body.label("given"))
            .outerjoin(_slots, _slots.c.backfill_id == _backfill.c.id)
            .where(_backfill.c.completed_at.is_(None))
        )
        found: list[Row[Any]] = []
        with read(self._engine) as connection:
            if dag_ids is None:
                found += connection.execute(query).all()
            for part in chunks(sorted(set(dag_ids or ()))):
                found += connection.execute(query.where(_backfill.c.dag_id.in_(part))).all()
        return [record_of(row, retries=bool(row.retries)) for row in sorted(found, key=lambda row: row.id)]

    def advance(self, fence: str, piece: Piece) -> Advance | None:
        """Decide the dates of a piece; None when somebody else changed the backfill, or its DAG was deleted."""
        return self._fenced(fence, lambda connection: self._decide(connection, piece))

    def retry(self, fence: str, backfill_id: int, room: int, now: datetime) -> Advance:
        """Clear up to `room` of the runs that are to run again."""
        return self._fenced(fence, lambda connection: self._retry(connection, backfill_id, room, now))

    def ask(self, fence: str, backfill_id: int, dag_id: str, now: datetime) -> None:
        """Have the code of a custom timetable asked which runs come next."""
        # the question stands beside those about manual runs: the number of a backfill is below zero
        self._fenced(fence, lambda connection: ask(connection, dag_id, -backfill_id, now))

    def failed(self, backfill_id: int, limit: int) -> int:
        """How many runs of the backfill are failed, counted up to `limit`."""
        failed = (
            select(_run.c.id)
            .where(
                _run.c.backfill_id == backfill_id,
                _run.c.state == DagRunState.FAILED.value,
                ~exists().where(_item.c.dag_run_id == _run.c.id, _item.c.todo),  # those run again
            )
            .limit(limit)
        )
        with read(self._engine) as connection:
            return connection.scalar(select(func.count()).select_from(failed.subquery())) or 0

    def stop(self, fence: str, backfill_id: int, reason: str, now: datetime) -> None:
        """Pause it, saying why."""
        statement = (
            update(_backfill)
            .where(_backfill.c.id == backfill_id, _backfill.c.completed_at.is_(None))
            .values(paused=True, reason=reason, updated_at=now)
        )
        self._fenced(fence, lambda connection: connection.execute(statement))

    def complete(self, fence: str, backfill_id: int, now: datetime) -> bool:
        """End it, unless it has runs that did not end or something left to do; whether it ended."""
        unfinished = exists().where(_run.c.backfill_id == backfill_id, _run.c.state.in_(_UNFINISHED))
        statement = (
            update(_backfill)
            .where(
                _backfill.c.id == backfill_id,
                _backfill.c.exhausted,
                _backfill.c.completed_at.is_(None),
                ~unfinished,
                ~_TODO,
            )
            .values(completed_at=now, updated_at=now, reason=str(say("recorded.all_ended")))
        )
        return bool(self._fenced(fence, lambda connection: connection.execute(statement).rowcount))

    def _fenced(self, fence: str, work: Callable[[Connection], T]) -> T:
        def guarded(connection: Connection) -> T:
            steps.check_fence(connection, fence)
            return work(connection)

        return transact(self._engine, guarded)

    # --- one piece ------------------------------------------------------------------------------------------

    def _decide(self, connection: Connection, piece: Piece) -> Advance | None:
        known = piece.backfill
        row = locked(connection, known.id)
        if row is None or row.completed_at is not None or row.paused:
            return None
        if row.planned != known.planned or row.to_date != known.span.to_date:
            return None
        if connection.scalar(select(_version.c.id).where(_version.c.id == piece.version_id)) is None:
            return None
        existing = existing_runs(connection, known.dag_id, piece.runs)
        done, items = Advance(decided=0), []
        decided = 0
        for run in piece.runs:
            planned = decide(run, existing.get(key_of(run)), known.picks, piece.now)
            if planned.action is not Action.SKIP and len(done.run_pks) == piece.room:
                break
            at = piece.now + len(done.run_pks) * _TICK  # the order of the backfill is that of `queued_at`
            planned, run_pk = self._do(connection, piece, planned, at)
            if run_pk is not None and planned.action is not Action.SKIP:
                done.run_pks.append(run_pk)
            decided += 1
            items.append(
                {
                    "backfill_id": known.id,
                    "dag_run_id": run_pk,
                    "logical_date": date_of(run),
                    "partition_key": run.partition_key,
                    "ordinal": known.planned + decided,
                    "action": planned.action.value,
                    "reason": planned.reason,
                    "todo": False,
                }
            )
        if items:
            connection.execute(insert(_item), items)
        connection.execute(
            update(_backfill)
            .where(_backfill.c.id == known.id)
            .values(
                planned=known.planned + decided,
                cursor=date_of(piece.runs[decided - 1]) if decided else known.cursor,
                exhausted=piece.last and decided == len(piece.runs),
                updated_at=piece.now,
            )
        )
        return replace(done, decided=decided)

    def _do(self, connection: Connection, piece: Piece, planned: Planned, at: datetime) -> tuple[Planned, int | None]:
        """Make or clear the run; what became of it in the end, and its key (of a skipped one: None)."""
        known = piece.backfill
        if planned.action is Action.CREATE:
            run = replace(piece.make(planned.run), created_at=at)
            run_pk = self._create(connection, run)
            if run_pk is not None:
                return planned, run_pk
            # made by somebody else a moment ago, or the id belongs to a run with another date
            found = existing_runs(connection, known.dag_id, [planned.run]).get(key_of(planned.run))
            reason = str(say("recorded.id_taken", run=run.run_id))
            if found is not None:
                reason = str(say("recorded.made_meanwhile", run=found.run_id))
            return replace(planned, action=Action.SKIP, reason=reason), None
        if planned.action is Action.RERUN:
            assert planned.existing is not None
            self._rerun(connection, piece, planned.existing, at)
            return planned, planned.existing.pk
        return planned, None

    def _create(self, connection: Connection, run: NewRun) -> int | None:
        run_pk = insert_run(connection, run)
        if run_pk is not None and run.tasks:
            connection.execute(insert(_ti), task_rows(run, run_pk))
        return run_pk

    def _rerun(self, connection: Connection, piece: Piece, existing: Existing, now: datetime) -> None:
        known = piece.backfill
        values: dict[str, Any] = {
            "run_type": DagRunType.BACKFILL.value,
            "backfill_id": known.id,
            "triggered_by": "backfill",
        }
        if known.conf is not None:
            values["conf"] = known.conf
        if known.run_on_latest_version:
            row = connection.execute(select(_run).where(_run.c.id == existing.pk)).one()
            run_versions.move(connection, self._versions, row, piece.version_id, now)
        self._clear(connection, existing.pk, piece.only_tasks, now, values)

    def _clear(
        self,
        connection: Connection,
        run_pk: int,
        only_tasks: Iterable[str] | None,
        now: datetime,
        values: dict[str, Any],
    ) -> None:
        """Queue a run again with all its tasks, or some of them, cleared."""
        ((row, view),) = load_views(connection, self._versions, [run_pk], lock=True)
        chosen = select_instances(view)
        if only_tasks is not None:
            wanted = set(only_tasks)
            chosen = [task for task in chosen if task.key.task_id in wanted]
            if row.only_tasks is not None:
                values["only_tasks"] = sorted({*row.only_tasks, *wanted})
        else:
            values["only_tasks"] = None
        decisions = [*run_versions.removed(view, now), *clear(view, chosen, now)]
        _write(connection, row, view, decisions, now, values)

    def _again(self, connection: Connection, run_pk: int, now: datetime) -> None:
        """Queue a failed run again."""
        ((row, view),) = load_views(connection, self._versions, [run_pk], lock=True)
        _write(connection, row, view, clear(view, failed_part(row.reason, view), now), now, {})

    def _retry(self, connection: Connection, backfill_id: int, room: int, now: datetime) -> Advance:
        row = locked(connection, backfill_id)
        if row is None or row.paused or row.completed_at is not None:
            return Advance(decided=0)
        items = connection.execute(
            select(_item.c.id, _item.c.dag_run_id, _run.c.state, _run.c.backfill_id)
            .select_from(_item.outerjoin(_run, _run.c.id == _item.c.dag_run_id))
            .where(_item.c.backfill_id == backfill_id, _item.c.todo)
            .order_by(_item.c.ordinal)
            .limit(room)
        ).all()
        cleared = []
        for index, item in enumerate(items):
            # somebody may have cleared, marked or deleted it since, or another backfill has taken it over
            if item.state == DagRunState.FAILED.value and item.backfill_id == backfill_id:
                self._again(connection, item.dag_run_id, now + index * _TICK)
                cleared.append(item.dag_run_id)
        connection.execute(update(_item).where(_item.c.id.in_([item.id for item in items])).values(todo=False))
        return Advance(decided=len(items), run_pks=cleared)


def _write(
    connection: Connection,
    row: Row[Any],
    view: RunView,
    decisions: list[Decision],
    now: datetime,
    values: dict[str, Any],
) -> None:
    if view.state in FINISHED_RUN:  # nothing was there to clear
        decisions.append(step_run(view, RunFact.CLEARED, now))
    write_decisions(connection, row, decisions, now, run_values=values)
