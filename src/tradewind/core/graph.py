"""The shape of a DAG: relatives, leaves, priority weights, what a clear selects.

Called by `core.view` and `core.clearing`, by the scheduler and the API for weights.  That there is no cycle was checked
when the DAG was compiled.  A `Graph` is made once per DAG version and shared by all its runs; sets of tasks are bit
masks inside, so that closures over thousands of tasks stay cheap.
"""

from __future__ import annotations

from collections.abc import Iterable

from tradewind.errors import TaskNotFound
from tradewind.spec.dag import DagSpec, LengthSpec, TaskSpec
from tradewind.spec.states import WeightRule

MAX_WEIGHT = 2**31 - 1
MIN_WEIGHT = -(2**31)


class Graph:
    """A DagSpec with its tasks indexed.  Immutable after construction."""

    __slots__ = (
        "_above",
        "_below",
        "_weights",
        "consumers",
        "expansion",
        "indirect_setups",
        "inner",
        "leaves",
        "mapped_group",
        "order",
        "outer",
        "setup_watchers",
        "spec",
        "tasks",
        "waits_for_past",
    )

    def __init__(self, spec: DagSpec) -> None:
        self.spec = spec
        self.tasks: dict[str, TaskSpec] = {task.task_id: task for task in spec.tasks}
        self.order: dict[str, int] = {task.task_id: index for index, task in enumerate(spec.tasks)}
        """Task id -> topological index."""
        self.waits_for_past = any(task.depends_on_past or task.wait_for_downstream for task in spec.tasks)
        """Whether any task looks at the previous run."""
        self._above: list[int] | None = None
        self._below: list[int] | None = None
        self._weights: dict[str, int] | None = None
        self.leaves: frozenset[str] = self._find_leaves()
        """The tasks whose states decide the state of a run."""
        self.indirect_setups: dict[str, tuple[str, ...]] = self._find_indirect_setups()
        """Task id -> setups further up than one step that must succeed before it."""
        watchers: dict[str, list[str]] = {}
        for task_id, setups in self.indirect_setups.items():
            for setup in setups:
                watchers.setdefault(setup, []).append(task_id)
        self.setup_watchers: dict[str, tuple[str, ...]] = {k: tuple(v) for k, v in watchers.items()}
        self.mapped_group: dict[str, str] = {}
        """Task id -> id of the mapped group that it is in."""
        self.expansion: dict[str, LengthSpec] = {}
        """Task id -> how many instances it has, of tasks that are mapped or in a mapped group."""
        self._find_expansions()
        consumers: dict[str, list[str]] = {}
        for task_id, expansion in self.expansion.items():
            for source in expansion.task_ids():
                if task_id not in self.tasks[source].downstream:
                    consumers.setdefault(source, []).append(task_id)
        self.consumers: dict[str, tuple[str, ...]] = {k: tuple(v) for k, v in consumers.items()}
        """Task id -> tasks of mapped groups that are expanded by its result without being direct downstream of it."""
        self.inner: dict[str, tuple[str, ...]] = {}
        """Task id -> the direct downstream tasks and watchers in its own mapped group: an instance concerns only those
        with its own map index."""
        self.outer: dict[str, tuple[str, ...]] = {}
        """The other direct downstream tasks, of tasks that are in `inner`."""
        for task_id, group in self.mapped_group.items():
            below = self.tasks[task_id].downstream
            inside = tuple(other for other in below if self.mapped_group.get(other) == group)
            if inside or any(self.mapped_group.get(w) == group for w in self.setup_watchers.get(task_id, ())):
                self.inner[task_id] = inside
                self.outer[task_id] = tuple(other for other in below if other not in inside)

    def task(self, task_id: str) -> TaskSpec:
        """The task with this id.  Raises `TaskNotFound`."""
        try:
            return self.tasks[task_id]
        except KeyError:
            raise TaskNotFound(f"DAG {self.spec.dag_id!r} has no task {task_id!r}") from None

    def downstream(self, task_id: str) -> tuple[str, ...]:
        """All tasks below `task_id`, direct or not, in topological order."""
        self.task(task_id)
        return self._ids(self._closures_below()[self.order[task_id]])

    def upstream(self, task_id: str) -> tuple[str, ...]:
        """All tasks above `task_id`, direct or not, in topological order."""
        self.task(task_id)
        return self._ids(self._closures_above()[self.order[task_id]])

    def weights(self) -> dict[str, int]:
        """Task id -> effective priority weight, by the weight rule of each task, clamped to signed 32 bit; not to be
        changed."""
        if self._weights is None:
            self._weights = self._find_weights()
        return self._weights

    def weight(self, task_id: str, try_number: int) -> int:
        """Effective priority weight of one try; 1 for a task that the DAG does not have (any more)."""
        task = self.tasks.get(task_id)
        if task is None:
            return 1
        return weight_of_try(task, try_number) if task.weights else self.weights()[task_id]

    def _find_weights(self) -> dict[str, int]:
        by_weight: dict[int, int] = {}
        for index, task in enumerate(self.spec.tasks):
            by_weight[task.priority_weight] = by_weight.get(task.priority_weight, 0) | 1 << index
        result = {}
        for index, task in enumerate(self.spec.tasks):
            if task.weights:
                result[task.task_id] = task.weights[0]
                continue
            total = task.priority_weight
            if task.weight_rule is WeightRule.DOWNSTREAM:
                relatives = self._closures_below()[index]
            elif task.weight_rule is WeightRule.UPSTREAM:
                relatives = self._closures_above()[index]
            else:
                relatives = 0
            if relatives:
                total += sum(w * (relatives & mask).bit_count() for w, mask in by_weight.items())
            result[task.task_id] = max(MIN_WEIGHT, min(MAX_WEIGHT, total))
        return result

    def select(self, task_ids: Iterable[str], *, upstream: bool, downstream: bool) -> tuple[str, ...]:
        """The tasks to clear when the user names `task_ids`, in topological order.

        With `upstream` or `downstream` their relatives; always the setups that a selected task needs and the
        teardowns of those setups, as a setup's resource is gone when its teardown ran.  Raises
        `TaskNotFound`.
        """
        chosen: set[str] = set()
        for task_id in task_ids:
            self.task(task_id)
            chosen.add(task_id)
        if upstream or downstream:
            for task_id in tuple(chosen):
                if upstream:
                    chosen.update(self.upstream(task_id))
                if downstream:
                    chosen.update(self.downstream(task_id))
        if any(task.is_setup for task in self.spec.tasks):
            for task_id in tuple(chosen):
                if self.tasks[task_id].is_teardown:
                    continue
                for setup in self._relevant_setups(task_id):
                    chosen.add(setup)
                    chosen.update(t for t in self.tasks[setup].downstream if self.tasks[t].is_teardown)
        return tuple(sorted(chosen, key=self.order.__getitem__))

    def _ids(self, mask: int) -> tuple[str, ...]:
        found = []
        while mask:
            low = mask & -mask
            found.append(self.spec.tasks[low.bit_length() - 1].task_id)
            mask ^= low
        return tuple(found)

    def _closures_below(self) -> list[int]:
        if self._below is None:
            below = [0] * len(self.spec.tasks)
            for index in range(len(below) - 1, -1, -1):
                for other in self.spec.tasks[index].downstream:
                    at = self.order[other]
                    below[index] |= below[at] | 1 << at
            self._below = below
        return self._below

    def _closures_above(self) -> list[int]:
        if self._above is None:
            above = [0] * len(self.spec.tasks)
            for index, task in enumerate(self.spec.tasks):
                for other in task.upstream:
                    at = self.order[other]
                    above[index] |= above[at] | 1 << at
            self._above = above
        return self._above

    def same_mapped_group(self, one: str, other: str) -> bool:
        """Whether both tasks are in the same mapped group."""
        group = self.mapped_group.get(one)
        return group is not None and group == self.mapped_group.get(other)

    def _find_expansions(self) -> None:
        groups = {group.group_id: group for group in self.spec.groups}
        for task in self.spec.tasks:
            if task.expand is not None:
                self.expansion[task.task_id] = task.expand
            at = task.group
            while at is not None and at in groups:
                group = groups[at]
                if group.expand is not None:
                    self.mapped_group[task.task_id] = at
                    self.expansion.setdefault(task.task_id, group.expand)
                    break
                at = group.parent

    def _find_leaves(self) -> frozenset[str]:
        def ignorable(task: TaskSpec) -> bool:
            return task.is_teardown and not task.on_failure_fail_dagrun

        leaves = {
            task.task_id
            for task in self.spec.tasks
            if not ignorable(task) and all(ignorable(self.tasks[d]) for d in task.downstream)
        }
        # A DAG of teardowns only has no other leaves than its last tasks.
        return frozenset(leaves or {task.task_id for task in self.spec.tasks if not task.downstream})

    def _relevant_setups(self, task_id: str) -> tuple[str, ...]:
        """Setups above the task whose teardown comes after it, or that have no teardown."""
        below = set(self.downstream(task_id))
        found = []
        for other in self.upstream(task_id):
            setup = self.tasks[other]
            if setup.is_setup:
                teardowns = [d for d in setup.downstream if self.tasks[d].is_teardown]
                if not teardowns or not below.isdisjoint(teardowns):
                    found.append(other)
        return tuple(found)

    def _find_indirect_setups(self) -> dict[str, tuple[str, ...]]:
        if not any(task.is_setup for task in self.spec.tasks):
            return {}
        result = {}
        for task in self.spec.tasks:
            if task.upstream and not task.is_teardown:
                far = tuple(s for s in self._relevant_setups(task.task_id) if s not in task.upstream)
                if far:
                    result[task.task_id] = far
        return result


def weight_of_try(task: TaskSpec, try_number: int) -> int:
    """What the strategy of a task (one with `weights`) says of a try; tries count from 1."""
    return task.weights[min(max(try_number, 1), len(task.weights)) - 1]


def weights(spec: DagSpec) -> dict[str, int]:
    """Task id -> effective priority weight; see `Graph.weights`."""
    return Graph(spec).weights()


def select(spec: DagSpec, task_ids: Iterable[str], upstream: bool, downstream: bool) -> tuple[str, ...]:
    """The tasks to clear when the user names `task_ids`; see `Graph.select`."""
    return Graph(spec).select(task_ids, upstream=upstream, downstream=downstream)
