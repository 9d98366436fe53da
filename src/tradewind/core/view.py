"""A run in memory: its task instances and the counters that make one step cheap.

Made by the scheduler from a snapshot of the store (`build_view`), changed only through `core.machine` and
`core.flow`. For every task the view counts its direct upstream instances by end state; when an instance ends,
only the counters of its direct downstream tasks move.  All times are aware UTC.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, TypeVar, overload

from tradewind.core.fields import RunFields, TaskFields
from tradewind.core.graph import Graph
from tradewind.spec.dag import DagSpec, LengthSpec, TaskSpec
from tradewind.spec.ids import NOT_MAPPED, TaskKey
from tradewind.spec.schedule import Interval
from tradewind.spec.states import FINISHED, DagRunState, DagRunType, TaskInstanceState

_SUCCESS = TaskInstanceState.SUCCESS
_SKIPPED = TaskInstanceState.SKIPPED
_FAILED = TaskInstanceState.FAILED
_UPSTREAM_FAILED = TaskInstanceState.UPSTREAM_FAILED
_REMOVED = TaskInstanceState.REMOVED
TIMED: frozenset[TaskInstanceState | None] = frozenset(
    {
        TaskInstanceState.UP_FOR_RETRY,
        TaskInstanceState.UP_FOR_RESCHEDULE,
        TaskInstanceState.DEFERRED,
        TaskInstanceState.AWAITING_INPUT,
    }
)
"""States that end at `next_at`, if there is one."""


@dataclass(slots=True)
class TaskView:
    """One task instance.  Only `core.machine.step` changes it."""

    id: str
    key: TaskKey
    spec: TaskSpec
    state: TaskInstanceState | None = None
    try_number: int = 0
    max_tries: int = 0
    lost: int = 0
    attempt_id: str | None = None
    worker_id: str | None = None
    """Holder of the current attempt while it is queued or running."""
    start_date: datetime | None = None
    end_date: datetime | None = None
    next_at: datetime | None = None
    trigger_id: str | None = None
    """What it waits for, or what the present try goes on with."""
    next_method: str | None = None
    """Where the present try goes on; None: from the start."""
    first_start: datetime | None = None
    """When the first try since the last clear started."""
    reschedules: int = 0
    """How often the present try was rescheduled."""
    skips: tuple[str, ...] = ()
    """Ids of the tasks that it decided against when it succeeded."""
    counted: TaskInstanceState | None = field(default=None, init=False, repr=False, compare=False)
    """The state under which the run's counters know this instance; belongs to `RunView.recount`."""


@dataclass(slots=True)
class Upstream:
    """How the upstream instances of one task stand.  `removed` ones are counted in `total`."""

    total: int = 0
    success: int = 0
    skipped: int = 0
    failed: int = 0
    upstream_failed: int = 0
    removed: int = 0
    setups: int = 0
    setup_success: int = 0
    setup_skipped: int = 0
    setup_removed: int = 0

    @property
    def expected(self) -> int:
        """Instances that count: those that were not removed."""
        return self.total - self.removed

    @property
    def done(self) -> int:
        """Instances that ended."""
        return self.success + self.skipped + self.failed + self.upstream_failed

    def shift(self, state: TaskInstanceState | None, by: int, is_setup: bool) -> None:
        """One instance entered (`by` 1) or left (-1) this state."""
        if state is _SUCCESS:
            self.success += by
            if is_setup:
                self.setup_success += by
        elif state is _SKIPPED:
            self.skipped += by
            if is_setup:
                self.setup_skipped += by
        elif state is _FAILED:
            self.failed += by
        elif state is _UPSTREAM_FAILED:
            self.upstream_failed += by
        elif state is _REMOVED:
            self.removed += by
            if is_setup:
                self.setup_removed += by


