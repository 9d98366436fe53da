"""What the services ask of the database, as values and Protocols.  Implemented by `tradewind.store`.

The scheduler sees runs as snapshots and writes one `Step` per transaction; a step that touches a run somebody else
changed is left out for that run, which the caller then reloads.  No ORM object crosses this line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from tradewind.ports.callbacks import CallbackEnd as CallbackEnd
from tradewind.ports.callbacks import CallbackRow as CallbackRow
from tradewind.ports.callbacks import CallbackStart as CallbackStart
from tradewind.ports.callbacks import DeadlineEnd as DeadlineEnd
from tradewind.ports.callbacks import DeadlineRow as DeadlineRow
from tradewind.ports.schedule import LoggedEvent, ScheduleNote
from tradewind.ports.triggers import NewTrigger as NewTrigger
from tradewind.ports.triggers import TriggerChange as TriggerChange
from tradewind.spec.dag import DagSpec, ParsedFile
from tradewind.spec.forecast import Forecast
from tradewind.spec.ids import TaskKey
from tradewind.spec.schedule import Interval, NextRun
from tradewind.spec.states import AttemptState, DagRunState, DagRunType, TaskInstanceState
from tradewind.spec.wire import DagSource, OutletEvent, XComValue


@dataclass(frozen=True, slots=True)
class DagRecord:
    """A DAG as the scheduler needs it."""

    dag_id: str
    version_id: int
    spec: DagSpec
    paused: bool
    stale: bool
    source: DagSource
    last_automated: Interval | None
    """Data interval of the newest scheduled run; of one without, the instant of the run."""
    next_run: NextRun | None
    last_run_after: datetime | None = None
    """`run_after` of the newest scheduled run."""
    forecast: Forecast | None = None
    """Of a custom timetable, computed with this version of the DAG."""
    due_since: datetime | None = None
    """Fire times before it were not due: the DAG was unknown or paused, or had another schedule."""


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A row of `dag_run`."""

    id: int
    dag_id: str
    run_id: str
    run_type: DagRunType
    state: DagRunState
    revision: int
    version_id: int
    run_after: datetime
    logical_date: datetime | None = None
    data_interval_start: datetime | None = None
    data_interval_end: datetime | None = None
    queued_at: datetime | None = None
    start_date: datetime | None = None
    end_date: datetime | None = None
    conf: dict[str, Any] = field(default_factory=dict)
    note: str | None = None
    clear_number: int = 0
    triggering_user_name: str | None = None
    partition_key: str | None = None
    partition_date: datetime | None = None
    backfill_id: int | None = None
    """The backfill that made it, or made it run again last."""
    only_tasks: list[str] | None = None
    """Ids of the tasks that are part of the run; None: all."""
    awaits_interval: bool = False
    """Its data interval is still to be computed by a custom timetable; it may not start before."""


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """A row of `task_instance`, as far as decisions need it."""

    id: str
    task_id: str
    map_index: int
    state: TaskInstanceState | None
    try_number: int
    max_tries: int
    lost: int
    attempt_id: str | None
    start_date: datetime | None
    end_date: datetime | None
    next_at: datetime | None
    worker_id: str | None
    """Holder of the current attempt when it is queued or running."""
    trigger_id: str | None = None
    """What it waits for, or what its present try goes on with."""
    next_method: str | None = None
    first_start: datetime | None = None
    reschedules: int = 0
    skips: tuple[str, ...] = ()
    """Ids of the tasks that it decided against when it succeeded."""


