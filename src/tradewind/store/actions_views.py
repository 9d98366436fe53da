"""Runs as views that `core` decides about, and the writing of what it decided.  Called by
`store.actions_clear` and `store.actions_mark`.

Decisions are made from rows that are locked, so their guards cannot miss.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from tradewind.core.flow import Decision, RunDecision, TaskDecision
from tradewind.core.graph import Graph
from tradewind.core.machine import Transition
from tradewind.core.view import RunView, build_view
from tradewind.errors import NotFoundError
from tradewind.ports.store import (
    AttemptChange,
    CallbackRow,
    RunChange,
    RunRecord,
    Step,
    TaskChange,
    TaskRecord,
    TriggerChange,
)
from tradewind.spec.states import HOLDS_SLOT, AttemptState, DagRunState, DagRunType, TaskInstanceState
from tradewind.store import tables
from tradewind.store.actions_checks import chunks, unknown
from tradewind.store.actions_common import change_run, lock_runs
from tradewind.store.reads.versions import VersionReads
from tradewind.store.signals import emit
from tradewind.store.steps import write_all
from tradewind.store.uuid7 import uuid7

_run, _ti = tables.dag_run, tables.task_instance
_FIELDS = tuple(name for name in TaskRecord.__dataclass_fields__ if name != "worker_id")
_RUN_FIELDS = tuple(RunRecord.__dataclass_fields__)
Affected = dict[str, Any]
"""A task instance that an action changed: its columns before it, and `new_state`, `logical_date`,
`run_after`."""


def load_views(
    connection: Connection, versions: VersionReads, pks: Iterable[int], *, lock: bool
) -> list[tuple[Row[Any], RunView]]:
    """The rows and views of these runs, oldest `run_after` first; locked until the transaction ends
    when asked for."""
    wanted = sorted(set(pks))
    rows = lock_runs(connection, wanted) if lock else _rows(connection, wanted)
    specs = versions.specs({row.version_id for row in rows}, connection)
    graphs = {version_id: Graph(spec) for version_id, spec in specs.items()}
    tasks: defaultdict[int, list[TaskRecord]] = defaultdict(list)
    columns = [_ti.c[name] for name in _FIELDS]
    for part in chunks(wanted):
        query = select(_ti.c.dag_run_id, *columns).where(_ti.c.dag_run_id.in_(part))
        for row in connection.execute(query.order_by(_ti.c.task_id, _ti.c.map_index)).mappings():
            values = {name: row[name] for name in _FIELDS}
            values["state"] = None if row["state"] is None else TaskInstanceState(row["state"])
            tasks[row["dag_run_id"]].append(TaskRecord(**values, worker_id=None))
    return [
        (
            row,
            build_view(run_record(row), specs[row.version_id], tasks[row.id], graph=graphs[row.version_id]),
        )
        for row in sorted(rows, key=lambda row: (row.run_after, row.id))
    ]


def run_record(row: Row[Any]) -> RunRecord:
    """The row of `dag_run` as a value."""
    values = {name: getattr(row, name) for name in _RUN_FIELDS}
    values["run_type"] = DagRunType(row.run_type)
    values["state"] = DagRunState(row.state)
    return RunRecord(**values)


def _rows(connection: Connection, pks: Sequence[int]) -> list[Row[Any]]:
    rows: list[Row[Any]] = []
    for part in chunks(pks):
        rows += connection.execute(select(_run).where(_run.c.id.in_(part))).all()
    return rows


def write_decisions(
    connection: Connection,
    row: Row[Any],
    decisions: Sequence[Decision],
    now: datetime,
    *,
    task_values: Mapping[str, Any] | None = None,
    run_values: Mapping[str, Any] | None = None,
) -> None:
    """Write what was decided about a locked run; its revision rises and the leader is told.

    `task_values` are written to every task instance that changed, `run_values` to the run.  Attempts
    that are no longer wanted end as cancelled here; the leader then stops their processes.  That of a
    `restarting` task instance goes on until the leader has seen its end, so that no second one starts
    beside it.
    """
    step = Step(fence="")
    for decision in decisions:
        match decision:
            case TaskDecision(transition):
                step.tasks.append(_task_change(row.id, transition, task_values or {}))
                if transition.dropped_trigger is not None:
                    step.triggers.append(TriggerChange(row.id, transition.dropped_trigger))
                step.callbacks += [
                    CallbackRow(uuid7(), row.id, kind, transition.reason, now, transition.ti_id, dict(transition.about))
                    for kind in transition.callbacks
                ]
                if _ends_attempt(transition):
                    assert transition.from_attempt is not None
                    step.attempts.append(
                        AttemptChange(row.id, transition.from_attempt, AttemptState.CANCELLED, end_date=now)
                    )
            case RunDecision():
                step.runs.append(RunChange(row.id, decision.from_state, decision.to_state, dict(decision.values)))
    write_all(connection, step, now)
    if step.callbacks:
        emit(connection, "callbacks", row.dag_id, row.id)
    change_run(connection, row, now, **(run_values or {}))


def _task_change(run_pk: int, transition: Transition, extra: Mapping[str, Any]) -> TaskChange:
    return TaskChange(
        run_pk=run_pk,
        ti_id=transition.ti_id,
        expect_state=transition.from_state,
        expect_attempt=transition.from_attempt,
        state=transition.to_state,
        values={**transition.values, **extra},
    )


def _ends_attempt(transition: Transition) -> bool:
    return (
        transition.from_attempt is not None
        and transition.from_state in HOLDS_SLOT
        and transition.to_state not in HOLDS_SLOT
    )


def affected(connection: Connection, runs: Sequence[tuple[RunView, Sequence[Transition]]]) -> list[Affected]:
    """The task instances that these transitions change, as they are before they are written, in the
    same order."""
    ids = [transition.ti_id for _, transitions in runs for transition in transitions]
    found: dict[str, Affected] = {}
    for part in chunks(ids):
        for row in connection.execute(select(_ti).where(_ti.c.id.in_(part))).mappings():
            found[row["id"]] = dict(row)
    return [
        {
            **found[transition.ti_id],
            "new_state": None if transition.to_state is None else transition.to_state.value,
            "logical_date": run.logical_date,
            "run_after": run.run_after,
        }
        for run, transitions in runs
        for transition in transitions
    ]


def transitions_of(decisions: Iterable[Decision]) -> list[Transition]:
    """The changes of task instances among decisions."""
    return [decision.transition for decision in decisions if isinstance(decision, TaskDecision)]


def told_states(decisions: Iterable[Decision]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What task instances and runs were and what they are now, as counts by state: for the audit log."""
    before: dict[str, Counter[str]] = {"tasks": Counter(), "runs": Counter()}
    after: dict[str, Counter[str]] = {"tasks": Counter(), "runs": Counter()}
    for decision in decisions:
        if isinstance(decision, TaskDecision):
            before["tasks"][decision.transition.from_state or "none"] += 1
            after["tasks"][decision.transition.to_state or "none"] += 1
        elif isinstance(decision, RunDecision):
            before["runs"][decision.from_state] += 1
            after["runs"][decision.to_state] += 1
    return _plain(before), _plain(after)


def _plain(counts: Mapping[str, Counter[str]]) -> dict[str, Any]:
    return {what: dict(sorted(each.items())) for what, each in counts.items() if each}


def unknown_task(dag_id: str, task_id: str, known: Iterable[str]) -> NotFoundError:
    """The error for a task that neither the DAG nor the version of the run has."""
    return unknown(
        f"task of DAG {dag_id!r} with the id",
        task_id,
        known,
        fallback=f"see its tasks with: tradewind tasks list {dag_id}",
    )
