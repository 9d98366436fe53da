"""Marks task instances and runs as success, failed or skipped.  Called by `store.actions`; the rules
are in `core.marking`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, update

from tradewind.core.machine import Transition
from tradewind.core.marking import mark_run, mark_tasks
from tradewind.core.view import RunView, TaskView
from tradewind.errors import NotFoundError
from tradewind.spec.states import DagRunState, TaskInstanceState
from tradewind.store import tables
from tradewind.store.actions_checks import check_text
from tradewind.store.actions_clear import with_neighbours
from tradewind.store.actions_common import given, record, run_pk
from tradewind.store.actions_views import (
    Affected,
    affected,
    load_views,
    transitions_of,
    unknown_task,
    write_decisions,
)
from tradewind.store.reads.versions import VersionReads


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """What to mark, and as what; see `Actions.set_task_state`."""

    dag_id: str
    run_id: str
    task_ids: tuple[str, ...]
    """One task, or those of a group."""
    state: TaskInstanceState
    map_index: int | None = None
    upstream: bool = False
    downstream: bool = False
    future: bool = False
    past: bool = False
    dry_run: bool = False
    whole: bool = False
    """Return also what is cleared below."""
    note: str | None = None


def set_task_state(
    connection: Connection, versions: VersionReads, what: Marking, user: str | None, now: datetime
) -> list[Affected]:
    """See `Actions.set_task_state`."""
    check_text("the note", what.note)
    base = run_pk(connection, what.dag_id, what.run_id)
    pks = with_neighbours(connection, what.dag_id, what.run_id, base, future=what.future, past=what.past)
    loaded = load_views(connection, versions, pks, lock=not what.dry_run)
    _check_instance(next(view for row, view in loaded if row.id == base), what)
    decided = []
    marked = []
    for row, view in loaded:
        chosen = _chosen(view, what)
        decisions = mark_tasks(view, chosen, what.state, now)
        ids = {task.id for task in chosen}
        marked.append((view, [t for t in transitions_of(decisions) if what.whole or t.ti_id in ids]))
        if decisions:
            decided.append((row, view, decisions))
    result = affected(connection, marked)
    if what.dry_run:
        return result
    for row, _, decisions in decided:
        write_decisions(connection, row, decisions, now)
    if what.note is not None:
        _write_note(connection, base, what, now)
    extra = given(
        new_state=what.state.value,
        task_ids=what.task_ids if len(what.task_ids) > 1 else None,
        include_upstream=what.upstream,
        include_downstream=what.downstream,
        include_future=what.future,
        include_past=what.past,
        note=what.note,
    )
    record(
        connection,
        "patch_task_instance",
        now,
        user,
        dag_id=what.dag_id,
        run_id=what.run_id,
        task_id=what.task_ids[0] if len(what.task_ids) == 1 else None,
        map_index=what.map_index,
        extra=extra,
        before=_states(marked),
        after={"state": what.state.value},
    )
    return result


MOST_STATES = 100
"""Task instances whose states are written to the audit log."""


def _states(marked: Sequence[tuple[RunView, Sequence[Transition]]]) -> dict[str, Any]:
    """What the marked ones were, by run and task."""
    found = {f"{view.run_id} {change.key.name}": change.from_state for view, changes in marked for change in changes}
    kept = dict(list(found.items())[:MOST_STATES])
    return {**kept, "and_more": len(found) - len(kept)} if len(found) > len(kept) else kept


def _check_instance(view: RunView, what: Marking) -> None:
    for task_id in what.task_ids:
        _check_task(view, what, task_id)


def _check_task(view: RunView, what: Marking, task_id: str) -> None:
    keys = view.instances.get(task_id, [])
    if not keys:
        raise unknown_task(what.dag_id, task_id, view.instances)
    if what.map_index is not None and all(key.map_index != what.map_index for key in keys):
        raise NotFoundError(
            f"task {task_id!r} of run {what.run_id!r} has no map index {what.map_index}",
            fix="use one of: " + ", ".join(str(key.map_index) for key in keys[:20]),
        )


def _chosen(view: RunView, what: Marking) -> list[TaskView]:
    """The instances of the named tasks, and all of their relatives, in topological order."""
    names = set(what.task_ids)
    for task_id in what.task_ids:
        if task_id in view.graph.order:
            if what.upstream:
                names.update(view.graph.upstream(task_id))
            if what.downstream:
                names.update(view.graph.downstream(task_id))
    order = view.graph.order
    return [
        view.tasks[key]
        for name in sorted(names, key=lambda name: order.get(name, -1))
        for key in view.instances.get(name, ())
        if name not in what.task_ids or what.map_index in (None, key.map_index)
    ]


def _write_note(connection: Connection, pk: int, what: Marking, now: datetime) -> None:
    ti = tables.task_instance
    statement = update(ti).where(ti.c.dag_run_id == pk, ti.c.task_id.in_(what.task_ids))
    if what.map_index is not None:
        statement = statement.where(ti.c.map_index == what.map_index)
    connection.execute(statement.values(note=what.note, updated_at=now))


def set_run_state(
    connection: Connection,
    versions: VersionReads,
    dag_id: str,
    run_id: str,
    state: DagRunState,
    *,
    note: str | None,
    dry_run: bool,
    user: str | None,
    now: datetime,
) -> list[Affected]:
    """See `Actions.set_run_state`."""
    check_text("the note", note)
    pk = run_pk(connection, dag_id, run_id)
    row: Row[Any]
    ((row, view),) = load_views(connection, versions, [pk], lock=not dry_run)
    decisions = mark_run(view, state, now)
    result = affected(connection, [(view, transitions_of(decisions))])
    if dry_run:
        return result
    if decisions or note is not None:
        values = {} if note is None else {"note": note}
        write_decisions(connection, row, decisions, now, run_values=values)
    extra = given(state=state.value, note=note)
    before = given(state=row.state, note=None if note is None else row.note)
    record(
        connection,
        "patch_dag_run",
        now,
        user,
        dag_id=dag_id,
        run_id=run_id,
        extra=extra,
        before=before,
        after=given(state=state.value, note=note),
    )
    return result
