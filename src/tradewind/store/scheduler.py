"""What the leading scheduler reads and writes.  Called by `services.scheduler`, from one thread.

Reads give snapshots (`store.snapshots`), writes are steps (`store.steps`); both the fence (the holder of the
scheduler lease) and the revisions of the touched runs are checked in the transaction that writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from tradewind.errors import StoreError
from tradewind.ports.leases import LeadershipLost
from tradewind.ports.schedule import ScheduleNote
from tradewind.ports.store import (
    DagRecord,
    NewRun,
    RunRecord,
    RunSnapshot,
    Signal,
    Step,
    TaskRecord,
)
from tradewind.ports.undecided import RunRefused
from tradewind.spec.schedule import NextRun
from tradewind.spec.states import DagRunState
from tradewind.store import steps
from tradewind.store.calendar import advance_schedule, ask, last_columns, log_events, next_columns
from tradewind.store.changes import note_dag, note_run
from tradewind.store.engine import read, write
from tradewind.store.snapshots import (
    SpecCache,
    chunks,
    load_dags,
    load_run,
    load_sources,
    load_unfinished,
    lost_source,
)
from tradewind.store.tables import dag, dag_run, dag_version, pool, signal, task_instance
from tradewind.store.upsert import insert_or_skip

_ALL_DAGS = select(dag).where(dag.c.stale.is_(False)).order_by(dag.c.dag_id)
_NAMED_DAGS = select(dag).where(dag.c.dag_id.in_(bindparam("ids", expanding=True))).order_by(dag.c.dag_id)
_POOLS = select(pool.c.name, pool.c.slots)
_ANY_SIGNAL = select(signal.c.id).limit(1)
_TAKE_SIGNALS = delete(signal).returning(signal.c.id, signal.c.kind, signal.c.dag_id, signal.c.dag_run_id)
_NAME = select(dag_run.c.dag_id, dag_run.c.run_id).where(dag_run.c.id == bindparam("run_pk"))
_VERSION = select(dag_version.c.id).where(dag_version.c.id == bindparam("version_id"))
_INSERT_TASKS = insert(task_instance)
_DEADLOCK = "40P01"
_DEADLOCK_TRIES = 5


def utc_now() -> datetime:
    """The system's time."""
    return datetime.now(UTC)


