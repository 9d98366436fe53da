"""Scheduling semantics: state stores of tasks and assets, values of XComs that are too large for a row."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

from tradewind.store.types import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAME = sa.String(250)
UUID = sa.String(36)
TIME = UtcDateTime()
LONG = sa.Text().with_variant(mysql.LONGTEXT(), "mysql", "mariadb")


def upgrade() -> None:
    _xcom_blob()
    _task_state()
    _asset_state()


def downgrade() -> None:
    for table in ("asset_state", "task_state", "xcom_blob"):
        op.drop_table(table)


def _xcom_blob() -> None:
    op.create_table(
        "xcom_blob",
        sa.Column("id", UUID, nullable=False),
        sa.Column("attempt_id", UUID, nullable=False, comment="who writes it; it may be unreferenced while that runs"),
        sa.Column(
            "dag_run_id", BIG_ID, nullable=False, comment="no foreign key: the file must outlive the row to be deleted"
        ),
        sa.Column("task_id", NAME, nullable=False),
        sa.Column("map_index", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(512), nullable=False),
        sa.Column("location", sa.String(2000), nullable=False, comment="absolute path or address of an object"),
        sa.Column("size", sa.BigInteger(), nullable=False, comment="bytes"),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_xcom_blob"),
    )


def _task_state() -> None:
    op.create_table(
        "task_state",
        sa.Column("dag_run_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("task_id", NAME, nullable=False),
        sa.Column("map_index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(512), nullable=False),
        sa.Column("value", LONG, nullable=False, comment="JSON text"),
        sa.Column("updated_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, comment="none: kept as long as its run"),
        sa.ForeignKeyConstraint(
            ["dag_run_id"], ["dag_run.id"], name="fk_task_state_dag_run_id_dag_run", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("dag_run_id", "task_id", "map_index", "key", name="pk_task_state"),
    )
    op.create_index("ix_task_state_expires_at", "task_state", ["expires_at"], unique=False)


def _asset_state() -> None:
    op.create_table(
        "asset_state",
        sa.Column("asset", sa.String(500), nullable=False, comment="name of the asset"),
        sa.Column("key", NAME, nullable=False),
        sa.Column("uri", sa.String(1500), nullable=False),
        sa.Column("value", LONG, nullable=False, comment="JSON text"),
        sa.Column("updated_at", TIME, nullable=False),
        sa.Column(
            "updated_by", sa.String(2000), comment="dag_id, run_id, task_id and map_index of the writer, or a user"
        ),
        sa.PrimaryKeyConstraint("asset", "key", name="pk_asset_state"),
    )