@dataclass(frozen=True, slots=True)
class RunSnapshot:
    """One run with everything that decisions about it need."""

    run: RunRecord
    spec: DagSpec
    """Of the version the run was made with."""
    source: DagSource
    tasks: tuple[TaskRecord, ...]
    lengths: tuple[tuple[str, int, int], ...] = ()
    """(task id, map index, length): what `LengthWrite` stored for this run."""


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task instance to insert with its run."""

    id: str
    task_id: str
    map_index: int
    max_tries: int
    operator: str
    pool: str
    pool_slots: int
    queue: str
    priority_weight: int
    executor: str | None = None


@dataclass(frozen=True, slots=True)
class NewRun:
    """A DAG run to insert with its task instances."""

    dag_id: str
    run_id: str
    run_type: DagRunType
    state: DagRunState
    version_id: int
    run_after: datetime
    created_at: datetime
    tasks: tuple[NewTask, ...]
    logical_date: datetime | None = None
    interval: Interval | None = None
    conf: dict[str, Any] = field(default_factory=dict)
    note: str | None = None
    triggered_by: str = "timetable"
    triggering_user_name: str | None = None
    partition_key: str | None = None
    partition_date: datetime | None = None
    reason: str | None = None
    backfill_id: int | None = None
    only_tasks: list[str] | None = None
    awaits_interval: bool = False
    events: tuple[LoggedEvent, ...] = ()
    """Written with the run."""


@dataclass(frozen=True, slots=True)
class TaskChange:
    """Guarded update of one task instance.  Fields that are None in `values` are written as NULL."""

    run_pk: int
    ti_id: str
    expect_state: TaskInstanceState | None
    expect_attempt: str | None
    state: TaskInstanceState | None
    values: dict[str, Any] = field(default_factory=dict)
    """Further columns of `task_instance`: try_number, max_tries, lost, attempt_id, scheduled_at, queued_at, start_date,
    end_date, next_at, trigger_id, next_method, first_start,
    reschedules, skips, hostname, pid, rendered, reason.  Grouped by their set of names for the batch."""


@dataclass(slots=True)
class NewInstance:
    """A task instance to insert into a run that exists: mapping made it.  It has no status, or the one that the same
    step gave it."""

    run_pk: int
    dag_id: str
    run_id: str
    task: NewTask
    state: TaskInstanceState | None = None
    values: dict[str, Any] = field(default_factory=dict)
    """As in `TaskChange`."""


@dataclass(frozen=True, slots=True)
class LengthWrite:
    """How many instances of mapped tasks the result of one task instance makes; kept for restarts and clears, gone with
    the XComs of the task instance."""

    run_pk: int
    task_id: str
    map_index: int
    length: int


@dataclass(frozen=True, slots=True)
class NewAttempt:
    """An attempt that starts its life as queued."""

    id: str
    ti_id: str
    run_pk: int
    try_number: int
    worker_id: str
    queued_at: datetime
    log_path: str


@dataclass(frozen=True, slots=True)
class AttemptChange:
    """Update of an attempt; never applied to one that has ended."""

    run_pk: int
    id: str
    state: AttemptState
    start_date: datetime | None = None
    end_date: datetime | None = None
    hostname: str | None = None
    pid: int | None = None
    error_type: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class RunChange:
    """Guarded update of a run's state; `values` as in TaskChange: start_date, end_date, reason."""

    run_pk: int
    expect_state: DagRunState
    state: DagRunState
    values: dict[str, Any] = field(default_factory=dict)
    pause_after: int = 0
    """The run failed: pause its DAG when so many of its newest runs failed; 0: never."""


@dataclass(frozen=True, slots=True)
class XComWrite:
    """XComs of one task instance; `replace_all` first deletes what an earlier try left."""

    run_pk: int
    dag_id: str
    run_id: str
    task_id: str
    map_index: int
    values: tuple[XComValue, ...]
    replace_all: bool = False


@dataclass(frozen=True, slots=True)
class AssetEmission:
    """What one successful attempt emitted, written in the transaction of its success."""

    run_pk: int
    dag_id: str
    run_id: str
    task_id: str
    map_index: int
    attempt_id: str
    at: datetime
    events: tuple[OutletEvent, ...]


@dataclass(slots=True)
class Step:
    """Everything one scheduling step writes, in one transaction."""

    fence: str
    """Holder of the scheduler lease; a step of a deposed leader writes nothing and raises `LeadershipLost`."""
    revisions: dict[int, int] = field(default_factory=dict)
    """run_pk -> revision of the view the decisions were made from, for every run touched."""
    tasks: list[TaskChange] = field(default_factory=list)
    new_tasks: list[NewInstance] = field(default_factory=list)
    """Inserted before `tasks` are changed."""
    new_attempts: list[NewAttempt] = field(default_factory=list)
    attempts: list[AttemptChange] = field(default_factory=list)
    runs: list[RunChange] = field(default_factory=list)
    xcoms: list[XComWrite] = field(default_factory=list)
    emissions: list[AssetEmission] = field(default_factory=list)
    lengths: list[LengthWrite] = field(default_factory=list)
    """Written after `xcoms`."""
    callbacks: list[CallbackRow] = field(default_factory=list)
    deadlines: list[DeadlineRow] = field(default_factory=list)
    deadline_ends: list[DeadlineEnd] = field(default_factory=list)
    callback_starts: list[CallbackStart] = field(default_factory=list)
    callback_ends: list[CallbackEnd] = field(default_factory=list)
    new_triggers: list[NewTrigger] = field(default_factory=list)
    triggers: list[TriggerChange] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Signal:
    """Something changed that the leader must look at: kind is `run`, `dag`, `pools`, `assets`, `backfill` or `trigger`
    (one fired)."""

    kind: str
    dag_id: str | None = None
    run_pk: int | None = None


