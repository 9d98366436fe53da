"""From a DAG's spec to the rows of a new run.  Used by whoever makes runs: `services.calendar` and `store.actions`."""

from __future__ import annotations

from collections.abc import Callable

from tradewind.core.graph import Graph
from tradewind.core.mapping import first_indexes
from tradewind.ports.store import NewTask


def new_tasks(graph: Graph, new_id: Callable[[], str]) -> tuple[NewTask, ...]:
    """The task instances of a new run, in topological order; `new_id` makes their ids.

    A task that is mapped over values of the DAG file has all its instances from the start, one that is mapped over
    results has one with the map index -1.  Tasks outside their own start and end dates are ended by the leader when the
    run starts.
    """
    return tuple(
        new_task(graph, task.task_id, map_index, new_id())
        for task in graph.spec.tasks
        for map_index in first_indexes(graph, task.task_id)
    )


def new_task(graph: Graph, task_id: str, map_index: int, ti_id: str) -> NewTask:
    """One task instance."""
    task = graph.tasks[task_id]
    return NewTask(
        id=ti_id,
        task_id=task_id,
        map_index=map_index,
        max_tries=task.retries,
        operator=task.operator,
        pool=task.pool,
        pool_slots=task.pool_slots,
        queue=task.queue,
        priority_weight=graph.weights()[task_id],
        executor=task.executor,
    )