class SqlSchedulerStore:
    """Implements `ports.store.SchedulerStore`."""

    def __init__(
        self, engine: Engine, now: Callable[[], datetime] = utc_now, *, seal: Callable[[str], str] | None = None
    ) -> None:
        """`seal` encrypts the arguments of triggers; without it they are refused.

        `now` stamps `updated_at` and the creation of XComs; all other times come with the values."""
        self._engine = engine
        self._now = now
        self._seal = seal
        self._specs = SpecCache()

    def dags(self, dag_ids: Iterable[str] | None = None) -> list[DagRecord]:
        """All DAGs that are not stale, or those named (stale ones included), by id."""
        with read(self._engine) as connection:
            if dag_ids is None:
                return load_dags(connection, self._specs, _ALL_DAGS, {})
            found: list[DagRecord] = []
            for ids in chunks(sorted(set(dag_ids))):
                found += load_dags(connection, self._specs, _NAMED_DAGS, {"ids": ids})
            return found

    def unfinished_runs(self) -> list[RunSnapshot]:
        """All queued and running runs, oldest `run_after` first."""
        with read(self._engine) as connection:
            return load_unfinished(connection, self._specs)

    def load_run(self, run_pk: int) -> RunSnapshot | None:
        """One run, or None when it was deleted."""
        with read(self._engine) as connection:
            return load_run(connection, self._specs, run_pk)

    def create_runs(
        self, fence: str, runs: Sequence[tuple[NewRun, NextRun | None]], *, automated: bool
    ) -> list[RunSnapshot | None]:
        """Insert runs of one DAG with their tasks, all or none; None for one whose id or logical date exists already,
        and for all when their DAG was deleted.
        """
        made: list[RunSnapshot | None] = []
        with write(self._engine) as connection:
            steps.check_fence(connection, fence)
            version_id = runs[0][0].version_id
            if connection.execute(_VERSION, {"version_id": version_id}).first() is None:
                return [None] * len(runs)
            spec = self._specs.load(connection, [version_id])[version_id]
            source = load_sources(connection, [spec.dag_id]).get(spec.dag_id) or lost_source(spec)
            if automated:
                advance_schedule(connection, *runs[-1])
            rows: list[dict[str, Any]] = []
            for run, _ in runs:
                run_pk = insert_run(connection, run)
                if run_pk is None:
                    made.append(None)
                    continue
                rows += task_rows(run, run_pk)
                log_events(connection, run.dag_id, run.run_id, run.events)
                record, tasks = new_record(run, run_pk), new_task_records(run)
                made.append(RunSnapshot(run=record, spec=spec, source=source, tasks=tasks))
            if rows:
                connection.execute(_INSERT_TASKS, rows)
        return made

    def note_schedule(self, fence: str, dag_id: str, note: ScheduleNote) -> None:
        """Write what the schedule of a DAG says.  Raises LeadershipLost when `fence` does not hold the lease."""
        with write(self._engine) as connection:
            steps.check_fence(connection, fence)
            values = next_columns(note.next_run) | (last_columns(note.passed) if note.passed else {})
            connection.execute(update(dag).where(dag.c.dag_id == dag_id).values(values))
            log_events(connection, dag_id, None, note.events)
            if note.ask is not None:
                ask(connection, dag_id, 0, note.ask)
            note_dag(connection, dag_id)

    def apply(self, step: Step) -> set[int]:
        """Write a step in one transaction; returns the runs left out because a guard missed.

        Raises LeadershipLost, with nothing written, when `step.fence` does not hold the lease; RunRefused, with nothing
        written, when what is to be written of one run is at fault.
        """
        if step.new_triggers or step.triggers:
            step = self._sealed(step)
        for tries_left in reversed(range(_DEADLOCK_TRIES)):
            try:
                return self._apply(step)
            except DBAPIError as error:
                # somebody locked the same runs in another order; the server ended our transaction, nothing is
                # written
                if tries_left == 0 or getattr(error.orig, "sqlstate", None) != _DEADLOCK:
                    self._find_culprit(step, error)
                    raise
            except (StoreError, LeadershipLost):
                raise
            except Exception as error:
                self._find_culprit(step, error)
                raise
        raise AssertionError("unreachable")

    def _find_culprit(self, step: Step, error: Exception) -> None:
        """The database works and does not take the step: raise RunRefused if that is because of one run."""
        with write(self._engine) as connection:
            steps.check_fence(connection, step.fence)
            for run_pk in sorted(steps.touched_runs(step)):
                if not steps.can_be_written(connection, step, run_pk, self._now()):
                    row = connection.execute(_NAME, {"run_pk": run_pk}).first()
                    if row is not None:
                        raise RunRefused(row.dag_id, run_pk, row.run_id, str(error)) from error

    def _sealed(self, step: Step) -> Step:
        """The step with what triggers are made from, and what the leader found, unreadable."""
        if self._seal is None:
            if step.new_triggers:
                raise ValueError("this store was made without a key and cannot keep the arguments of triggers")
            return step
        new = [
            replace(new, kwargs=self._seal(new.kwargs), next_kwargs=self._seal(new.next_kwargs))
            for new in step.new_triggers
        ]
        changes = [
            change if change.event is None else replace(change, event=self._seal(change.event))
            for change in step.triggers
        ]
        return replace(step, new_triggers=new, triggers=changes)

    def _apply(self, step: Step) -> set[int]:
        now = self._now()
        try:
            with write(self._engine) as connection:
                steps.check_fence(connection, step.fence)
                stale = steps.stale_runs(connection, step)
                steps.write_all(connection, _without(step, stale), now)
                return stale
        except steps.GuardMissed:
            # rare: something in the batch was decided from an old view; find out which runs
            with write(self._engine) as connection:
                steps.check_fence(connection, step.fence)
                stale = steps.stale_runs(connection, step)
                return stale | steps.write_run_by_run(connection, _without(step, stale), now)

    def take_signals(self, fence: str | None = None) -> list[Signal]:
        """Delete and return what others signalled, oldest first.  Raises LeadershipLost when `fence` is given and
        does not hold the lease.
        """
        with read(self._engine) as connection:
            # asked after every commit of anybody: the empty answer must not take the write lock
            if connection.execute(_ANY_SIGNAL).first() is None:
                return []
        with write(self._engine) as connection:
            if fence is not None:
                steps.check_fence(connection, fence)
            rows = sorted(connection.execute(_TAKE_SIGNALS).all())
        return [Signal(kind=row.kind, dag_id=row.dag_id, run_pk=row.dag_run_id) for row in rows]

    def pools(self) -> dict[str, int]:
        """Name -> slots; -1 is unlimited."""
        with read(self._engine) as connection:
            return {row.name: row.slots for row in connection.execute(_POOLS)}


