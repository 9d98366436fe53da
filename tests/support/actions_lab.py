"""A store with DAGs and runs in any state, made through the store's own ways in."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from tradewind.ports.store import (
    AttemptChange,
    NewAttempt,
    RunChange,
    RunRecord,
    RunSnapshot,
    Step,
    TaskChange,
    TaskRecord,
)
from tradewind.spec.dag import DagSpec, ParsedFile, TaskSpec
from tradewind.spec.states import AttemptState, DagRunState, TaskInstanceState
from tradewind.store import Store, tables
from tradewind.store.engine import read

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
S = TaskInstanceState
_numbers = itertools.count(1)


def dag(
    dag_id: str = "d",
    shape: dict[str, list[str]] | None = None,
    *,
    of: dict[str, dict[str, Any]] | None = None,
    **fields: Any,
) -> DagSpec:
    """A DAG from {task id: upstream ids} in topological order; `of` has further fields by task id."""
    shape = shape if shape is not None else {"a": [], "b": ["a"], "c": ["b"]}
    below: dict[str, list[str]] = {task_id: [] for task_id in shape}
    for task_id, above in shape.items():
        for other in above:
            below[other].append(task_id)
    tasks = tuple(
        TaskSpec(
            task_id=task_id,
            upstream=tuple(sorted(above)),
            downstream=tuple(sorted(below[task_id])),
            **(of or {}).get(task_id, {}),
        )
        for task_id, above in shape.items()
    )
    return DagSpec(dag_id=dag_id, tasks=tasks, **fields)


class Lab:
    """Short words for tests."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.actions = store.actions
        assert store.leases.acquire("scheduler", "leader", NOW, timedelta(days=1000))

    def add(self, *specs: DagSpec) -> None:
        """Store DAGs as the DAG processor does."""
        for spec in specs:
            name = f"{spec.dag_id}.py"
            parsed = ParsedFile(relative_fileloc=name, fileloc=f"/dags/{name}", digest="0", dags=(spec,))
            self.store.dags.save_parsed("dags", "/dags", parsed, NOW)
        self.signals()

    def run(self, dag_id: str = "d", **fields: Any) -> RunRecord:
        """Trigger a run."""
        made = self.actions.trigger_run(dag_id, now=NOW, **fields)
        self.signals()
        return made

    def signals(self) -> list[tuple[str, str | None, int | None]]:
        """What the leader would be told; taken."""
        return [(s.kind, s.dag_id, s.run_pk) for s in self.store.scheduler.take_signals()]

    def snapshot(self, run: RunRecord) -> RunSnapshot:
        """The run as the leader sees it."""
        found = self.store.scheduler.load_run(run.id)
        assert found is not None
        return found

    def task(self, run: RunRecord, task_id: str, map_index: int = -1) -> TaskRecord:
        """One task instance as the leader sees it."""
        return next(t for t in self.snapshot(run).tasks if (t.task_id, t.map_index) == (task_id, map_index))

    def states(self, run: RunRecord) -> dict[str, str | None]:
        """Task id -> state."""
        return {task.task_id: task.state and task.state.value for task in self.snapshot(run).tasks}

    def apply(self, step: Step) -> set[int]:
        """Write a step as the leader."""
        return self.store.scheduler.apply(step)

    def force(self, run: RunRecord, **states: TaskInstanceState | None) -> None:
        """Bring task instances into states as the leader would, with an attempt where one belongs to it."""
        snapshot = self.snapshot(run)
        step = Step(fence="leader", revisions={run.id: snapshot.run.revision})
        for task_id, state in states.items():
            task = next(t for t in snapshot.tasks if t.task_id == task_id)
            values: dict[str, Any] = {}
            if state in (S.QUEUED, S.RUNNING, S.SUCCESS, S.FAILED, S.UP_FOR_RETRY):
                attempt = f"00000000-0000-7000-8000-{next(_numbers):012d}"
                number = task.try_number + 1
                values = {"attempt_id": attempt, "try_number": number, "queued_at": NOW}
                step.new_attempts.append(NewAttempt(attempt, task.id, run.id, number, "worker", NOW, "x.log"))
                if state is not S.QUEUED:
                    values["start_date"] = NOW
                    step.attempts.append(AttemptChange(run.id, attempt, AttemptState.RUNNING, start_date=NOW))
                if state not in (S.QUEUED, S.RUNNING):
                    values["end_date"] = NOW
                    end = AttemptState.SUCCESS if state is S.SUCCESS else AttemptState.FAILED
                    step.attempts.append(AttemptChange(run.id, attempt, end, end_date=NOW))
            step.tasks.append(TaskChange(run.id, task.id, task.state, task.attempt_id, state, values))
        assert self.apply(step) == set()

    def set_run(self, run: RunRecord, state: DagRunState) -> None:
        """Bring a run into a state as the leader would."""
        snapshot = self.snapshot(run)
        values: dict[str, Any] = {"start_date": NOW}
        if state in (DagRunState.SUCCESS, DagRunState.FAILED):
            values["end_date"] = NOW
        change = RunChange(run.id, snapshot.run.state, state, values)
        step = Step(fence="leader", revisions={run.id: snapshot.run.revision}, runs=[change])
        assert self.apply(step) == set()

    def rows(self, name: str, **equal: Any) -> list[dict[str, Any]]:
        """Rows of a table, by primary key."""
        table = tables.metadata.tables[name]
        query = select(table).order_by(*table.primary_key.columns)
        for column, value in equal.items():
            query = query.where(table.c[column] == value)
        with read(self.store.engine) as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def attempt_state(self, attempt_id: str | None) -> str:
        """State of an attempt."""
        (row,) = self.rows("attempt", id=attempt_id)
        return str(row["state"])

    def events(self) -> list[tuple[str, str | None]]:
        """(event, owner) of the audit log, oldest first."""
        return [(row["event"], row["owner"]) for row in self.rows("event_log")]
