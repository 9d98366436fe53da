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

_INDEXES = (
    ("ix_dag_run_state_id", "dag_run", ["state", "id"]),
    ("ix_dag_run_state_run_after", "dag_run", ["state", "run_after"]),
    ("ix_dag_run_run_type", "dag_run", ["run_type", "run_after"]),
    ("ix_dag_run_logical_date", "dag_run", ["logical_date"]),
    ("ix_dag_run_start_date", "dag_run", ["start_date"]),
    ("ix_dag_run_end_date", "dag_run", ["end_date"]),
    ("ix_dag_run_updated_at", "dag_run", ["updated_at"]),
    ("ix_deadline_dag_id_due_at", "deadline", ["dag_id", "due_at"]),
    ("ix_deadline_due_at", "deadline", ["due_at"]),
    ("ix_task_instance_state_id", "task_instance", ["state", "id"]),
    ("ix_task_instance_start_date", "task_instance", ["start_date"]),
    ("ix_task_instance_end_date", "task_instance", ["end_date"]),
)


def upgrade() -> None:
    _failed_tasks()
    for name, table, columns in _INDEXES:
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, table, _ in reversed(_INDEXES):
        op.drop_index(name, table_name=table)
    op.drop_index("ix_task_instance_failed", table_name="task_instance")


def _failed_tasks() -> None:
    failed = sa.text("state = 'failed'")
    columns = ["dag_run_id", "state"]
    op.create_index("ix_task_instance_failed", "task_instance", columns, sqlite_where=failed, postgresql_where=failed)