def _without(step: Step, stale: set[int]) -> Step:
    return steps.restrict(step, lambda run_pk: run_pk not in stale) if stale else step


# --- New runs -----------------------------------------------------------------------------------------------


def insert_run(connection: Connection, run: NewRun) -> int | None:
    """The key of the new row; None when the run id or the logical date is taken."""
    values = {
        "dag_id": run.dag_id,
        "run_id": run.run_id,
        "run_type": run.run_type.value,
        "state": run.state.value,
        "version_id": run.version_id,
        "logical_date": run.logical_date,
        "data_interval_start": run.interval.start if run.interval else None,
        "data_interval_end": run.interval.end if run.interval else None,
        "run_after": run.run_after,
        "queued_at": run.created_at,
        "start_date": run.created_at if run.state is DagRunState.RUNNING else None,
        "updated_at": run.created_at,
        "conf": run.conf,
        "note": run.note,
        "triggered_by": run.triggered_by,
        "triggering_user_name": run.triggering_user_name,
        "partition_key": run.partition_key,
        "partition_date": run.partition_date,
        "reason": run.reason,
        "backfill_id": run.backfill_id,
        "only_tasks": run.only_tasks,
        "awaits_interval": run.awaits_interval,
    }
    statement = insert_or_skip(connection.dialect.name, dag_run.c.id)
    run_pk: int | None = connection.execute(statement, values).scalar()
    if run_pk is not None:
        note_run(connection, run_pk, new=True)
    return run_pk


def task_rows(run: NewRun, run_pk: int) -> list[dict[str, Any]]:
    return [
        {
            "id": task.id,
            "dag_run_id": run_pk,
            "dag_id": run.dag_id,
            "run_id": run.run_id,
            "task_id": task.task_id,
            "map_index": task.map_index,
            "try_number": 0,
            "max_tries": task.max_tries,
            "lost": 0,
            "updated_at": run.created_at,
            "operator": task.operator,
            "pool": task.pool,
            "pool_slots": task.pool_slots,
            "queue": task.queue,
            "priority_weight": task.priority_weight,
            "executor": task.executor,
        }
        for task in run.tasks
    ]


def new_record(run: NewRun, run_pk: int) -> RunRecord:
    return RunRecord(
        id=run_pk,
        dag_id=run.dag_id,
        run_id=run.run_id,
        run_type=run.run_type,
        state=run.state,
        revision=0,
        version_id=run.version_id,
        run_after=run.run_after,
        logical_date=run.logical_date,
        data_interval_start=run.interval.start if run.interval else None,
        data_interval_end=run.interval.end if run.interval else None,
        queued_at=run.created_at,
        start_date=run.created_at if run.state is DagRunState.RUNNING else None,
        conf=run.conf,
        note=run.note,
        triggering_user_name=run.triggering_user_name,
        partition_key=run.partition_key,
        partition_date=run.partition_date,
        backfill_id=run.backfill_id,
        only_tasks=run.only_tasks,
        awaits_interval=run.awaits_interval,
    )


def new_task_records(run: NewRun) -> tuple[TaskRecord, ...]:
    return tuple(
        TaskRecord(
            id=task.id,
            task_id=task.task_id,
            map_index=task.map_index,
            state=None,
            try_number=0,
            max_tries=task.max_tries,
            lost=0,
            attempt_id=None,
            start_date=None,
            end_date=None,
            next_at=None,
            worker_id=None,
        )
        for task in run.tasks
    )
