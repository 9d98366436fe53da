"""Which tasks there ever were, with what their instances have from them.

Written by `store.dags` with each version of a DAG, before a run of it can be made; read by lists of task instances,
which find by it what has no index of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from tradewind.spec.dag import DagSpec
from tradewind.store.snapshots import chunks
from tradewind.store.tables_lists import task_shape

_COLUMNS = (
    task_shape.c.dag_id,
    task_shape.c.task_id,
    task_shape.c.operator,
    task_shape.c.pool,
    task_shape.c.queue,
    task_shape.c.executor,
)
_NAMES = tuple(column.name for column in _COLUMNS)


def save(connection: Connection, specs: Sequence[DagSpec]) -> None:
    """Add the tasks of new versions.  What they were before stays: there are instances of it."""
    known: set[tuple[str | None, ...]] = set()
    for ids in chunks(sorted(spec.dag_id for spec in specs)):
        known.update(tuple(row) for row in connection.execute(select(*_COLUMNS).where(task_shape.c.dag_id.in_(ids))))
    rows = (
        (spec.dag_id, task.task_id, task.operator, task.pool, task.queue, task.executor)
        for spec in specs
        for task in spec.tasks
    )
    if new := [row for row in rows if row not in known]:
        connection.execute(insert(task_shape), [dict(zip(_NAMES, row, strict=True)) for row in new])
