"""From a DAG's spec to the rows of a new run.  Used by whoever makes runs: `services.calendar` and `store.actions`."""

from __future__ import annotations

from collections.abc import Callable

from tradewind.core.graph import Graph
from tradewind.ports.store import NewTask
from tradewind.spec.ids import NOT_MAPPED


def new_tasks(graph: Graph, new_id: Callable[[], str]) -> tuple[NewTask, ...]:
    """The task instances of a new run, in topological order; `new_id` makes their ids.

    Tasks outside their own start and end dates are ended by the leader when the run starts.
    """
    weights = graph.weights()
    return tuple(
        NewTask(
            id=new_id(),
            task_id=task.task_id,
            map_index=NOT_MAPPED,
            max_tries=task.retries,
            operator=task.operator,
            pool=task.pool,
            pool_slots=task.pool_slots,
            queue=task.queue,
            priority_weight=weights[task.task_id],
            executor=task.executor,
        )
        for task in graph.spec.tasks
    )
