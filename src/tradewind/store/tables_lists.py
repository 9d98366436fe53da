"""What only lists over all history need: indexes on the tables of history, and what tasks there ever were.

Theory.  A task instance is written some five times, so what its lists are read along must cost little: an index that
is written once, when the task ends or is mapped or tried again, or only for what is unusual.  What a task instance has
from its task (operator, pool, queue, executor, name) has no index there at all: `task_shape` says which tasks have it,
and those are found by DAG and task.  Its rows are a superset: a task is in it for as long as its DAG is.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table, text

from tradewind.spec.ids import XCOM_RETURN_KEY
from tradewind.store.asset_tables import asset_event
from tradewind.store.dated import DATE
from tradewind.store.durations import seconds_between
from tradewind.store.tables import dag_run, event_log, task_instance, xcom
from tradewind.store.tables_metadata import metadata
from tradewind.store.types import BigId, Name

task_shape = Table(
    "task_shape",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("dag_id", Name, nullable=False),
    Column("task_id", Name, nullable=False),
    Column("operator", String(1000)),
    Column("pool", Name, nullable=False),
    Column("queue", Name, nullable=False),
    Column("executor", String(1000)),
    Index("ix_task_shape_dag_id_task_id", "dag_id", "task_id"),
    Index("ix_task_shape_task_id", "task_id"),
)

RETRIED = "end_date IS NOT NULL AND try_number <> 1"
MAPPED = "map_index >= 0"
WEIGHED = "priority_weight <> 1"
NAMED_KEY = f"key <> '{XCOM_RETURN_KEY}'"
"""Conditions of partial indexes: a query has to say the same, in the same words."""


def _index(name: str, *columns: object, where: str | None = None) -> None:
    condition = None if where is None else text(where)
    Index(name, *columns, sqlite_where=condition, postgresql_where=condition)  # type: ignore[arg-type]


for _table in (task_instance, dag_run):
    _took = seconds_between(_table.c.start_date, _table.c.end_date)
    _there = _took.is_not(None)
    Index(f"ix_{_table.name}_duration", _took, sqlite_where=_there, postgresql_where=_there)
_index("ix_dag_run_date", DATE)
_index("ix_dag_run_dag_id_date", dag_run.c.dag_id, DATE)
_index("ix_task_instance_updated_at", task_instance.c.updated_at, task_instance.c.id)
_index("ix_task_instance_tries", task_instance.c.try_number, task_instance.c.id, where=RETRIED)
_index("ix_task_instance_mapped", task_instance.c.map_index, task_instance.c.id, where=MAPPED)
for _column in (
    task_instance.c.queued_at,
    task_instance.c.rendered_map_index,
    dag_run.c.data_interval_start,
    dag_run.c.data_interval_end,
    dag_run.c.partition_date,
    dag_run.c.partition_key,
    dag_run.c.triggering_user_name,
):
    _index(f"ix_{_column.table.name}_{_column.name}", _column, where=f"{_column.name} IS NOT NULL")
_index("ix_task_instance_weight", task_instance.c.priority_weight, task_instance.c.id, where=WEIGHED)
# what is written once, with its row
_index("ix_event_log_run_id", event_log.c.run_id, event_log.c.dag_id)
_index("ix_event_log_task_id", event_log.c.task_id, event_log.c.id)
_index("ix_xcom_created_at", xcom.c.created_at, xcom.c.dag_run_id)
_index("ix_xcom_task_id", xcom.c.task_id, xcom.c.dag_run_id)
_index("ix_xcom_mapped", xcom.c.map_index, xcom.c.dag_run_id, where=MAPPED)
_index("ix_xcom_key", xcom.c.key, xcom.c.dag_run_id, where=NAMED_KEY)
_index("ix_asset_event_source_task_id", asset_event.c.source_task_id, asset_event.c.id)
for _column in (asset_event.c.source_map_index, asset_event.c.partition_key):
    _condition = f"{_column.name} >= 0" if _column is asset_event.c.source_map_index else f"{_column.name} IS NOT NULL"
    _index(f"ix_asset_event_{_column.name}", _column, asset_event.c.id, where=_condition)
