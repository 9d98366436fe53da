"""Marks task instances and runs as success, failed or skipped.  Called by `store.actions`; the rules
are in `core.marking`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, update

from tradewind.core.flow import TaskDecision
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
    told_states,
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
    named: Mapping[str, frozenset[int] | None]
    """Task id -> map indexes; None: all of them.  One task, those of a group, or some instances of mapped ones."""
    state: TaskInstanceState
    upstream: bool = False
    downstream: bool = False
    future: bool = False
    past: bool = False
    dry_run: bool = False
    whole: bool = False
    """Return also what is cleared below."""
    note: str | None = None


def named_tasks(tasks: Iterable[str | tuple[str, int]], map_index: int | None) -> dict[str, frozenset[int] | None]:
    """`Marking.named` of tasks, and of pairs of a task and a map index; `map_index` is that of those without one.

    A task that is named as a whole, too, is meant as a whole.
    """
    found: dict[str, frozenset[int] | None] = {}
    for task in tasks:
        task_id, index = (task, map_index) if isinstance(task, str) else task
        before = found.get(task_id, frozenset())
        found[task_id] = None if index is None or before is None else before | {index}
    return found


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
    each = _each(what.named)
    extra = given(
        new_state=what.state.value,
        task_ids=each if len(each) > 1 else None,
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
        task_id=next(iter(what.named)) if len(what.named) == 1 else None,
        map_index=each[0][1] if len(each) == 1 and not isinstance(each[0], str) else None,
        extra=extra,
        before=_states(marked),
        after={"state": what.state.value},
    )
    return result


def _each(named: Mapping[str, frozenset[int] | None]) -> list[str | tuple[str, int]]:
    """Tasks, and pairs of a task and a map index, as `named_tasks` takes them."""
    found: list[str | tuple[str, int]] = []
    for task_id, indexes in named.items():
        found += [task_id] if indexes is None else [(task_id, index) for index in sorted(indexes)]
    return found


MOST_STATES = 100
"""Task instances whose states are written to the audit log."""


def _states(marked: Sequence[tuple[RunView, Sequence[Transition]]]) -> dict[str, Any]:
    """What the marked ones were, by run and task."""
    found = {f"{view.run_id} {change.key.name}": change.from_state for view, changes in marked for change in changes}
    kept = dict(list(found.items())[:MOST_STATES])
    return {**kept, "and_more": len(found) - len(kept)} if len(found) > len(kept) else kept


def _check_instance(view: RunView, what: Marking) -> None:
    for task_id, indexes in what.named.items():
        _check_task(view, what, task_id, indexes)


def _check_task(view: RunView, what: Marking, task_id: str, indexes: frozenset[int] | None) -> None:
    keys = view.instances.get(task_id, [])
    if not keys:
        raise unknown_task(what.dag_id, task_id, view.instances)
    missing = (indexes or frozenset()) - {key.map_index for key in keys}
    if missing:
        raise NotFoundError(
            f"task {task_id!r} of run {what.run_id!r} has no map index {min(missing)}",
            fix="use one of: " + ", ".join(str(key.map_index) for key in keys[:20]),
        )


def _chosen(view: RunView, what: Marking) -> list[TaskView]:
    """The instances of the named tasks, and all of their relatives, in topological order."""
    names = set(what.named)
    for task_id in what.named:
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
        if (indexes := what.named.get(name)) is None or key.map_index in indexes
    ]


def _write_note(connection: Connection, pk: int, what: Marking, now: datetime) -> None:
    ti = tables.task_instance
    for task_id, indexes in what.named.items():
        statement = update(ti).where(ti.c.dag_run_id == pk, ti.c.task_id == task_id)
        if indexes is not None:
            statement = statement.where(ti.c.map_index.in_(indexes))
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
    was, now_is = told_states(decision for decision in decisions if isinstance(decision, TaskDecision))
    before = given(state=row.state, note=None if note is None else row.note) | was
    record(
        connection,
        "patch_dag_run",
        now,
        user,
        dag_id=dag_id,
        run_id=run_id,
        extra=extra,
        before=before,
        after=given(state=state.value, note=note) | now_is,
    )
    return result
