"""What pages ask of many runs at once: whether a run that succeeded has a task that failed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _failed_tasks()


def downgrade() -> None:
    op.drop_index("ix_task_instance_failed", table_name="task_instance")


def _failed_tasks() -> None:
    failed = sa.text("state = 'failed'")
    columns = ["dag_run_id", "state"]
    op.create_index("ix_task_instance_failed", "task_instance", columns, sqlite_where=failed, postgresql_where=failed)
