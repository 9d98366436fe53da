"""What a clear does to a run: which task instances start anew, and how the run goes on.

Called by `store.actions` for the API, the CLI and the UI.  Changes the view; the caller writes the decisions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from tradewind.core.flow import Decision, RunFact, TaskDecision, step_run
from tradewind.core.machine import Fact, step
from tradewind.core.view import RunView, TaskView
from tradewind.errors import ConflictError
from tradewind.spec.states import FAILED_STATES, TaskInstanceState

_RESTARTING = TaskInstanceState.RESTARTING
_ACTIVE = frozenset({TaskInstanceState.QUEUED, TaskInstanceState.RUNNING, _RESTARTING})


def select_instances(
    run: RunView,
    task_ids: Iterable[str | tuple[str, int]] | None = None,
    *,
    upstream: bool = False,
    downstream: bool = False,
) -> list[TaskView]:
    """The instances that the user named, in topological order: tasks, or (task id, map index); None: all.

    With `upstream` or `downstream` the relatives of the named tasks, always their setups and teardowns; in a mapped
    group those with the map indexes that were named.
    Raises `TaskNotFound`.
    """
    if task_ids is None:
        names: tuple[str, ...] = tuple(run.graph.order)
        wanted: dict[str, set[int] | None] = {}
    else:
        wanted = {}
        for item in task_ids:
            task_id, index = (item, None) if isinstance(item, str) else item
            known = wanted.setdefault(task_id, None if index is None else set())
            if index is None:
                wanted[task_id] = None
            elif known is not None:
                known.add(index)
        names = run.graph.select(wanted, upstream=upstream, downstream=downstream)
    found = []
    of_group = _indexes_by_group(run, wanted)
    for task_id in names:
        if task_id in wanted:
            indexes = wanted[task_id]
        else:
            indexes = of_group.get(run.graph.mapped_group.get(task_id, ""))
        for key in run.instances.get(task_id, ()):
            if indexes is None or key.map_index in indexes:
                found.append(run.tasks[key])
    return found


def _indexes_by_group(run: RunView, wanted: Mapping[str, set[int] | None]) -> dict[str, set[int] | None]:
    """Mapped group -> the map indexes that were named of its tasks; None: all."""
    found: dict[str, set[int] | None] = {}
    for task_id, indexes in wanted.items():
        group = run.graph.mapped_group.get(task_id)
        if group is None:
            continue
        known = found.get(group, set())
        found[group] = None if indexes is None or known is None else known | indexes
    return found


def concerned(task: TaskView, only_failed: bool, only_running: bool) -> bool:
    """Whether a clear of only failed (or upstream_failed), or only running instances is about this one."""
    if not (only_failed or only_running):
        return True
    return (only_failed and task.state in FAILED_STATES) or (only_running and task.state is TaskInstanceState.RUNNING)


def clear(
    run: RunView,
    tasks: Iterable[TaskView],
    now: datetime,
    *,
    only_failed: bool = False,
    only_running: bool = False,
    reset_run: bool = True,
    prevent_running: bool = False,
) -> list[Decision]:
    """Clear these instances: those that a worker has become `restarting`, the others lose their state.

    `only_failed`: only failed and upstream_failed ones; `only_running`: only running ones (both: either).
    What has no state yet, or is restarting already, stays.  With `reset_run` a run that ended is queued again
    when an instance of it was cleared.  Raises `ConflictError` with `prevent_running` when one of them is
    active; then nothing changed.
    """
    chosen = []
    for task in tasks:
        if not concerned(task, only_failed, only_running):
            continue
        if prevent_running and task.state in _ACTIVE:
            raise ConflictError(
                f"task {task.key.task_id!r} of run {run.run_id!r} is {task.state}",
                fix="wait for its end, or clear without preventing running tasks",
            )
        if task.state is not None and task.state is not _RESTARTING:
            chosen.append(task)
    decisions: list[Decision] = []
    for task in chosen:
        decisions.append(TaskDecision(step(task, Fact.CLEARED, now)))
        run.recount(task)
    if chosen and reset_run:
        decisions.append(step_run(run, RunFact.CLEARED, now))
    return decisions
