"""Runs are found by the date that the pages call them by: the logical date, without one the time they may run from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_INDEXES: tuple[tuple[str, list[str]], ...] = (("ix_dag_run_date", []), ("ix_dag_run_dag_id_date", ["dag_id"]))


def upgrade() -> None:
    date = "coalesce(logical_date, run_after)"
    if op.get_context().dialect.name not in ("sqlite", "postgresql"):
        date = f"({date})"  # what MySQL wants around an expression
    for name, columns in _INDEXES:
        op.create_index(name, "dag_run", [*columns, sa.text(date)])


def downgrade() -> None:
    for name, _ in _INDEXES:
        op.drop_index(name, table_name="dag_run")
