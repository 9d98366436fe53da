"""A part of a DAG as a DAG of its own: `dag.partial_subset(...)`.  Made for tests of some tasks of a DAG."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from typing import Any

from tradewind.authoring.taskgroup import TaskGroup


def partial_subset(
    dag: Any,
    task_ids: str | re.Pattern[str] | Iterable[str],
    *,
    include_downstream: bool,
    include_upstream: bool,
    include_direct_upstream: bool,
) -> Any:
    """Copies of the chosen tasks, and of those around them, in a copy of the DAG.

    `task_ids`: a regular expression that is searched in the ids, or the ids.  Raises ValueError for a bad expression.
    """
    dag.link_arguments()
    kept = _kept(dag, task_ids, include_downstream, include_upstream, include_direct_upstream)
    twin = copy.copy(dag)
    twin.fixed_edges = True
    twin.task_dict = {}
    twin.task_group = _copy_group(dag.task_group, None, twin, kept)
    for task_id in (task.task_id for task in dag.tasks if task.task_id in kept):
        task = twin.task_dict[task_id]
        task.upstream_task_ids = task.upstream_task_ids & kept
        task.downstream_task_ids = task.downstream_task_ids & kept
    twin.task_dict = {task_id: twin.task_dict[task_id] for task_id in dag.task_dict if task_id in kept}
    return twin


def _kept(dag: Any, task_ids: Any, downstream: bool, upstream: bool, direct: bool) -> set[str]:
    if isinstance(task_ids, str | re.Pattern):
        pattern = re.compile(task_ids)
        chosen = [task for task in dag.tasks if pattern.search(task.task_id)]
    else:
        wanted = set(task_ids)
        chosen = [task for task in dag.tasks if task.task_id in wanted]
    kept = {task.task_id for task in chosen}
    for task in chosen:
        if downstream:
            below = task.get_flat_relatives(upstream=False)
            kept.update(other.task_id for other in below)
            if direct:
                kept.update(task_id for other in below for task_id in other.upstream_task_ids)
        if upstream:
            kept.update(other.task_id for other in task.get_flat_relatives(upstream=True))
        elif direct:
            kept.update(task.upstream_task_ids)
    return kept


def _copy_group(group: TaskGroup, parent: TaskGroup | None, twin: Any, kept: set[str]) -> TaskGroup:
    made = copy.copy(group)
    made.parent_group, made.dag, made.children = parent, twin, {}
    for name, child in group.children.items():
        if isinstance(child, TaskGroup):
            inner = _copy_group(child, made, twin, kept)
            if inner.children:
                made.children[name] = inner
        elif child.task_id in kept:
            task: Any = copy.copy(child)
            task.upstream_task_ids, task.downstream_task_ids = (
                set(task.upstream_task_ids),
                set(task.downstream_task_ids),
            )
            task._dag, task.task_group = twin, made
            made.children[name] = twin.task_dict[task.task_id] = task
    return made
