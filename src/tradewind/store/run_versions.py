"""Takes a run that ended to the newest version of its DAG, and gives it the tasks that it lacks.

Called by `store.actions_clear` and `store.backfills_leader` in the transaction in which the run is cleared.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from tradewind.core.flow import Decision, TaskDecision
from tradewind.core.graph import Graph
from tradewind.core.machine import TABLE, Fact, step
from tradewind.core.phrases import say
from tradewind.core.view import RunView
from tradewind.ports.new_run import new_tasks
from tradewind.ports.store import NewRun
from tradewind.spec.states import DagRunState, DagRunType
from tradewind.store import tables
from tradewind.store.changes import note_whole
from tradewind.store.reads.versions import VersionReads
from tradewind.store.scheduler import task_rows
from tradewind.store.uuid7 import uuid7

_run, _ti = tables.dag_run, tables.task_instance


def lacking(connection: Connection, versions: VersionReads, run_pk: int, version_id: int) -> list[str]:
    """Ids of the tasks of a version that the run has no instance of, in topological order."""
    spec = versions.specs([version_id], connection)[version_id]
    known = set(connection.scalars(select(_ti.c.task_id).where(_ti.c.dag_run_id == run_pk).distinct()))
    return [task.task_id for task in spec.tasks if task.task_id not in known]


def move(connection: Connection, versions: VersionReads, row: Row[Any], version_id: int, now: datetime) -> list[str]:
    """Let a run that ended go on as this version of its DAG, with the tasks that it lacks; the ids of these."""
    fresh = complete(connection, versions, row, version_id, now)
    if row.version_id != version_id:
        connection.execute(update(_run).where(_run.c.id == row.id).values(version_id=version_id))
    return fresh


def complete(
    connection: Connection, versions: VersionReads, row: Row[Any], version_id: int, now: datetime
) -> list[str]:
    """Give a run the tasks of a version that it lacks: new ones, and those that somebody deleted; their ids."""
    names = set(lacking(connection, versions, row.id, version_id))
    if not names:
        return []
    spec = versions.specs([version_id], connection)[version_id]
    fresh = tuple(task for task in new_tasks(Graph(spec), uuid7) if task.task_id in names)
    made = NewRun(
        dag_id=row.dag_id,
        run_id=row.run_id,
        run_type=DagRunType(row.run_type),
        state=DagRunState(row.state),
        version_id=version_id,
        run_after=row.run_after,
        created_at=now,
        tasks=fresh,
    )
    connection.execute(insert(_ti), task_rows(made, row.id))
    note_whole(connection, row.id)
    return sorted(names)


def removed(view: RunView, now: datetime) -> Iterable[Decision]:
    """The instances whose tasks the run's version does not have any more are no part of the run."""
    for task in view.tasks.values():
        if task.key.task_id not in view.graph.order and (task.state, Fact.REMOVED) in TABLE:
            yield TaskDecision(step(task, Fact.REMOVED, now, reason=str(say("recorded.not_in_version"))))
