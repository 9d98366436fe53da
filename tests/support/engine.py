"""A scheduler on a real database with a virtual clock and a scripted executor."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from support.executor import ScriptedExecutor
from tradewind.services.inbox import DatabaseChanged
from tradewind.services.scheduler import Scheduler
from tradewind.spec.dag import DagSpec, ParsedFile, TaskSpec, TimetableSpec
from tradewind.spec.states import DagRunState, TaskInstanceState
from tradewind.store import Store
from tradewind.testing.clock import VirtualClock

START = datetime(2024, 8, 6, tzinfo=UTC)
_numbers = itertools.count(1)


def tasks(shape: dict[str, list[str]], **fields: dict[str, Any]) -> tuple[TaskSpec, ...]:
    """Task specs from {task id: upstream ids} in topological order; further fields by task id."""
    below: dict[str, list[str]] = {task_id: [] for task_id in shape}
    for task_id, above in shape.items():
        for other in above:
            below[other].append(task_id)
    return tuple(
        TaskSpec(
            task_id=task_id,
            upstream=tuple(sorted(above)),
            downstream=tuple(below[task_id]),
            **fields.get(task_id, {}),
        )
        for task_id, above in shape.items()
    )


class NeverWakes:
    """The tests hand over `DatabaseChanged` themselves."""

    def wait(self, timeout: float) -> bool:
        return False

    def close(self) -> None:
        pass


class Engine:
    """Everything a scheduling test needs; `holder` names the scheduler process."""

    def __init__(self, store: Store, folder: Path, *, now: datetime = START, slots: int = 32) -> None:
        self.store = store
        self.folder = folder
        self.clock = VirtualClock(now)
        self.executor = ScriptedExecutor(slots)
        self.scheduler = self.make_scheduler("scheduler-1")

    def make_scheduler(self, holder: str) -> Scheduler:
        return Scheduler(
            self.store.scheduler,
            self.store.history,
            self.store.assets,
            self.store.triggers,
            self.store.subscriptions,
            self.store.leases,
            self.store.backfills.leader,
            self.store.undecided,
            self.executor,
            self.clock,
            holder=holder,
            log_folder=self.folder / "logs",
            serve=lambda request: None,
            wakeup=NeverWakes(),
            new_id=lambda: f"00000000-0000-7000-8000-{next(_numbers):012d}",
        )

    def add(self, *specs: DagSpec, paused: bool = False) -> None:
        """Store DAGs as the DAG processor does, and unpause them."""
        for spec in specs:
            parsed = ParsedFile(
                relative_fileloc=f"{spec.dag_id}.py",
                fileloc=f"/dags/{spec.dag_id}.py",
                digest="0",
                dags=(spec,),
            )
            self.store.dags.save_parsed("dags", "/dags", parsed, self.clock.now())
            if not paused:
                self.store.actions.set_paused(spec.dag_id, False, now=self.clock.now())

    def lead(self) -> None:
        """The scheduler takes the lead and loads what is unfinished."""
        self.store.leases.register(self.scheduler._leadership.holder, "scheduler", self.clock.now())
        assert self.scheduler._leadership.acquire()
        self.scheduler.load()

    def trigger(self, dag_id: str, **fields: Any) -> Any:
        run = self.store.actions.trigger_run(dag_id, now=self.clock.now(), **fields)
        self.changed()
        return run

    def changed(self) -> None:
        """A step after somebody changed the database."""
        self.scheduler.step([DatabaseChanged()])

    def settle(self, answer: Callable[[], int]) -> int:
        """Steps, and answers to what they ask, until nothing is asked; how many answers `answer` gave."""
        count = 0
        self.changed()
        while answered := answer():
            count += answered
            self.changed()
        return count

    def step(self, *facts: Any) -> None:
        self.scheduler.step(facts)

    def advance(self, by: timedelta | float) -> None:
        """Time passes, in steps short enough to keep the lease, and the scheduler looks."""
        left = by if isinstance(by, timedelta) else timedelta(seconds=by)
        self.clock.advance(left)
        self.scheduler._leadership.acquire()
        self.scheduler.step([])

    def claim(self, task_id: str) -> Any:
        """The only attempt of a task that is out is claimed."""
        work = self.executor.one(task_id)
        self.step(self.executor.claim(work, self.clock.now()))
        return work

    def succeed(self, task_id: str, **fields: Any) -> None:
        work = self.claim(task_id)
        self.step(self.executor.finish(work, self.clock.now(), **fields))

    def fail(self, task_id: str, **fields: Any) -> None:
        self.succeed(task_id, state="failed", error_type="ValueError", error="ValueError: no", **fields)

    def run_all(self) -> None:
        """Every attempt that is out, and that comes out, succeeds."""
        while works := self.executor.out():
            now = self.clock.now()
            self.step(*[self.executor.claim(work, now) for work in works])
            self.step(*[self.executor.finish(work, now) for work in works])

    def states(self, run_pk: int) -> dict[str, TaskInstanceState | None]:
        snapshot = self.store.scheduler.load_run(run_pk)
        assert snapshot is not None
        return {task.task_id: task.state for task in snapshot.tasks}

    def run_state(self, run_pk: int) -> DagRunState:
        snapshot = self.store.scheduler.load_run(run_pk)
        assert snapshot is not None
        return snapshot.run.state

    def runs(self, dag_id: str) -> list[Any]:
        """Unfinished runs of a DAG."""
        return [s.run for s in self.store.scheduler.unfinished_runs() if s.run.dag_id == dag_id]


def dag(dag_id: str = "d", shape: dict[str, list[str]] | None = None, *, fields: Any = None, **spec: Any) -> DagSpec:
    """A DAG with `max_active_tasks` 16 and no schedule unless given."""
    return DagSpec(
        dag_id=dag_id, tasks=tasks(shape or {"a": [], "b": ["a"]}, **(fields or {})), start_date=START, **spec
    )


DAILY = TimetableSpec(kind="cron_interval", crons=("0 0 * * *",), summary="@daily")
