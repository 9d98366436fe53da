"""What pages ask of many runs at once: whether a run that succeeded has a task that failed.  And indexes for lists over
long histories: in the order of a column, or of one state in the order of another; and which tasks there ever were.
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from tradewind.store.types import BigId, Name

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_FAILED = "state = 'failed'"
_UNUSUAL = "state IN ('failed', 'skipped', 'upstream_failed', 'removed')"
_PARTIAL = (
    ("ix_task_instance_failed", "task_instance", ["dag_run_id", "state"], _FAILED),
    ("ix_dag_run_failed_dag_id", "dag_run", ["dag_id", "state", "run_after"], _FAILED),
    ("ix_dag_run_failed_id", "dag_run", ["state", "id"], _FAILED),
    ("ix_dag_run_failed_run_after", "dag_run", ["state", "run_after"], _FAILED),
    ("ix_dag_run_start_date", "dag_run", ["start_date"], "start_date IS NOT NULL"),
    ("ix_dag_run_end_date", "dag_run", ["end_date"], "end_date IS NOT NULL"),
    ("ix_task_instance_unusual_id", "task_instance", ["state", "id"], _UNUSUAL),
    ("ix_task_instance_start_date", "task_instance", ["start_date", "id"], "start_date IS NOT NULL"),
    ("ix_task_instance_end_date", "task_instance", ["end_date", "id"], "end_date IS NOT NULL"),
    ("ix_task_instance_tries", "task_instance", ["try_number", "id"], "end_date IS NOT NULL AND try_number <> 1"),
    ("ix_task_instance_mapped", "task_instance", ["map_index", "id"], "map_index >= 0"),
    *(
        (f"ix_{table}_{column}", table, [column], f"{column} IS NOT NULL")
        for table, column in (
            ("task_instance", "queued_at"),
            ("task_instance", "rendered_map_index"),
            ("dag_run", "data_interval_start"),
            ("dag_run", "data_interval_end"),
            ("dag_run", "partition_date"),
            ("dag_run", "partition_key"),
            ("dag_run", "triggering_user_name"),
        )
    ),
)
_INDEXES = (
    ("ix_dag_run_run_type", "dag_run", ["run_type", "run_after"]),
    ("ix_dag_run_logical_date", "dag_run", ["logical_date"]),
    ("ix_dag_run_updated_at", "dag_run", ["updated_at"]),
    ("ix_task_instance_updated_at", "task_instance", ["updated_at", "id"]),
    ("ix_deadline_dag_id_due_at", "deadline", ["dag_id", "due_at"]),
    ("ix_deadline_due_at", "deadline", ["due_at"]),
)


_DURATION = {
    "sqlite": "round((julianday(end_date) - julianday(start_date)) * 86400.0, 4)",
    "postgresql": "CAST(extract(epoch from (end_date - start_date)) AS DOUBLE PRECISION)",
}
_OF_TASK = "ix_task_instance_dag_id_task_id"


def upgrade() -> None:
    for name, table, columns, condition in _PARTIAL:
        where = sa.text(condition)
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
    for name, table, columns in _INDEXES:
        op.create_index(name, table, columns)
    duration = _DURATION.get(op.get_context().dialect.name, "(timestampdiff(microsecond, start_date, end_date) / 1e6)")
    for table in ("task_instance", "dag_run"):
        where = sa.text(f"{duration} IS NOT NULL")
        name = f"ix_{table}_duration"
        op.create_index(name, table, [sa.text(duration)], sqlite_where=where, postgresql_where=where)
    op.drop_index(_OF_TASK, table_name="task_instance")
    op.create_index(_OF_TASK, "task_instance", ["dag_id", "task_id", "id"])
    _upgrade_shapes()


def _upgrade_shapes() -> None:
    """What tasks there are is said by the newest versions, what tasks there were by the instances."""
    shape = op.create_table(
        "task_shape",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("dag_id", Name, nullable=False),
        sa.Column("task_id", Name, nullable=False),
        sa.Column("operator", sa.String(1000)),
        sa.Column("pool", Name, nullable=False),
        sa.Column("queue", Name, nullable=False),
        sa.Column("executor", sa.String(1000)),
    )
    op.create_index("ix_task_shape_dag_id_task_id", "task_shape", ["dag_id", "task_id"])
    op.create_index("ix_task_shape_task_id", "task_shape", ["task_id"])
    names = ("dag_id", "task_id", "operator", "pool", "queue", "executor")
    connection = op.get_bind()
    known = sa.text(f"SELECT DISTINCT {', '.join(names)} FROM task_instance")  # noqa: S608 - constants
    found = {tuple(row) for row in connection.execute(known)}
    newest = sa.text("SELECT d.dag_id, v.spec FROM dag d JOIN dag_version v ON v.id = d.version_id")
    for dag_id, spec in connection.execute(newest):
        for task in json.loads(spec).get("tasks", ()):
            operator, executor = task.get("operator", "BaseOperator"), task.get("executor")
            pool, queue = task.get("pool", "default_pool"), task.get("queue", "default")
            found.add((dag_id, task["task_id"], operator, pool, queue, executor))
    if found:
        rows = sorted(found, key=lambda row: [value or "" for value in row])
        op.bulk_insert(shape, [dict(zip(names, row, strict=True)) for row in rows])


def downgrade() -> None:
    op.drop_table("task_shape")
    op.drop_index(_OF_TASK, table_name="task_instance")
    op.create_index(_OF_TASK, "task_instance", ["dag_id", "task_id"])
    for table in ("task_instance", "dag_run"):
        op.drop_index(f"ix_{table}_duration", table_name=table)
    for name, table in reversed([each[:2] for each in _PARTIAL] + [each[:2] for each in _INDEXES]):
        op.drop_index(name, table_name=table)
