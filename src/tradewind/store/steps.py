"""Writes one scheduling step: the hot path of the database.  Called by `store.scheduler`.

Everything of a step goes in as a few `executemany` batches in one transaction.  The number of changed rows is
compared with the number of guards; only when they differ is the step rolled back and written again run by
run, each under a savepoint, to find the runs whose guards missed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)

from tradewind.ports.callbacks import NO_RUN
from tradewind.ports.leases import LeadershipLost
from tradewind.ports.store import AttemptChange, LengthWrite, NewInstance, RunChange, Step, TaskChange
from tradewind.spec.states import AttemptState
from tradewind.store.asset_events import write_emissions
from tradewind.store.changes import note_step
from tradewind.store.deadline_rows import write_deadlines
from tradewind.store.prepared import Prepared
from tradewind.store.snapshots import chunks
from tradewind.store.streaks import pause_failing
from tradewind.store.tables import attempt, callback, dag_run, event_log, lease, task_instance, task_map
from tradewind.store.trigger_rows import write_triggers
from tradewind.store.upsert import insert_or_update
from tradewind.store.xcom_rows import write_xcoms

LEASE = "scheduler"
"""Name of the lease whose holder may write."""


def _is_one_of(table: Table, states: tuple[str, str]) -> ColumnElement[bool]:
    # an IN list would be expanded per execution, which SQLAlchemy does not do for batches
    return or_(table.c.state == states[0], table.c.state == states[1])


_LIVE_ATTEMPT = (AttemptState.QUEUED.value, AttemptState.RUNNING.value)
_LIVE_CALLBACK = ("queued", "running")
_HOLDER_QUERY = select(lease.c.holder).where(lease.c.name == bindparam("name"))
_HOLDER = Prepared(_HOLDER_QUERY)
# a shared lock: whoever wants to take the lease waits for this transaction, and we see whoever took it before
_HOLDER_LOCKED = Prepared(_HOLDER_QUERY.with_for_update(read=True))
_INSERT_TASK = insert(task_instance)
_INSERT_ATTEMPT = Prepared(
    insert(attempt),
    ("id", "ti_id", "dag_run_id", "try_number", "state", "worker_id", "queued_at", "log_path"),
)
_INSERT_CALLBACK = insert(callback)
_START_CALLBACK = (
    update(callback)
    .where(callback.c.id == bindparam("callback_id"), callback.c.state == "queued")
    .values(state="running", worker_id=bindparam("holder"), start_date=bindparam("at"), log_path=bindparam("path"))
)
_END_CALLBACK = (
    update(callback)
    .where(callback.c.id == bindparam("callback_id"), _is_one_of(callback, _LIVE_CALLBACK))
    .values(state=bindparam("new_state"), end_date=bindparam("at"), error=bindparam("why"))
)
_STORY = (
    select(
        callback.c.id,
        callback.c.kind,
        callback.c.log_path,
        func.coalesce(dag_run.c.dag_id, callback.c.dag_id).label("dag_id"),
        func.coalesce(dag_run.c.run_id, callback.c.run_id).label("run_id"),
        task_instance.c.task_id,
        task_instance.c.map_index,
    )
    .select_from(callback.outerjoin(dag_run, dag_run.c.id == callback.c.dag_run_id))
    .outerjoin(task_instance, task_instance.c.id == callback.c.ti_id)
    .where(callback.c.id.in_(bindparam("ids", expanding=True)), _is_one_of(callback, _LIVE_CALLBACK))
)

T = TypeVar("T")


class GuardMissed(Exception):  # noqa: N818 - never leaves the store
    """Fewer rows changed than there were guards: roll back, then `write_run_by_run`."""


def check_fence(connection: Connection, fence: str) -> None:
    """Raise LeadershipLost unless `fence` holds the scheduler lease; it keeps it until the transaction
    ends.
    """
    locking = connection.dialect.name == "postgresql"
    holder = (_HOLDER_LOCKED if locking else _HOLDER).run(connection, [{"name": LEASE}]).scalar()
    if holder != fence:
        raise LeadershipLost(f"the scheduler lease is held by {holder or 'nobody'}, not by {fence}")


def touched_runs(step: Step) -> set[int]:
    """The runs that the step writes to; among them perhaps `NO_RUN`, which has no row."""
    touched = set(step.revisions)
    for changes in (
        step.tasks,
        step.new_tasks,
        step.new_attempts,
        step.attempts,
        step.runs,
        step.xcoms,
        step.callbacks,
        step.emissions,
        step.lengths,
        step.new_triggers,
    ):
        touched.update(change.run_pk for change in changes)
    return touched


def stale_runs(connection: Connection, step: Step) -> set[int]:
    """Runs of the step that are gone or were changed by somebody else; the others stay locked."""
    locking = connection.dialect.name == "postgresql"
    touched = touched_runs(step) - {NO_RUN}
    found: dict[int, int] = {}
    for ids in chunks(sorted(touched)):
        places = 1 << (len(ids) - 1).bit_length()
        row = {f"id{place}": ids[min(place, len(ids) - 1)] for place in range(places)}
        found.update((row[0], row[1]) for row in _revisions(places, locking).run(connection, [row]))
    return {
        run_pk
        for run_pk in touched
        if run_pk not in found or found[run_pk] != step.revisions.get(run_pk, found[run_pk])
    }


@lru_cache(maxsize=32)
def _revisions(places: int, locking: bool) -> Prepared:
    """The revisions of so many runs; the same one may be named several times."""
    ids = [bindparam(f"id{place}", type_=dag_run.c.id.type) for place in range(places)]
    query = select(dag_run.c.id, dag_run.c.revision).where(dag_run.c.id.in_(ids))
    if locking:
        # NO KEY: tasks that store XComs of the run meanwhile only need its key and are not held up
        query = query.order_by(dag_run.c.id).with_for_update(key_share=True)
    return Prepared(query)


def restrict(step: Step, keep: Callable[[int], bool]) -> Step:
    """The part for the runs that `keep` accepts; the ends of callbacks belong to no run and stay."""
    return Step(
        fence=step.fence,
        revisions={run_pk: revision for run_pk, revision in step.revisions.items() if keep(run_pk)},
        tasks=[change for change in step.tasks if keep(change.run_pk)],
        new_tasks=[new for new in step.new_tasks if keep(new.run_pk)],
        new_attempts=[new for new in step.new_attempts if keep(new.run_pk)],
        attempts=[change for change in step.attempts if keep(change.run_pk)],
        runs=[change for change in step.runs if keep(change.run_pk)],
        xcoms=[written for written in step.xcoms if keep(written.run_pk)],
        emissions=[emitted for emitted in step.emissions if keep(emitted.run_pk)],
        lengths=[length for length in step.lengths if keep(length.run_pk)],
        callbacks=[row for row in step.callbacks if keep(row.run_pk)],
        deadlines=[row for row in step.deadlines if keep(row.run_pk)],
        deadline_ends=[end for end in step.deadline_ends if keep(end.run_pk)],
        callback_starts=step.callback_starts,
        callback_ends=step.callback_ends,
        new_triggers=[new for new in step.new_triggers if keep(new.run_pk)],
        triggers=[change for change in step.triggers if keep(change.run_pk)],
    )


def write_all(connection: Connection, step: Step, now: datetime) -> None:
    """Write the whole step in batches.  Raises GuardMissed when a guard missed, with part of it written."""
    _write_runs(connection, step, now)
    _end_callbacks(connection, step)


def write_run_by_run(connection: Connection, step: Step, now: datetime) -> set[int]:
    """Write what can be written; returns the runs left out because one of their guards missed."""
    missed: set[int] = set()
    for run_pk in sorted(touched_runs(step)):
        part = restrict(step, run_pk.__eq__)
        try:
            with connection.begin_nested():
                _write_runs(connection, part, now)
        except GuardMissed:
            missed.add(run_pk)
    _end_callbacks(connection, step)
    return missed


def can_be_written(connection: Connection, step: Step, run_pk: int, now: datetime) -> bool:
    """Whether the part of the step for one run does not fail by itself; nothing of it is kept."""
    part = connection.begin_nested()
    try:
        _write_runs(connection, restrict(step, run_pk.__eq__), now)
    except GuardMissed:
        pass
    except Exception:
        return False  # the caller has the error
    finally:
        part.rollback()
    return True


def _write_runs(connection: Connection, step: Step, now: datetime) -> None:
    if step.new_tasks:
        _insert_tasks(connection, step.new_tasks, now)
    _update(connection, step.tasks, now, lambda change: change.ti_id, _task_statement, _task_row)
    if step.new_attempts:
        _INSERT_ATTEMPT.run(
            connection,
            [
                {
                    "id": new.id,
                    "ti_id": new.ti_id,
                    "dag_run_id": new.run_pk,
                    "try_number": new.try_number,
                    "state": AttemptState.QUEUED.value,
                    "worker_id": new.worker_id,
                    "queued_at": new.queued_at,
                    "log_path": new.log_path,
                }
                for new in step.new_attempts
            ],
        )
    _change_attempts(connection, step.attempts)
    _update(connection, step.runs, now, lambda change: change.run_pk, _run_statement, _run_row)
    pause_failing(connection, step.runs, now)
    if step.xcoms:
        write_xcoms(connection, step.xcoms, now)
    if step.lengths:
        _write_lengths(connection, step.lengths)
    if step.new_triggers or step.triggers:
        write_triggers(connection, step)
    if step.emissions:
        write_emissions(connection, step.emissions, now)
    write_deadlines(connection, step)
    note_step(connection, step)
    if step.callbacks:
        connection.execute(
            _INSERT_CALLBACK,
            [
                {
                    "id": row.id,
                    "dag_run_id": None if row.run_pk == NO_RUN else row.run_pk,
                    "ti_id": row.ti_id,
                    "kind": row.kind,
                    "reason": row.reason,
                    "state": "queued",
                    "created_at": row.created_at,
                    "data": row.data,
                    "dag_id": row.dag_id,
                    "run_id": row.run_id,
                }
                for row in step.callbacks
            ],
        )


# --- Mapped tasks -------------------------------------------------------------------------------------------


def _insert_tasks(connection: Connection, new: Sequence[NewInstance], now: datetime) -> None:
    """Insert the instances that mapping made, batched by the names they set."""
    batches: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for it in new:
        task = it.task
        batches[tuple(sorted(it.values))].append(
            {
                "id": task.id,
                "dag_run_id": it.run_pk,
                "dag_id": it.dag_id,
                "run_id": it.run_id,
                "task_id": task.task_id,
                "map_index": task.map_index,
                "state": None if it.state is None else str(it.state),
                "try_number": 0,
                "max_tries": task.max_tries,
                "lost": 0,
                "updated_at": now,
                "operator": task.operator,
                "pool": task.pool,
                "pool_slots": task.pool_slots,
                "queue": task.queue,
                "priority_weight": task.priority_weight,
                "executor": task.executor,
                **it.values,
            }
        )
    for rows in batches.values():
        connection.execute(_INSERT_TASK, rows)


def _write_lengths(connection: Connection, lengths: Iterable[LengthWrite]) -> None:
    rows = {(it.run_pk, it.task_id, it.map_index): it.length for it in lengths}
    connection.execute(
        insert_or_update(connection.dialect.name, task_map, ("length",)),
        [
            {"dag_run_id": run_pk, "task_id": task_id, "map_index": map_index, "length": length}
            for (run_pk, task_id, map_index), length in rows.items()
        ],
    )


# --- Guarded updates ----------------------------------------------------------------------------------------


def _update(
    connection: Connection,
    changes: Sequence[T],
    now: datetime,
    key: Callable[[T], Hashable],
    statement: Callable[[tuple[str, ...]], Prepared],
    row: Callable[[T, datetime], dict[str, Any]],
) -> None:
    """Write guarded changes, batched by the names they set; raises GuardMissed when a row did not change."""
    for batch_round in _rounds(changes, key):
        batches: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for change in batch_round:
            batches[tuple(sorted(change.values))].append(row(change, now))  # type: ignore[attr-defined]
        for names, rows in batches.items():
            if statement(names).run(connection, rows).rowcount != len(rows):
                raise GuardMissed


def _rounds(changes: Sequence[T], key: Callable[[T], Hashable]) -> Iterable[list[T]]:
    """The changes in lists in which every key occurs once: two changes of one row keep their order."""
    if len({key(change) for change in changes}) == len(changes):
        return [list(changes)] if changes else []
    rounds: list[list[T]] = []
    seen: defaultdict[Hashable, int] = defaultdict(int)
    for change in changes:
        at = seen[key(change)]
        seen[key(change)] += 1
        if at == len(rounds):
            rounds.append([])
        rounds[at].append(change)
    return rounds


def _column(table: Table, name: str) -> Column[Any]:
    if name not in table.c:
        raise ValueError(f"{name!r} is not a column of {table.name}")
    return table.c[name]


def _assignments(table: Table, names: Iterable[str]) -> dict[str, Any]:
    return {name: bindparam(f"set_{name}", type_=_column(table, name).type) for name in names}


@lru_cache(maxsize=256)
def _task_statement(names: tuple[str, ...]) -> Prepared:
    columns = task_instance.c
    return Prepared(
        update(task_instance)
        .where(
            columns.id == bindparam("if_id"),
            columns.dag_run_id == bindparam("if_run"),
            columns.state.is_not_distinct_from(bindparam("if_state", type_=columns.state.type)),
            columns.attempt_id.is_not_distinct_from(bindparam("if_attempt", type_=columns.attempt_id.type)),
        )
        .values(_assignments(task_instance, ("state", "updated_at", *names)))
    )


def _task_row(change: TaskChange, now: datetime) -> dict[str, Any]:
    row = {f"set_{name}": value for name, value in change.values.items()}
    row["set_state"] = None if change.state is None else str(change.state)
    row["set_updated_at"] = now
    row["if_id"] = change.ti_id
    row["if_run"] = change.run_pk
    row["if_state"] = None if change.expect_state is None else str(change.expect_state)
    row["if_attempt"] = change.expect_attempt
    return row


@lru_cache(maxsize=64)
def _run_statement(names: tuple[str, ...]) -> Prepared:
    return Prepared(
        update(dag_run)
        .where(dag_run.c.id == bindparam("if_id"), dag_run.c.state == bindparam("if_state"))
        .values(_assignments(dag_run, ("state", "updated_at", *names)))
    )


def _run_row(change: RunChange, now: datetime) -> dict[str, Any]:
    row = {f"set_{name}": value for name, value in change.values.items()}
    row["set_state"] = str(change.state)
    row["set_updated_at"] = now
    row["if_id"] = change.run_pk
    row["if_state"] = str(change.expect_state)
    return row


# --- Attempts and callbacks: what ended stays as it is, and that is no miss ---------------------------------

_ATTEMPT_FIELDS = ("start_date", "end_date", "hostname", "pid", "error_type", "error")


@lru_cache(maxsize=128)
def _attempt_statement(names: tuple[str, ...]) -> Prepared:
    return Prepared(
        update(attempt)
        .where(
            attempt.c.id == bindparam("if_id"),
            attempt.c.dag_run_id == bindparam("if_run"),
            _is_one_of(attempt, _LIVE_ATTEMPT),
        )
        .values(_assignments(attempt, ("state", *names)))
    )


def _change_attempts(connection: Connection, changes: Sequence[AttemptChange]) -> None:
    for batch_round in _rounds(changes, lambda change: change.id):
        batches: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for change in batch_round:
            values = {name: getattr(change, name) for name in _ATTEMPT_FIELDS}
            names = tuple(name for name in _ATTEMPT_FIELDS if values[name] is not None)
            row = {f"set_{name}": values[name] for name in names}
            row |= {"set_state": str(change.state), "if_id": change.id, "if_run": change.run_pk}
            batches[names].append(row)
        for names, rows in batches.items():
            _attempt_statement(names).run(connection, rows)


def _end_callbacks(connection: Connection, step: Step) -> None:
    if step.callback_starts:
        connection.execute(
            _START_CALLBACK,
            [
                {"callback_id": start.id, "holder": start.worker_id, "at": start.at, "path": start.log_path}
                for start in step.callback_starts
            ],
        )
    bad = {end.id: end for end in step.callback_ends if end.state != "success"}
    for row in connection.execute(_STORY, {"ids": list(bad)}) if bad else ():
        end = bad[row.id]
        connection.execute(
            insert(event_log).values(
                at=end.at,
                event=f"callback_{end.state}",
                dag_id=row.dag_id,
                run_id=row.run_id,
                task_id=row.task_id,
                map_index=row.map_index,
                extra=json.dumps({"callback": row.kind, "error": end.error, "log": row.log_path}),
            )
        )
    if step.callback_ends:
        connection.execute(
            _END_CALLBACK,
            [
                {"callback_id": end.id, "new_state": end.state, "at": end.at, "why": end.error or None}
                for end in step.callback_ends
            ],
        )
