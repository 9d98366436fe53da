"""What pages ask of many runs at once: whether a run that succeeded has a task that failed.  And indexes for lists over
long histories: in the order of a column, or of one state in the order of another.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

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
    ("ix_task_instance_start_date", "task_instance", ["start_date"], "start_date IS NOT NULL"),
    ("ix_task_instance_end_date", "task_instance", ["end_date"], "end_date IS NOT NULL"),
)
_INDEXES = (
    ("ix_dag_run_run_type", "dag_run", ["run_type", "run_after"]),
    ("ix_dag_run_logical_date", "dag_run", ["logical_date"]),
    ("ix_dag_run_updated_at", "dag_run", ["updated_at"]),
    ("ix_deadline_dag_id_due_at", "deadline", ["dag_id", "due_at"]),
    ("ix_deadline_due_at", "deadline", ["due_at"]),
)


def upgrade() -> None:
    for name, table, columns, condition in _PARTIAL:
        where = sa.text(condition)
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
    for name, table, columns in _INDEXES:
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, table, *_ in reversed((*_PARTIAL, *_INDEXES)):
        op.drop_index(name, table_name=table)