@dataclass(slots=True)
class RunView:
    """One run with its task instances and their counters."""

    pk: int
    dag_id: str
    run_id: str
    run_type: DagRunType
    state: DagRunState
    revision: int
    version_id: int
    run_after: datetime
    spec: DagSpec
    graph: Graph
    logical_date: datetime | None = None
    interval: Interval | None = None
    queued_at: datetime | None = None
    start_date: datetime | None = None
    end_date: datetime | None = None
    conf: dict[str, Any] = field(default_factory=dict)
    clear_number: int = 0
    note: str | None = None
    triggering_user_name: str | None = None
    partition_key: str | None = None
    partition_date: datetime | None = None
    backfill_id: int | None = None
    only_tasks: frozenset[str] | None = None
    """The tasks that are part of the run; None: all."""
    awaits_interval: bool = False
    """Its data interval is still to be computed; it may not start before."""
    tasks: dict[TaskKey, TaskView] = field(default_factory=dict)
    past: dict[str, TaskInstanceState | None] | None = None
    """Task id -> state in the previous run, for `depends_on_past`; None when there is no previous run.
    Filled by the scheduler; several instances of one task are summed up as the worst of their states."""
    instances: dict[str, list[TaskKey]] = field(default_factory=dict)
    """Task id -> its instances."""
    upstream: dict[str, Upstream] = field(default_factory=dict)
    """Task id -> how its direct upstream instances stand, those in its own mapped group left out."""
    setups: dict[str, Upstream] = field(default_factory=dict)
    """Task id -> how the setups it needs and that are not direct upstream stand."""
    inner: dict[TaskKey, Upstream] = field(default_factory=dict)
    """In a mapped group: how the direct upstream instances of one instance in its own group stand; they are not counted
    in `upstream`."""
    inner_setups: dict[TaskKey, Upstream] = field(default_factory=dict)
    """The same for `setups`."""
    waiting: dict[str, dict[TaskKey, None]] = field(default_factory=dict)
    """Task id -> its instances without status."""
    open: dict[str, int] = field(default_factory=dict)
    """Task id -> number of its instances that have not ended."""
    new_id: Callable[[], str] | None = None
    """Makes the ids of the instances of mapped tasks."""
    expanding: set[TaskKey] = field(default_factory=set)
    """Instances whose expansion goes on: give them to `flow.after` in the next step."""
    unfinished: int = 0
    """Number of instances that have not ended."""
    deciders: dict[str, set[TaskKey]] = field(default_factory=dict)
    """Task id -> its instances that succeeded and decided against other tasks."""
    timed: set[TaskKey] = field(default_factory=set)
    """Instances that wait for their `next_at`."""
    held_by_past: set[TaskKey] = field(default_factory=set)
    """Instances whose rule holds but whose `depends_on_past` does not; give them to `flow.after` when `past`
    changed."""
    _lengths: dict[str, dict[int, int]] = field(default_factory=dict)
    """Task id -> map index -> for how many instances of mapped tasks the result makes."""
    _sizes: dict[str, int | None] = field(default_factory=dict)

    @property
    def waits_for_past(self) -> bool:
        """Whether any task of the DAG looks at the previous run."""
        return self.graph.waits_for_past

    def add(self, task: TaskView) -> None:
        """Enter one task instance and count it.  Cost: its direct downstream tasks."""
        task_id = task.key.task_id
        self.tasks[task.key] = task
        self.instances.setdefault(task_id, []).append(task.key)
        self.waiting.setdefault(task_id, {})[task.key] = None
        self.open[task_id] = self.open.get(task_id, 0) + 1
        self.upstream.setdefault(task_id, Upstream())
        for counters in self._below(task):
            counters.total += 1
            counters.setups += task.spec.is_setup
        self.unfinished += 1
        self.recount(task)

    def move(self, task: TaskView, map_index: int) -> None:
        """Give an instance that waits another map index."""
        old = task.key
        for counters in self._below(task):
            counters.total -= 1
            counters.setups -= task.spec.is_setup
        del self.tasks[old], self.waiting[old.task_id][old]
        self.instances[old.task_id].remove(old)
        self.open[old.task_id] -= 1
        self.unfinished -= 1
        self.held_by_past.discard(old)
        task.key = TaskKey(old.task_id, map_index)
        self.add(task)
        keys = self.instances[old.task_id]
        keys.insert(max(map_index, 0), keys.pop())

    def recount(self, task: TaskView) -> bool:
        """Bring the counters up to the task's present state; True when a downstream task may see a
        difference."""
        old, new = task.counted, task.state
        if old is new:
            return False
        task.counted = new
        if old is None:
            self.waiting[task.key.task_id].pop(task.key, None)
        elif new is None:
            self.waiting[task.key.task_id][task.key] = None
        if new in TIMED:
            self.timed.add(task.key)
        elif old in TIMED:
            self.timed.discard(task.key)
        was, is_now = old in FINISHED, new in FINISHED
        if not was and not is_now:
            return False
        if new is _SUCCESS and task.skips:
            self.deciders.setdefault(task.key.task_id, set()).add(task.key)
        elif self.deciders and old is _SUCCESS:
            self.deciders.get(task.key.task_id, set()).discard(task.key)
        self.unfinished += was - is_now
        self.open[task.key.task_id] += was - is_now
        self._sizes.pop(task.key.task_id, None)
        is_setup = task.spec.is_setup
        for counters in self._below(task):
            counters.shift(old, -1, is_setup)
            counters.shift(new, 1, is_setup)
        return True

    def _below(self, task: TaskView) -> list[Upstream]:
        """The counters that know this instance."""
        task_id, index = task.key
        graph = self.graph
        watchers = graph.setup_watchers.get(task_id, ())
        if task_id not in graph.inner:
            found = [_counters(self.upstream, below) for below in task.spec.downstream]
            found += [_counters(self.setups, watcher) for watcher in watchers]
            return found
        found = [_counters(self.upstream, below) for below in graph.outer[task_id]]
        found += [_counters(self.inner, TaskKey(below, index)) for below in graph.inner[task_id]]
        for watcher in watchers:
            if graph.same_mapped_group(task_id, watcher):
                found.append(_counters(self.inner_setups, TaskKey(watcher, index)))
            else:
                found.append(_counters(self.setups, watcher))
        return found

    def upstream_of(self, key: TaskKey) -> Upstream:
        """How the direct upstream instances of one instance stand."""
        return _together(self.upstream[key.task_id], self.inner.get(key) if self.inner else None)

    def setups_of(self, key: TaskKey) -> Upstream | None:
        """How the setups further up stand that one instance needs."""
        outer = self.setups.get(key.task_id) if self.setups else None
        return _together(outer, self.inner_setups.get(key)) if self.inner_setups else outer

    def note_length(self, key: TaskKey, length: int | None) -> None:
        """Remember for how many instances of mapped tasks the result of an instance makes; None: it has no result."""
        known = self._lengths.setdefault(key.task_id, {})
        if length is None:
            known.pop(key.map_index, None)
        else:
            known[key.map_index] = length
        self._sizes.pop(key.task_id, None)

    def size(self, length: LengthSpec) -> int | None:
        """How many instances a mapped task has; None while an upstream task that decides it has not ended, or when it
        ended without a result."""
        return mapping_size(length, self.size_of_result)

    def size_of_result(self, task_id: str) -> int | None:
        """Of a mapped task the sum over its instances, as soon as all of them ended.  Counted anew when one changed."""
        if task_id not in self._sizes:
            size = None
            if not self.open.get(task_id):
                lengths = self._lengths.get(task_id, {})
                if task_id not in self.graph.expansion:
                    size = lengths.get(NOT_MAPPED)
                else:
                    counted = (TaskKey(task_id, index) for index in lengths)
                    size = sum(
                        lengths[key.map_index]
                        for key in counted
                        if key in self.tasks and self.tasks[key].state is not _REMOVED
                    )
            self._sizes[task_id] = size
        return self._sizes[task_id]


