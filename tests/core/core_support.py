"""Small DAGs and views for the tests of the core."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from graphlib import TopologicalSorter
from typing import Any

import msgspec

from tradewind.core.view import RunView, TaskView, build_view
from tradewind.spec.dag import DagSpec, TaskSpec
from tradewind.spec.ids import TaskKey
from tradewind.spec.states import DagRunState, DagRunType, TaskInstanceState

T0 = datetime(2030, 1, 1, tzinfo=UTC)


@dataclass
class RunRow:
    id: int = 1
    dag_id: str = "d"
    run_id: str = "r"
    run_type: DagRunType = DagRunType.SCHEDULED
    state: DagRunState = DagRunState.RUNNING
    revision: int = 0
    version_id: int = 1
    run_after: datetime = T0
    logical_date: datetime | None = T0
    data_interval_start: datetime | None = T0
    data_interval_end: datetime | None = T0 + timedelta(days=1)
    queued_at: datetime | None = T0
    start_date: datetime | None = T0
    end_date: datetime | None = None
    conf: dict[str, Any] = field(default_factory=dict)
    note: str | None = None
    clear_number: int = 0
    triggering_user_name: str | None = None
    partition_key: str | None = None
    partition_date: datetime | None = None
    backfill_id: int | None = None
    only_tasks: list[str] | None = None
    awaits_interval: bool = False


@dataclass
class TaskRow:
    task_id: str
    state: TaskInstanceState | None = None
    map_index: int = -1
    try_number: int = 0
    max_tries: int = 0
    lost: int = 0
    attempt_id: str | None = None
    worker_id: str | None = None
    start_date: datetime | None = None
    end_date: datetime | None = None
    next_at: datetime | None = None
    trigger_id: str | None = None
    next_method: str | None = None
    first_start: datetime | None = None
    reschedules: int = 0
    skips: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"ti-{self.task_id}-{self.map_index}"


def dag(
    edges: Mapping[str, Iterable[str]], /, *, options: Mapping[str, dict[str, Any]] | None = None, **kw: Any
) -> DagSpec:
    """A DagSpec from task -> direct downstream; `options`: task -> fields of its TaskSpec; `kw`: fields of
    the DAG."""
    down: dict[str, tuple[str, ...]] = {task: tuple(below) for task, below in edges.items()}
    for below in tuple(down.values()):
        for task in below:
            down.setdefault(task, ())
    up: dict[str, list[str]] = {task: [] for task in down}
    for task, below in down.items():
        for other in below:
            up[other].append(task)
    tasks = tuple(
        TaskSpec(
            task_id=task,
            upstream=tuple(sorted(up[task])),
            downstream=tuple(sorted(down[task])),
            **(options or {}).get(task, {}),
        )
        for task in TopologicalSorter(up).static_order()
    )
    return DagSpec(dag_id="d", tasks=tasks, **kw)


def rows(spec: DagSpec, **states: TaskInstanceState | None) -> list[TaskRow]:
    return [TaskRow(t.task_id, states.get(t.task_id), max_tries=t.retries) for t in spec.tasks]


def view(spec: DagSpec, run: RunRow | None = None, **states: TaskInstanceState | None) -> RunView:
    return build_view(run or RunRow(), spec, rows(spec, **states))


def task(run: RunView, task_id: str, map_index: int = -1) -> TaskView:
    return run.tasks[TaskKey(task_id, map_index)]


def one(state: TaskInstanceState | None = None, **kw: Any) -> TaskView:
    """A single task instance in this state, with the fields such a state comes with."""
    spec_fields = {k: kw.pop(k) for k in tuple(kw) if k in TaskSpec.__struct_fields__}
    spec = msgspec.structs.replace(TaskSpec(task_id="t"), **spec_fields)
    made = TaskView(id="ti", key=TaskKey("t"), spec=spec, state=state, max_tries=spec.retries)
    if state is not None:
        made.try_number = 1
    if state in (TaskInstanceState.QUEUED, TaskInstanceState.RUNNING, TaskInstanceState.RESTARTING):
        made.attempt_id, made.worker_id = "a1", "w1"
    if state in (TaskInstanceState.RUNNING, TaskInstanceState.UP_FOR_RESCHEDULE):
        made.start_date = T0
    for name, value in kw.items():
        setattr(made, name, value)
    return made
