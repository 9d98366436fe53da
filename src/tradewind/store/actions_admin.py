"""Pauses, deletes, annotates, and sweeps out what nobody will look at again.  Called by
`store.actions`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, exists, func, or_, select, update

from tradewind.errors import ConflictError, InvalidError, NotFoundError
from tradewind.spec.ids import NOT_MAPPED
from tradewind.spec.states import FINISHED_RUN, HOLDS_SLOT, DagRunState
from tradewind.store import asset_registry, tables
from tradewind.store.actions_checks import check_text, chunks, unknown
from tradewind.store.actions_common import (
    change_run,
    find_dag,
    find_run,
    lock_runs,
    record,
    run_pk,
    unknown_dag,
)
from tradewind.store.changes import note_gone, note_tasks, note_whole
from tradewind.store.signals import emit
from tradewind.store.steps import LEASE
from tradewind.store.tables_lists import task_shape

_dag, _run, _ti = tables.dag, tables.dag_run, tables.task_instance


# --- Pause --------------------------------------------------------------------------------------------


def set_paused(
    connection: Connection, dag_id: str, paused: bool, user: str | None, now: datetime, *, confirm_past: bool = False
) -> bool:
    """See `Actions.set_paused`."""
    if confirm_past:
        connection.execute(update(_dag).where(_dag.c.dag_id == dag_id).values(past_confirmed=now))
    values = {"paused": paused} if paused else {"paused": False, "due_since": now}
    changed = connection.execute(
        update(_dag).where(_dag.c.dag_id == dag_id, _dag.c.paused.is_(not paused)).values(values)
    )
    if not changed.rowcount:
        find_dag(connection, dag_id)
        return False
    emit(connection, "dag", dag_id)
    record(
        connection,
        "patch_dag",
        now,
        user,
        dag_id=dag_id,
        extra={"is_paused": paused},
        before={"is_paused": not paused},
        after={"is_paused": paused},
    )
    return True


def set_paused_matching(
    connection: Connection, pattern: str, paused: bool, user: str | None, now: datetime
) -> Sequence[str]:
    """See `Actions.set_paused_matching`."""
    try:
        regex = re.compile(pattern)
    except re.error as error:
        raise InvalidError(f"{pattern!r} is not a regular expression: {error}", fix="correct it") from None
    known = connection.scalars(select(_dag.c.dag_id).where(_dag.c.stale.is_(False)).order_by(_dag.c.dag_id)).all()
    found = [dag_id for dag_id in known if regex.search(dag_id)]
    if not found:
        raise NotFoundError(f"no DAG matches {pattern!r}", fix="see the DAGs with: tradewind dags list")
    return [dag_id for dag_id in found if set_paused(connection, dag_id, paused, user, now)]


# --- Notes --------------------------------------------------------------------------------------------


def set_run_note(
    connection: Connection, dag_id: str, run_id: str, note: str | None, user: str | None, now: datetime
) -> None:
    """See `Actions.set_run_note`."""
    run = find_run(connection, dag_id, run_id)
    change_run(connection, run, now, note=check_text("the note", note))
    record(
        connection,
        "patch_dag_run",
        now,
        user,
        dag_id=dag_id,
        run_id=run_id,
        extra={"note": note},
        before={"note": run.note},
        after={"note": note},
    )


def set_task_note(
    connection: Connection,
    dag_id: str,
    run_id: str,
    task_id: str,
    map_index: int,
    note: str | None,
    user: str | None,
    now: datetime,
) -> None:
    """See `Actions.set_task_note`."""
    pk = run_pk(connection, dag_id, run_id)
    old = connection.scalar(
        select(_ti.c.note).where(_ti.c.dag_run_id == pk, _ti.c.task_id == task_id, _ti.c.map_index == map_index)
    )
    changed = connection.execute(
        update(_ti)
        .where(_ti.c.dag_run_id == pk, _ti.c.task_id == task_id, _ti.c.map_index == map_index)
        .values(note=check_text("the note", note), updated_at=now)
    )
    ids = connection.scalars(
        select(_ti.c.id).where(_ti.c.dag_run_id == pk, _ti.c.task_id == task_id, _ti.c.map_index == map_index)
    )
    note_tasks(connection, pk, ids)
    if not changed.rowcount:
        known = connection.scalars(select(_ti.c.task_id).where(_ti.c.dag_run_id == pk).distinct()).all()
        if task_id in known:
            raise NotFoundError(f"task {task_id!r} of run {run_id!r} has no map index {map_index}")
        raise unknown("task", task_id, known, fallback=f"see the tasks with: tradewind tasks list {dag_id}")
    record(
        connection,
        "patch_task_instance",
        now,
        user,
        dag_id=dag_id,
        run_id=run_id,
        task_id=task_id,
        map_index=None if map_index == NOT_MAPPED else map_index,
        extra={"note": note},
        before={"note": old},
        after={"note": note},
    )


# --- Delete -------------------------------------------------------------------------------------------


def delete_run(connection: Connection, dag_id: str, run_id: str, user: str | None, now: datetime) -> None:
    """See `Actions.delete_run`."""
    run = find_run(connection, dag_id, run_id)
    if run.state == DagRunState.RUNNING.value or _has_running(connection, _ti.c.dag_run_id == run.id):
        raise ConflictError(
            f"run {run_id!r} of DAG {dag_id!r} is still running", fix="mark it failed first, then delete it"
        )
    _delete_runs(connection, [run.id])
    note_gone(connection, dag_id, run_id)
    emit(connection, "run", dag_id, run.id)
    told = {"state": run.state, "logical_date": run.logical_date, "run_type": run.run_type, "note": run.note}
    record(connection, "delete_dag_run", now, user, dag_id=dag_id, run_id=run_id, before=told)


def delete_task(
    connection: Connection, dag_id: str, run_id: str, task_id: str, map_index: int, user: str | None, now: datetime
) -> None:
    """See `Actions.delete_task`."""
    run = find_run(connection, dag_id, run_id)
    found = connection.execute(
        select(_ti.c.id, _ti.c.state, _ti.c.try_number).where(
            _ti.c.dag_run_id == run.id, _ti.c.task_id == task_id, _ti.c.map_index == map_index
        )
    ).one_or_none()
    ti_id = None if found is None else found.id
    index = None if map_index == NOT_MAPPED else map_index
    if ti_id is None:
        named = "" if index is None else f" with map index {index}"
        raise NotFoundError(f"run {run_id!r} of DAG {dag_id!r} has no task instance {task_id!r}{named}")
    if DagRunState(run.state) not in FINISHED_RUN or _has_running(connection, _ti.c.id == ti_id):
        raise ConflictError(
            f"run {run_id!r} of DAG {dag_id!r} has not ended, so its task instances cannot be deleted",
            fix="wait for its end, or mark the task or the run instead",
        )
    xcom = tables.xcom.c
    connection.execute(
        delete(tables.xcom).where(xcom.dag_run_id == run.id, xcom.task_id == task_id, xcom.map_index == map_index)
    )
    connection.execute(delete(tables.attempt).where(tables.attempt.c.ti_id == ti_id))
    connection.execute(delete(_ti).where(_ti.c.id == ti_id))
    note_whole(connection, run.id)
    change_run(connection, run, now)
    record(
        connection,
        "delete_task_instance",
        now,
        user,
        dag_id=dag_id,
        run_id=run_id,
        task_id=task_id,
        map_index=index,
        before={} if found is None else {"state": found.state, "try_number": found.try_number},
    )


def delete_dag(connection: Connection, dag_id: str, user: str | None, now: datetime) -> int:
    """See `Actions.delete_dag`."""
    dag = connection.execute(select(_dag).where(_dag.c.dag_id == dag_id)).one_or_none()
    pks = connection.scalars(select(_run.c.id).where(_run.c.dag_id == dag_id)).all()
    if dag is None and not pks:
        raise unknown_dag(connection, dag_id)
    runs = lock_runs(connection, pks)
    running = [run.run_id for run in runs if run.state == DagRunState.RUNNING.value]
    if running or _has_running(connection, _ti.c.dag_id == dag_id):
        named = f"run {running[0]!r}" if running else "a task"
        raise ConflictError(
            f"DAG {dag_id!r} cannot be deleted: {named} is still running",
            fix="mark its runs failed first, then delete it",
        )
    _delete_runs(connection, pks)
    versions = tables.dag_version
    connection.execute(delete(tables.dag_tag).where(tables.dag_tag.c.dag_id == dag_id))
    for table in (tables.dag_favorite, tables.forecast, tables.timetable_question, tables.import_error, task_shape):
        connection.execute(delete(table).where(table.c.dag_id == dag_id))
    for table in (tables.callback, tables.deadline):  # of fire times that made no run; the others went with their runs
        connection.execute(delete(table).where(table.c.dag_run_id.is_(None), table.c.dag_id == dag_id))
    backfills = select(tables.backfill.c.id).where(tables.backfill.c.dag_id == dag_id)
    connection.execute(delete(tables.backfill_run).where(tables.backfill_run.c.backfill_id.in_(backfills)))
    connection.execute(delete(tables.backfill).where(tables.backfill.c.dag_id == dag_id))
    asset_registry.delete_consumers(connection, dag_id, now)
    connection.execute(delete(_dag).where(_dag.c.dag_id == dag_id))
    connection.execute(delete(versions).where(versions.c.dag_id == dag_id))
    for run in runs:
        if run.state == DagRunState.QUEUED.value:
            # its file may bring the DAG back before the leader looks: the leader must still forget the run
            emit(connection, "run", dag_id, run.id)
    emit(connection, "dag", dag_id)
    note_gone(connection, dag_id)
    told = None if dag is None else {"is_paused": dag.paused, "file": dag.relative_fileloc, "owners": dag.owners}
    record(connection, "delete_dag", now, user, dag_id=dag_id, extra={"runs": len(pks)}, before=told)
    return len(pks)


def _has_running(connection: Connection, condition: ColumnElement[bool]) -> bool:
    query = select(exists().where(condition, _ti.c.state.in_(sorted(HOLDS_SLOT))))
    return bool(connection.scalar(query))


def _delete_runs(connection: Connection, pks: Sequence[int]) -> None:
    # children first, by their indexes: the cascades would do it too, but row by row
    for part in chunks(pks):
        connection.execute(delete(tables.xcom).where(tables.xcom.c.dag_run_id.in_(part)))
        connection.execute(delete(tables.callback).where(tables.callback.c.dag_run_id.in_(part)))
        ids = select(_ti.c.id).where(_ti.c.dag_run_id.in_(part))
        connection.execute(delete(tables.attempt).where(tables.attempt.c.ti_id.in_(ids)))
        connection.execute(delete(_ti).where(_ti.c.dag_run_id.in_(part)))
        connection.execute(delete(_run).where(_run.c.id.in_(part)))


# --- Housekeeping; what people may still want to see is left to `store.retention` ---------------------

CALLBACKS_KEPT = timedelta(days=7)
WORKERS_KEPT = timedelta(days=1)
SILENT_WORKERS_KEPT = timedelta(days=7)
"""A worker that neither ended nor said anything for so long is gone; nothing that it held is waited for
any more."""


def newest_signal(connection: Connection) -> int:
    """The id of the newest signal, 0 when there is none."""
    return connection.scalar(select(func.max(tables.signal.c.id))) or 0


def prune_signals(connection: Connection, up_to: int, now: datetime) -> int:
    """Delete signals that nobody will take, while no scheduler leads: the next leader reads everything
    anyway."""
    lease = tables.lease.c
    live = exists().where(lease.name == LEASE, lease.expires_at > now)
    gone = connection.execute(delete(tables.signal).where(tables.signal.c.id <= up_to, ~live))
    return gone.rowcount


def prune_ended(connection: Connection, now: datetime) -> dict[str, int]:
    """Delete workers that ended a day ago and callbacks that ended a week ago; how many of each table."""
    worker, callback = tables.worker, tables.callback
    workers = delete(worker).where(
        or_(worker.c.ended_at < now - WORKERS_KEPT, worker.c.heartbeat_at < now - SILENT_WORKERS_KEPT)
    )
    callbacks = delete(callback).where(
        callback.c.state.in_(["success", "failed", "lost"]), callback.c.end_date < now - CALLBACKS_KEPT
    )
    return {
        "worker": connection.execute(workers).rowcount,
        "callback": connection.execute(callbacks).rowcount,
    }
