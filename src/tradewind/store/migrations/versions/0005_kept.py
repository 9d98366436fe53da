"""Secrets that are remembered only to be hidden, and indexes for lists: of what is written once, with its row."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tradewind.store.types import BigId, LongText, Name, UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_INDEXES = (
    ("ix_task_instance_weight", "task_instance", ["priority_weight", "id"], "priority_weight <> 1"),
    ("ix_event_log_run_id", "event_log", ["run_id", "dag_id"], None),
    ("ix_event_log_task_id", "event_log", ["task_id", "id"], None),
    ("ix_xcom_created_at", "xcom", ["created_at", "dag_run_id"], None),
    ("ix_xcom_task_id", "xcom", ["task_id", "dag_run_id"], None),
    ("ix_xcom_mapped", "xcom", ["map_index", "dag_run_id"], "map_index >= 0"),
    ("ix_xcom_key", "xcom", ["key", "dag_run_id"], "key <> 'return_value'"),
    ("ix_asset_event_source_task_id", "asset_event", ["source_task_id", "id"], None),
    ("ix_asset_event_source_map_index", "asset_event", ["source_map_index", "id"], "source_map_index >= 0"),
    ("ix_asset_event_partition_key", "asset_event", ["partition_key", "id"], "partition_key IS NOT NULL"),
)
_OF_DAG = "ix_event_log_dag_id"


def upgrade() -> None:
    _upgrade_secrets()
    _upgrade_lists()
    op.add_column("user", sa.Column("subject", sa.String(255)))


def _upgrade_secrets() -> None:
    op.create_table(
        "kept_secret",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("value", LongText(long=True), nullable=False),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("subject", Name),
        sa.Column("kept_at", UtcDateTime, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_kept_secret_origin", "kept_secret", ["origin", "subject", "kept_at"])


def _upgrade_lists() -> None:
    for name, table, columns, condition in _INDEXES:
        where = None if condition is None else sa.text(condition)
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
    op.drop_index(_OF_DAG, table_name="event_log")
    op.create_index(_OF_DAG, "event_log", ["dag_id", "id"])


def downgrade() -> None:
    op.drop_column("user", "subject")
    op.drop_index(_OF_DAG, table_name="event_log")
    op.create_index(_OF_DAG, "event_log", ["dag_id"])
    for name, table, _, _ in reversed(_INDEXES):
        op.drop_index(name, table_name=table)
    op.drop_table("kept_secret")
