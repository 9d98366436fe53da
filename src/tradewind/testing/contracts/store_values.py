"""Small worlds for the suites of a store: one leader, DAGs, runs and steps, made through the ports alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Protocol
from uuid import UUID

from tradewind.ports.leases import LeaseStore
from tradewind.ports.store import (
    AttemptChange,
    DagRecord,
    DagStore,
    HistoryStore,
    NewAttempt,
    NewRun,
    NewTask,
    RunSnapshot,
    SchedulerStore,
    Step,
    TaskChange,
    TaskRecord,
)
from tradewind.spec.dag import DagSpec, ImportErrorSpec, ParsedFile, TaskSpec, TimetableSpec
from tradewind.spec.ids import DEFAULT_POOL, DEFAULT_QUEUE, NOT_MAPPED
from tradewind.spec.states import AttemptState, DagRunState, DagRunType, TaskInstanceState

NOW = datetime(2024, 5, 1, 12, 0, 0, 123456, tzinfo=UTC)
TTL = timedelta(seconds=10)
LEADER = "00000000-0000-7000-8000-00000000000a"
RIVAL = "00000000-0000-7000-8000-00000000000b"
EXECUTOR = "00000000-0000-7000-8000-0000000000e1"
BUNDLE = "dags-folder"

_ids = count(1)


def new_id() -> str:
    """An id that no other call gives, in the form of a UUID; later ones sort after earlier ones."""
    return str(UUID(int=0x0190_0000_0000_7000_8000 << 48 | next(_ids)))


class StoreBackend(Protocol):
    """What the suites need of the store under test."""

    @property
    def scheduler(self) -> SchedulerStore: ...

    @property
    def history(self) -> HistoryStore: ...

    @property
    def leases(self) -> LeaseStore: ...

    @property
    def dags(self) -> DagStore: ...


def dag_spec(dag_id: str = "sales", tasks: Sequence[str] = ("extract", "load"), **values: Any) -> DagSpec:
    """A DAG whose tasks follow each other."""
    chain = tuple(
        TaskSpec(
            task_id=task,
            upstream=tuple(tasks[at - 1 : at]) if at else (),
            downstream=tuple(tasks[at + 1 : at + 2]),
        )
        for at, task in enumerate(tasks)
    )
    timetable = TimetableSpec(kind="cron_interval", crons=("0 2 * * *",), summary="0 2 * * *")
    return DagSpec(**{"dag_id": dag_id, "tasks": chain, "timetable": timetable, **values})


def parsed_file(
    *specs: DagSpec, name: str = "sales.py", digest: str = "1", errors: Sequence[ImportErrorSpec] = ()
) -> ParsedFile:
    """A parse of the file `name` that found these DAGs."""
    return ParsedFile(
        relative_fileloc=name,
        fileloc=f"/nowhere/{name}",
        digest=digest,
        dags=specs,
        errors=tuple(errors),
        seconds=0.25,
    )


def import_error(name: str = "sales.py", message: str = "name 'x' is not defined") -> ImportErrorSpec:
    """Why the file `name` did not load."""
    return ImportErrorSpec(
        relative_fileloc=name,
        fileloc=f"/nowhere/{name}",
        line=3,
        message=message,
        traceback=f"Traceback ...\nNameError: {message}",
    )


def new_tasks(names: Sequence[str]) -> tuple[NewTask, ...]:
    """Task instances to insert, one per name."""
    return tuple(
        NewTask(
            id=new_id(),
            task_id=name,
            map_index=NOT_MAPPED,
            max_tries=1,
            operator="PythonOperator",
            pool=DEFAULT_POOL,
            pool_slots=1,
            queue=DEFAULT_QUEUE,
            priority_weight=1,
        )
        for name in names
    )


@dataclass
class World:
    """A store with a leader."""

    store: StoreBackend
    folder: str = "/nowhere"
    fence: str = LEADER
    _runs: count[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        assert self.store.leases.acquire("scheduler", self.fence, NOW, TTL)

    def save(self, *specs: DagSpec, **values: Any) -> None:
        """Have the DAG processor record a parse."""
        self.store.dags.save_parsed(BUNDLE, self.folder, parsed_file(*specs, **values), NOW)

    def dag(self, dag_id: str = "sales") -> DagRecord:
        """The DAG's record, whether it is stale or not."""
        return self.store.scheduler.dags([dag_id])[0]

    def new_run(self, dag: DagRecord, **values: Any) -> NewRun:
        """A manual run of `dag`, running, with a run id of its own."""
        run = NewRun(
            dag_id=dag.dag_id,
            run_id=f"manual__{next(self._runs)}",
            run_type=DagRunType.MANUAL,
            state=DagRunState.RUNNING,
            version_id=dag.version_id,
            run_after=NOW,
            created_at=NOW,
            tasks=new_tasks([task.task_id for task in dag.spec.tasks]),
        )
        return replace(run, **values)

    def run(self, dag_id: str = "sales", **values: Any) -> RunSnapshot:
        """Create a run of the DAG, which is saved first if need be."""
        if not self.store.scheduler.dags([dag_id]):
            self.save(dag_spec(dag_id), name=f"{dag_id}.py")
        new = self.new_run(self.dag(dag_id), **values)
        [made] = self.store.scheduler.create_runs(self.fence, [(new, None)], automated=False)
        assert made is not None
        return made

    def reload(self, run: RunSnapshot) -> RunSnapshot:
        """The run as it is now."""
        now = self.store.scheduler.load_run(run.run.id)
        assert now is not None
        return now

    def task(self, run: RunSnapshot, task_id: str = "extract") -> TaskRecord:
        """A task instance as it is now."""
        return next(task for task in self.reload(run).tasks if task.task_id == task_id)

    def step(self, *runs: RunSnapshot, **parts: Any) -> Step:
        """A step decided from these views."""
        return Step(fence=self.fence, revisions={run.run.id: run.run.revision for run in runs}, **parts)

    def queue(self, run: RunSnapshot, task: TaskRecord) -> tuple[TaskChange, NewAttempt]:
        """Queue a waiting task: the change and its first attempt."""
        attempt_id = new_id()
        change = TaskChange(
            run_pk=run.run.id,
            ti_id=task.id,
            expect_state=None,
            expect_attempt=None,
            state=TaskInstanceState.QUEUED,
            values={
                "try_number": 1,
                "attempt_id": attempt_id,
                "scheduled_at": NOW,
                "queued_at": NOW,
                "reason": "all upstream tasks succeeded",
            },
        )
        attempt = NewAttempt(
            id=attempt_id,
            ti_id=task.id,
            run_pk=run.run.id,
            try_number=1,
            worker_id=EXECUTOR,
            queued_at=NOW,
            log_path=f"dag_id={run.run.dag_id}/attempt=1.log",
        )
        return change, attempt

    def queued(self, run: RunSnapshot, task_id: str = "extract") -> str:
        """Queue the task for good; returns its attempt's id."""
        change, attempt = self.queue(run, self.task(run, task_id))
        assert self.store.scheduler.apply(self.step(run, tasks=[change], new_attempts=[attempt])) == set()
        return attempt.id


def ended(
    run: RunSnapshot, task: TaskRecord, state: TaskInstanceState, *, attempt: AttemptState
) -> tuple[TaskChange, AttemptChange]:
    """The end of a task's current attempt, and of the task with it."""
    assert task.attempt_id is not None
    change = TaskChange(
        run_pk=run.run.id,
        ti_id=task.id,
        expect_state=task.state,
        expect_attempt=task.attempt_id,
        state=state,
        values={"end_date": NOW},
    )
    return change, AttemptChange(run_pk=run.run.id, id=task.attempt_id, state=attempt, end_date=NOW)
