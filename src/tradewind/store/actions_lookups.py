"""What running tasks ask about runs.  Called by `store.actions` for `services.task_api`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from tradewind.spec.dag import DagSpec
from tradewind.spec.ids import NOT_MAPPED
from tradewind.spec.wire import RunInfo
from tradewind.store import tables
from tradewind.store.actions_checks import chunks
from tradewind.store.reads.versions import VersionReads

_run, _ti = tables.dag_run.c, tables.task_instance.c
_INFO = (
    _run.dag_id,
    _run.run_id,
    _run.run_type,
    _run.run_after,
    _run.state,
    _run.logical_date,
    _run.data_interval_start,
    _run.data_interval_end,
    _run.queued_at,
    _run.start_date,
    _run.end_date,
    _run.conf,
    _run.clear_number,
    _run.note,
    _run.triggering_user_name,
    _run.partition_key,
    _run.partition_date,
)


def previous_run(connection: Connection, dag_id: str, logical_date: datetime, state: str | None) -> RunInfo | None:
    """The newest run before `logical_date`, in `state` when it is given."""
    query = select(*_INFO).where(_run.dag_id == dag_id, _run.logical_date < logical_date)
    if state is not None:
        query = query.where(_run.state == state)
    row = connection.execute(query.order_by(_run.logical_date.desc()).limit(1)).mappings().one_or_none()
    return None if row is None else RunInfo(**row)


def run_info(connection: Connection, dag_id: str, run_id: str) -> RunInfo | None:
    """One run, or None."""
    query = select(*_INFO).where(_run.dag_id == dag_id, _run.run_id == run_id)
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else RunInfo(**row)


def task_states(
    connection: Connection, dag_id: str, run_ids: Sequence[str], task_ids: Sequence[str] | None
) -> dict[str, dict[str, str | None]]:
    """{run id: {task id, or task id[map index]: state}} of the runs that exist."""
    states: dict[str, dict[str, str | None]] = {}
    wanted = None if task_ids is None else frozenset(task_ids)
    for part in chunks(list(dict.fromkeys(run_ids))):
        query = (
            select(_ti.run_id, _ti.task_id, _ti.map_index, _ti.state)
            .where(_ti.dag_id == dag_id, _ti.run_id.in_(part))
            .order_by(_ti.run_id, _ti.task_id, _ti.map_index)
        )
        if wanted is not None and len(wanted) <= len(part) * 10:
            query = query.where(_ti.task_id.in_(sorted(wanted)))
        for run_id, task_id, map_index, state in connection.execute(query):
            if wanted is None or task_id in wanted:
                name = task_id if map_index == NOT_MAPPED else f"{task_id}[{map_index}]"
                states.setdefault(run_id, {})[name] = state
    return {run_id: states[run_id] for run_id in run_ids if run_id in states}


def external(
    connection: Connection,
    versions: VersionReads,
    dag_id: str,
    dates: Sequence[datetime],
    task_ids: Sequence[str] | None,
    group_id: str | None,
    run_ids: Sequence[str] = (),
) -> dict[str, Any]:
    """How the runs of a DAG at these logical dates, or with these ids, stand; see `wire.GetExternal`."""
    dag = tables.dag.c
    newest = connection.scalar(select(dag.version_id).where(dag.dag_id == dag_id))
    runs: list[Any] = []
    query = select(_run.run_id, _run.state, _run.version_id).where(_run.dag_id == dag_id)
    for part in chunks(list(dict.fromkeys(dates))):
        runs += connection.execute(query.where(_run.logical_date.in_(part)).order_by(_run.logical_date)).all()
    for ids in chunks(list(dict.fromkeys(run_ids))):
        runs += connection.execute(query.where(_run.run_id.in_(ids)).order_by(_run.run_id)).all()
    wanted_specs = {int(run.version_id) for run in runs} | (set() if newest is None else {int(newest)})
    specs = versions.specs(wanted_specs, connection)
    wanted = None if task_ids is None and group_id is None else frozenset(task_ids or ())
    missing: list[str] = []
    if newest is not None and wanted is not None:
        known = {task.task_id for task in specs[newest].tasks}
        missing = sorted(wanted - known)
        if group_id is not None and all(group.group_id != group_id for group in specs[newest].groups):
            missing = [group_id]
    answer: list[list[Any]] = []
    for run in runs:
        names = wanted if group_id is None else _members(specs[run.version_id], group_id)
        states: dict[str, str | None] = {}
        if names:
            states = task_states(connection, dag_id, [run.run_id], sorted(names)).get(run.run_id, {})
        answer.append([run.run_id, run.state, states])
    return {"known": newest is not None, "missing": missing, "runs": answer}


def _members(spec: DagSpec, group_id: str) -> frozenset[str]:
    """The tasks in a group and in the groups inside it."""
    inside = {group_id}
    for _ in spec.groups:
        inside |= {group.group_id for group in spec.groups if group.parent in inside}
    return frozenset(task.task_id for task in spec.tasks if task.group in inside)