def mapping_size(length: LengthSpec, of_result: Callable[[str], int | None]) -> int | None:
    """The size that `length` says when `of_result` tells those of results; None when it is not known."""
    if length.kind == "literal":
        return length.length
    if length.kind == "task":
        return of_result(length.task_id)
    sizes = [mapping_size(part, of_result) for part in length.parts]
    known = [size for size in sizes if size is not None]
    if len(known) < len(sizes):
        return None
    match length.kind:
        case "sum":
            return sum(known)
        case "product":
            return math.prod(known)
        case "shortest":
            return min(known)
        case _:
            return max(known)


K = TypeVar("K", str, TaskKey)


def _counters(table: dict[K, Upstream], key: K) -> Upstream:
    found = table.get(key)
    if found is None:
        found = table[key] = Upstream()
    return found


@overload
def _together(one: Upstream, other: Upstream | None) -> Upstream: ...
@overload
def _together(one: Upstream | None, other: Upstream | None) -> Upstream | None: ...
def _together(one: Upstream | None, other: Upstream | None) -> Upstream | None:
    if one is None or other is None:
        return one if other is None else other
    return Upstream(*(getattr(one, f.name) + getattr(other, f.name) for f in fields(Upstream)))


def build_view(
    run: RunFields,
    spec: DagSpec,
    tasks: Iterable[TaskFields],
    *,
    graph: Graph | None = None,
    lengths: Iterable[tuple[str, int, int]] = (),
    new_id: Callable[[], str] | None = None,
) -> RunView:
    """The view of a run from what the store remembers, in O(tasks + edges).

    Pass the `graph` of the DAG version when it is at hand, otherwise it is made.  `lengths` and `new_id` are needed by
    runs of DAGs with mapped tasks: what was stored of results, and how new instances are named.  An instance of a
    task that the spec no longer has gets a bare spec; it hinders nobody.
    """
    if graph is None:
        graph = Graph(spec)
    interval = None
    if run.data_interval_start is not None and run.data_interval_end is not None:
        interval = Interval(run.data_interval_start, run.data_interval_end)
    view = RunView(
        pk=run.id,
        dag_id=run.dag_id,
        run_id=run.run_id,
        run_type=run.run_type,
        state=run.state,
        revision=run.revision,
        version_id=run.version_id,
        run_after=run.run_after,
        spec=spec,
        graph=graph,
        logical_date=run.logical_date,
        interval=interval,
        queued_at=run.queued_at,
        start_date=run.start_date,
        end_date=run.end_date,
        conf=run.conf,
        clear_number=run.clear_number,
        note=run.note,
        triggering_user_name=run.triggering_user_name,
        partition_key=run.partition_key,
        partition_date=run.partition_date,
        backfill_id=run.backfill_id,
        only_tasks=None if run.only_tasks is None else frozenset(run.only_tasks),
        awaits_interval=run.awaits_interval,
        new_id=new_id,
    )
    for task_id, map_index, length in lengths:
        view.note_length(TaskKey(task_id, map_index), length)
    enter(view, tasks)
    return view


def enter(view: RunView, tasks: Iterable[TaskFields]) -> None:
    """Add task instances as the store remembers them."""
    for row in tasks:
        known = view.graph.tasks.get(row.task_id)
        view.add(
            TaskView(
                id=row.id,
                key=TaskKey(row.task_id, row.map_index),
                spec=known if known is not None else TaskSpec(task_id=row.task_id),
                state=row.state,
                try_number=row.try_number,
                max_tries=row.max_tries,
                lost=row.lost,
                attempt_id=row.attempt_id,
                worker_id=row.worker_id,
                start_date=row.start_date,
                end_date=row.end_date,
                next_at=row.next_at,
                trigger_id=row.trigger_id,
                next_method=row.next_method,
                first_start=row.first_start,
                reschedules=row.reschedules,
                skips=row.skips,
            )
        )
