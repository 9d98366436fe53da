"""Clears task instances and runs, so that they run again.  Called by `store.actions`; the rules are in
`core.clearing`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from tradewind.core.clearing import clear, select_instances
from tradewind.core.facts import Fact
from tradewind.core.flow import Decision, RunFact, step_run
from tradewind.core.view import RunView, TaskView
from tradewind.errors import ConflictError, InvalidError
from tradewind.spec.states import FINISHED_RUN, DagRunState
from tradewind.store import run_versions, tables
from tradewind.store.actions_checks import check_text
from tradewind.store.actions_common import aware, find_dag, given, lock_runs, record, run_pk
from tradewind.store.actions_markers import Chosen, Followed
from tradewind.store.actions_views import (
    Affected,
    affected,
    load_views,
    told_states,
    transitions_of,
    unknown_task,
    write_decisions,
)
from tradewind.store.dated import DATE
from tradewind.store.reads.versions import VersionReads
from tradewind.store.states import forget_states

_run = tables.dag_run.c
Named = str | tuple[str, int]
"""A task, or one instance of a mapped task."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearing:
    """What to clear, and how; see `Actions.clear_tasks`."""

    dag_id: str
    run_id: str | None = None
    task_ids: Sequence[Named] | None = None
    start: datetime | None = None
    end: datetime | None = None
    only_failed: bool = False
    only_running: bool = False
    upstream: bool = False
    downstream: bool = False
    future: bool = False
    past: bool = False
    reset_dag_runs: bool = True
    prevent_running: bool = False
    dependents: bool = True
    """With `downstream`, or all tasks: also the tasks of other DAGs that markers among them stand for."""
    dry_run: bool = False
    note: str | None = None
    run_note: str | None = None
    whole: bool = False
    """All that the run is made of: it gets again the tasks whose instances somebody deleted."""
    latest: bool = False
    """The runs go on as the newest version of the DAG."""
    only_new: bool = False
    """Only what the newest version has beyond the run's own runs."""
    event: str = "post_clear_task_instances"


def clear_tasks(
    connection: Connection, versions: VersionReads, what: Clearing, user: str | None, now: datetime
) -> list[Affected]:
    """See `Actions.clear_tasks`."""
    check_text("the note", what.note)
    check_text("the note", what.run_note)
    pks = _runs(connection, what)
    fresh = {} if what.dry_run else _complete(connection, versions, what, pks, now)
    loaded = load_views(connection, versions, pks, lock=not what.dry_run)
    _check_tasks(connection, versions, what, [view for _, view in loaded])
    decided = []
    for chosen in _with_dependents(connection, versions, what, loaded):
        view = chosen.view
        moved = (what.latest or what.only_new) and not chosen.dependent
        gone = list(run_versions.removed(view, now)) if moved else []
        decisions = gone + clear(
            view,
            [] if what.only_new else chosen.tasks,
            now,
            only_failed=what.only_failed,
            only_running=what.only_running,
            reset_run=what.reset_dag_runs,
            prevent_running=what.prevent_running,
        )
        if fresh.get(chosen.row.id) and len(decisions) == len(gone) and what.reset_dag_runs:
            decisions.append(step_run(view, RunFact.CLEARED, now))  # nothing to clear, but something to run
        if decisions:
            decided.append((chosen, view, decisions))
    result = affected(connection, [(view, transitions_of(decisions)) for _, view, decisions in decided])
    if what.dry_run:
        return result + _beside(connection, versions, what, [row for row, _ in loaded])
    task_values = {} if what.note is None else {"note": what.note}
    run_values = {} if what.run_note is None else {"note": what.run_note}
    for chosen, view, decisions in decided:
        noted = {} if chosen.dependent else run_values
        write_decisions(connection, chosen.row, decisions, now, task_values=task_values, run_values=noted)
        cleared = [made.key for made in transitions_of(decisions) if made.fact is Fact.CLEARED]
        forget_states(connection, view.pk, cleared)
    extra = given(
        task_ids=what.task_ids,
        start_date=what.start,
        end_date=what.end,
        only_failed=what.only_failed,
        only_running=what.only_running,
        include_upstream=what.upstream,
        include_downstream=what.downstream,
        include_future=what.future,
        include_past=what.past,
        note=what.note if what.note is not None else what.run_note,
        run_on_latest_version=what.latest,
        only_new=what.only_new,
    )
    extra["cleared"] = len(result)
    own = [each for chosen, _, decisions in decided if not chosen.dependent for each in decisions]
    record(connection, what.event, now, user, dag_id=what.dag_id, run_id=what.run_id, extra=extra, **_told(own))
    for chosen, view, decisions in decided:
        if chosen.dependent:
            told = {"cleared": len(transitions_of(decisions)), "because_of_dag": what.dag_id}
            place: dict[str, Any] = {"dag_id": view.dag_id, "run_id": view.run_id}
            record(connection, what.event, now, user, **place, extra=told, **_told(decisions))
    return result


def _told(decisions: Sequence[Decision]) -> dict[str, Any]:
    before, after = told_states(decisions)
    return {"before": before, "after": after}