class SchedulerStore(Protocol):
    """The leader's view of the database.  All calls come from one thread."""

    def dags(self, dag_ids: Iterable[str] | None = None) -> list[DagRecord]:
        """All DAGs that are not stale, or those named (stale ones included)."""
        ...

    def unfinished_runs(self) -> list[RunSnapshot]:
        """All queued and running runs, oldest `run_after` first."""
        ...

    def load_run(self, run_pk: int) -> RunSnapshot | None:
        """One run, or None when it was deleted."""
        ...

    def create_runs(
        self, fence: str, runs: Sequence[tuple[NewRun, NextRun | None]], *, automated: bool
    ) -> list[RunSnapshot | None]:
        """Insert runs of one version of a DAG with their tasks, each with the run that comes next, in one transaction.

        None for one whose id or logical date exists already, and for all when their DAG was deleted.  With `automated`
        the DAG's `last_automated_*` and `next_*` columns say what the last of them says, also when it existed.
        """
        ...

    def note_schedule(self, fence: str, dag_id: str, note: ScheduleNote) -> None:
        """Write what the schedule of a DAG says.  Raises LeadershipLost when `fence` does not hold the lease."""
        ...

    def apply(self, step: Step) -> set[int]:
        """Write a step in one transaction; returns the runs left out because a guard missed."""
        ...

    def take_signals(self, fence: str | None = None) -> list[Signal]:
        """Delete and return what others signalled.  Cheap when nothing changed.

        With `fence` only the holder of the scheduler lease may take them: raises LeadershipLost for another one,
        and leaves them to the leader.
        """
        ...

    def pools(self) -> dict[str, int]:
        """Name -> slots; -1 is unlimited."""
        ...


@dataclass(frozen=True, slots=True)
class StrayAttempt:
    """An attempt that is shown as queued or running although its task instance goes on without it."""

    id: str
    run_pk: int
    key: TaskKey | None
    """None: it is a callback."""
    worker_id: str | None


class HistoryStore(Protocol):
    """What the scheduler asks of the past: rarely, and by an index."""

    def stray_attempts(self) -> list[StrayAttempt]:
        """Attempts that did not end but are not the present one of a queued, running or restarting task instance."""
        ...

    def answered(self, ti_id: str, try_number: int) -> bool:
        """Whether what a task instance asked people in a try is answered."""
        ...

    def deadlines(self, run_pk: int) -> list[DeadlineRow]:
        """The deadlines of a run, pending or not."""
        ...

    def ended_with_deadlines(self) -> list[int]:
        """Keys of runs that are over and have deadlines that nobody decided upon: they ended while no leader looked."""
        ...

    def known_deadlines(self, ids: Sequence[str]) -> set[str]:
        """Those of these deadlines that were written already, by their ids."""
        ...

    def average_runtime(self, dag_id: str, max_runs: int, min_runs: int) -> float | None:
        """Seconds that the newest successful runs took, at most `max_runs` of them; None with less than `min_runs`."""
        ...

    def pending_callbacks(self) -> list[CallbackRow]:
        """Callbacks that were queued and did not end, oldest first."""
        ...

    def previous_states(self, dag_id: str, before: datetime) -> dict[str, TaskInstanceState | None] | None:
        """Task id -> state in the newest run with a logical date before `before`; None when there is none.

        Several instances of a mapped task are summed up as the worst of their states.
        """
        ...


class DagStore(Protocol):
    """What the DAG processor writes."""

    def save_parsed(self, bundle_name: str, bundle_path: str, parsed: ParsedFile, now: datetime) -> None:
        """Record DAGs (new version only when the meaning changed), their warnings and import errors of one file."""
        ...

    def known_files(self, bundle_name: str) -> dict[str, str]:
        """relative_fileloc -> digest of the last parse, of files with DAGs or import errors."""
        ...

    def forget_files(self, bundle_name: str, relative_filelocs: Iterable[str], now: datetime) -> None:
        """The files were deleted: their DAGs become stale, their import errors go."""
        ...


class WakeUp(Protocol):
    """Tells the leader, across processes, that there are signals."""

    def wait(self, timeout: float) -> bool:
        """Block up to `timeout` seconds; True when something may have changed.  Called from one thread."""
        ...

    def close(self) -> None:
        """Release what it holds."""
        ...
