"""How one instance of a mapped task becomes many.  Called by `core.flow` for instances whose trigger rule holds.

A task that is mapped over results starts as one instance with the map index -1.  When the tasks that decide its length
ended, that instance becomes index 0 and further ones are made.  Many are made in several steps: until the last one the
instance -1 stays and keeps what is downstream waiting, so that it does not matter when a scheduler dies between them.
A later change of the length (after a clear) adds instances, or removes those that are too many.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tradewind.core.graph import Graph
from tradewind.core.machine import Fact
from tradewind.core.phrases import say
from tradewind.core.view import RunView, TaskView, mapping_size
from tradewind.errors import IllegalTransitionError
from tradewind.spec.dag import LengthSpec
from tradewind.spec.ids import NOT_MAPPED, TaskKey
from tradewind.spec.states import FAILED_STATES, FINISHED, TaskInstanceState

INSTANCES_AT_ONCE = 1000
"""So many instances are made in one step, so that a large expansion holds nothing up."""


@dataclass(frozen=True, slots=True)
class Growth:
    """New instances of a mapped task, already entered into the view."""

    moved: TaskView | None
    """The instance that had the map index -1 and has 0 now."""
    added: tuple[TaskView, ...]


@dataclass(frozen=True, slots=True)
class End:
    """What becomes of an instance that cannot run."""

    fact: Fact
    reason: str


def literal_size(expansion: LengthSpec) -> int | None:
    """The number of instances when the DAG file alone decides it."""
    return mapping_size(expansion, lambda task_id: None)


def first_indexes(graph: Graph, task_id: str) -> Iterable[int]:
    """The map indexes that a task has in a new run."""
    expansion = graph.expansion.get(task_id)
    size = None if expansion is None else literal_size(expansion)
    return range(size) if size else (NOT_MAPPED,)


def sources(run: RunView, task_id: str) -> tuple[str, ...]:
    """The tasks whose results decide how many instances the task has."""
    expansion = run.graph.expansion.get(task_id)
    return () if expansion is None else expansion.task_ids()


def why_not(run: RunView, task_id: str) -> End | None:
    """How all instances end when a task that decides the length did not succeed, whatever the trigger rule says."""
    skipped = None
    for source in sources(run, task_id):
        whole = run.tasks.get(TaskKey(source))
        if whole is None or whole.state not in FINISHED or whole.state is TaskInstanceState.SUCCESS:
            continue
        reason = str(say("recorded.mapped_over", task=source, state=str(whole.state)))
        if whole.state in FAILED_STATES:
            return End(Fact.UPSTREAM_FAILED, reason)
        skipped = End(Fact.UPSTREAM_SKIPPED, reason)
    return skipped


def unfold(run: RunView, task: TaskView) -> Growth | End | None:
    """Expand the instance -1; None while a task that decides the length has not ended."""
    task_id = task.key.task_id
    above = sources(run, task_id)
    if any(run.open.get(source) for source in above):
        return None
    size = run.size(run.graph.expansion[task_id])
    if size is None:
        missing = [source for source in above if run.size_of_result(source) is None]
        return End(Fact.UPSTREAM_FAILED, str(say("recorded.no_result", tasks=", ".join(map(repr, missing)))))
    if size < 1:
        return End(Fact.UPSTREAM_SKIPPED, str(say("recorded.empty_list")))
    if TaskKey(task_id, 0) in run.tasks:
        return End(Fact.REMOVED, str(say("recorded.instances_exist")))
    missing_indexes = [index for index in range(1, size) if TaskKey(task_id, index) not in run.tasks]
    added = _add(run, task, missing_indexes[:INSTANCES_AT_ONCE])
    if len(missing_indexes) > INSTANCES_AT_ONCE:
        run.expanding.add(task.key)
        return Growth(None, added)
    run.move(task, 0)
    return Growth(task, added)


def revise(run: RunView, task: TaskView) -> Growth | End | None:
    """Bring the number of instances up to the present length; `task` is one with a map index that is about to run."""
    task_id, index = task.key
    if not sources(run, task_id):
        return None
    size = run.size(run.graph.expansion[task_id])
    if size is None:
        return None
    if index >= size:
        return End(Fact.REMOVED, str(say("recorded.values_left", count=size)))
    if len(run.instances[task_id]) >= size or TaskKey(task_id) in run.tasks:
        return None  # nothing is missing, or the expansion still goes on
    missing = [number for number in range(size) if TaskKey(task_id, number) not in run.tasks]
    return Growth(None, _add(run, task, missing)) if missing else None


def _add(run: RunView, task: TaskView, indexes: list[int]) -> tuple[TaskView, ...]:
    if run.new_id is None and indexes:
        raise IllegalTransitionError(
            f"task {task.key.task_id!r} cannot be expanded by a view that cannot name instances"
        )
    added = []
    for index in indexes:
        assert run.new_id is not None
        one = TaskView(
            id=run.new_id(), key=TaskKey(task.key.task_id, index), spec=task.spec, max_tries=task.spec.retries
        )
        run.add(one)
        added.append(one)
    return tuple(added)


def siblings(run: RunView, task_id: str) -> list[TaskView]:
    """The instances -1 in the same mapped group that need not wait for `task_id` any more: it has become many."""
    below = (run.tasks.get(TaskKey(other, NOT_MAPPED)) for other in run.graph.inner.get(task_id, ()))
    return [other for other in below if other is not None and other.state is None]