def _with_dependents(
    connection: Connection, versions: VersionReads, what: Clearing, loaded: Sequence[tuple[Row[Any], RunView]]
) -> list[Chosen]:
    """The instances to clear, by run."""
    start = [(row, view, _chosen(view, what)) for row, view in loaded]
    if what.only_new or not what.dependents or not (what.downstream or what.task_ids is None):
        return [Chosen(row, view, {task.key for task in tasks}) for row, view, tasks in start]
    followed = Followed(
        connection, versions, lock=not what.dry_run, only_failed=what.only_failed, only_running=what.only_running
    )
    return followed.follow(start)


def new_tasks(connection: Connection, versions: VersionReads, dag_id: str, run_id: str) -> list[tuple[str, str]]:
    """See `Actions.new_tasks`."""
    version_id = find_dag(connection, dag_id).version_id
    spec = versions.specs([version_id], connection)[version_id]
    names = run_versions.lacking(connection, versions, run_pk(connection, dag_id, run_id), version_id)
    return [(task.task_id, task.task_display_name or task.task_id) for task in spec.tasks if task.task_id in names]


def _complete(
    connection: Connection, versions: VersionReads, what: Clearing, pks: Sequence[int], now: datetime
) -> dict[int, list[str]]:
    """Give the runs what they lack, and the newest version when it is asked for: run -> ids of its new tasks."""
    if not (what.whole or what.latest or what.only_new):
        return {}
    rows = lock_runs(connection, pks)
    return {
        row.id: run_versions.move(connection, versions, row, version_id, now)
        for row, version_id in _versions_of(connection, what, rows)
    }


def _versions_of(connection: Connection, what: Clearing, rows: Iterable[Row[Any]]) -> list[tuple[Row[Any], int]]:
    """The runs that ended, each with the version that it goes on as.

    Raises ConflictError when one that has not ended should go on as another version.
    """
    newest = find_dag(connection, what.dag_id).version_id if what.latest or what.only_new else None
    ended = []
    for row in rows:
        if DagRunState(row.state) in FINISHED_RUN:
            ended.append((row, newest or row.version_id))
        elif newest not in (None, row.version_id):
            raise ConflictError(
                f"run {row.run_id!r} of DAG {what.dag_id!r} has not ended, so it keeps its version of the DAG",
                fix="wait for its end or mark it failed, or clear it without run_on_latest_version and only_new",
            )
    return ended


def _beside(connection: Connection, versions: VersionReads, what: Clearing, rows: Iterable[Row[Any]]) -> list[Affected]:
    """The instances that clearing would make, with no id: the runs get the tasks of the newest version."""
    if not what.latest:
        return []
    return [
        {"id": None, "dag_id": row.dag_id, "run_id": row.run_id, "task_id": task_id, "map_index": -1}
        | {"state": None, "new_state": None, "logical_date": row.logical_date, "run_after": row.run_after}
        for row, version_id in _versions_of(connection, what, rows)
        for task_id in run_versions.lacking(connection, versions, row.id, version_id)
    ]


def _chosen(view: RunView, what: Clearing) -> list[TaskView]:
    if what.task_ids is None:
        return select_instances(view)
    known = [item for item in what.task_ids if _task_id(item) in view.graph.order]
    return select_instances(view, known, upstream=what.upstream, downstream=what.downstream) if known else []


def _task_id(item: Named) -> str:
    return item if isinstance(item, str) else item[0]


def _check_tasks(connection: Connection, versions: VersionReads, what: Clearing, views: Sequence[RunView]) -> None:
    """A task must be known to one of the runs; when there are no runs, to the DAG as it is now."""
    if not what.task_ids:
        return
    known: set[str] = set()
    for view in views:
        known.update(view.graph.order)
    if not views:
        version_id = find_dag(connection, what.dag_id).version_id
        known.update(task.task_id for task in versions.specs([version_id], connection)[version_id].tasks)
    for item in what.task_ids:
        if _task_id(item) not in known:
            raise unknown_task(what.dag_id, _task_id(item), known)


def _runs(connection: Connection, what: Clearing) -> Sequence[int]:
    """The runs that a clear looks at."""
    if what.run_id is not None:
        base = run_pk(connection, what.dag_id, what.run_id)
        return with_neighbours(connection, what.dag_id, what.run_id, base, future=what.future, past=what.past)
    start, end = aware("start date", what.start), aware("end date", what.end)
    conditions: list[ColumnElement[bool]] = [_run.dag_id == what.dag_id]
    if start is not None and not what.past:
        conditions.append(start.astimezone(UTC) <= DATE)
    if end is not None and not what.future:
        conditions.append(end.astimezone(UTC) >= DATE)
    pks = connection.scalars(select(_run.id).where(*conditions)).all()
    if not pks:
        find_dag(connection, what.dag_id)
    return pks


def with_neighbours(
    connection: Connection, dag_id: str, run_id: str, pk: int, *, future: bool, past: bool
) -> Sequence[int]:
    """The run, and those of its DAG with a later (`future`) or earlier (`past`) logical date."""
    if not future and not past:
        return [pk]
    at = connection.scalar(select(_run.logical_date).where(_run.id == pk))
    if at is None:
        raise InvalidError(
            f"run {run_id!r} of DAG {dag_id!r} has no logical date, so no run is before or after it",
            fix="leave future and past out, or name the runs one by one",
        )
    conditions = [_run.dag_id == dag_id, _run.logical_date.is_not(None)]
    if not past:
        conditions.append(_run.logical_date >= at)
    if not future:
        conditions.append(_run.logical_date <= at)
    return connection.scalars(select(_run.id).where(*conditions)).all()
