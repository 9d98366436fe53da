"""Finds the runs of partitions, and lets runs forget which partition they are of.  Called by `store.actions` and
`server.api.runs_bulk`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, or_, select

from tradewind.core.timetables.base import zone
from tradewind.store import tables
from tradewind.store.actions_clear import Clearing, clear_tasks
from tradewind.store.actions_common import change_run, find_dag, given, lock_runs, record
from tradewind.store.reads.versions import VersionReads

_run = tables.dag_run


@dataclass(frozen=True, slots=True, kw_only=True)
class Partitions:
    """Runs of a DAG: one by its id, those of a partition key, or those of a window of partition dates."""

    dag_id: str
    run_id: str | None = None
    key: str | None = None
    start: datetime | None = None
    """First partition date; one without an offset is a time of the schedule's own zone."""
    end: datetime | None = None
    """Last partition date."""
    tasks: bool = False
    """Their task instances are cleared, too."""
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Cleared:
    """What was cleared, or would be."""

    runs: int
    task_instances: int


def find_runs(connection: Connection, versions: VersionReads, which: Partitions) -> list[Row[Any]]:
    """id, run_id, partition_key and partition_date of the runs, by partition date.  Raises NotFoundError."""
    version_id = find_dag(connection, which.dag_id).version_id
    conditions: list[ColumnElement[bool]] = [_run.c.dag_id == which.dag_id]
    if which.run_id is not None:
        conditions.append(_run.c.run_id == which.run_id)
    elif which.key is not None:
        conditions.append(_run.c.partition_key == which.key)
    else:
        local = zone(versions.specs([version_id], connection)[version_id].timetable.timezone)
        conditions.append(or_(_run.c.partition_key.is_not(None), _run.c.partition_date.is_not(None)))
        if which.start is not None:
            conditions.append(_run.c.partition_date >= _at(which.start, local))
        if which.end is not None:
            conditions.append(_run.c.partition_date <= _at(which.end, local))
    query = select(_run.c.id, _run.c.run_id, _run.c.partition_key, _run.c.partition_date).where(*conditions)
    return list(connection.execute(query.order_by(_run.c.partition_date, _run.c.run_id)))


def _at(given_time: datetime, local: Any) -> datetime:
    return (given_time if given_time.tzinfo is not None else given_time.replace(tzinfo=local)).astimezone(UTC)


def clear_partitions(
    connection: Connection, versions: VersionReads, which: Partitions, user: str | None, now: datetime
) -> Cleared:
    """See `Actions.clear_partitions`: key and date of the runs that have one are removed.

    A run that has none is left out, unless its task instances are to be cleared.
    """
    found = find_runs(connection, versions, which)
    forgetting = {row.id for row in found if row.partition_key is not None or row.partition_date is not None}
    tasks = 0
    for row in found if which.tasks else ():
        what = Clearing(
            dag_id=which.dag_id, run_id=row.run_id, whole=True, dry_run=which.dry_run, event="clear_dag_run"
        )
        tasks += len(clear_tasks(connection, versions, what, user, now))
    if not which.dry_run:
        for row in lock_runs(connection, sorted(forgetting)):
            change_run(connection, row, now, partition_key=None, partition_date=None)
        extra = given(
            partition_key=which.key,
            partition_date_start=which.start,
            partition_date_end=which.end,
            clear_task_instances=which.tasks,
        )
        extra |= {"dag_runs_cleared": len(forgetting), "task_instances_cleared": tasks}
        record(connection, "clear_dag_run_partitions", now, user, dag_id=which.dag_id, run_id=which.run_id, extra=extra)
    return Cleared(len(forgetting), tasks)
