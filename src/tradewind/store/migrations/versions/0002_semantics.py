"""Scheduling semantics: state stores of tasks and assets, XComs that are too large for a row, callbacks with their whole
story, deadlines, questions to people.

Each part has its functions below.  Every change is one that SQLite can make in place: tables, columns that may be NULL,
and indexes.
"""

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
MEDIUM = sa.Text().with_variant(mysql.MEDIUMTEXT(), "mysql", "mariadb")
LONG = sa.Text().with_variant(mysql.LONGTEXT(), "mysql", "mariadb")


def upgrade() -> None:
    _xcom_blob()
    _task_state()
    _asset_state()
    _callback()
    _deadline()
    _hitl_detail()


def downgrade() -> None:
    for table in ("hitl_detail", "deadline"):
        op.drop_table(table)
    _no_callback()
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


def _callback() -> None:
    op.add_column("callback", sa.Column("data", sa.JSON(), comment="what a callback of this kind needs besides"))
    op.add_column("callback", sa.Column("worker_id", UUID, comment="who was granted it"))
    op.add_column("callback", sa.Column("start_date", TIME))
    op.add_column("callback", sa.Column("error", MEDIUM))
    op.add_column("callback", sa.Column("log_path", sa.String(2000), comment="relative to the log folder"))
    op.add_column("dag_run", sa.Column("made_by", UUID, comment="the attempt that triggered it, or reset it last"))


def _no_callback() -> None:
    op.drop_column("dag_run", "made_by")
    for name in ("log_path", "error", "start_date", "worker_id", "data"):
        op.drop_column("callback", name)


def _deadline() -> None:
    op.create_table(
        "deadline",
        sa.Column("id", UUID, nullable=False),
        sa.Column("dag_id", NAME, nullable=False),
        sa.Column("dag_run_id", BIG_ID, nullable=False),
        sa.Column("task_id", NAME, nullable=False, comment="empty: of the run"),
        sa.Column("number", sa.Integer(), nullable=False, comment="place among the deadlines of the DAG or task"),
        sa.Column("name", sa.String(500)),
        sa.Column("reference", sa.String(500), nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("state", sa.String(20), nullable=False, comment="pending, met, missed"),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("ended_at", TIME, comment="when it was met, or seen to be missed"),
        sa.Column("callback_id", UUID),
        sa.ForeignKeyConstraint(
            ["dag_run_id"], ["dag_run.id"], name="fk_deadline_dag_run_id_dag_run", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_deadline"),
        sa.UniqueConstraint("dag_run_id", "task_id", "number", name="uq_deadline_dag_run_id_task_id_number"),
    )
    op.create_index("ix_deadline_state", "deadline", ["state", "due_at"], unique=False)
    op.create_index("ix_deadline_dag_id", "deadline", ["dag_id"], unique=False)


def _hitl_detail() -> None:
    op.create_table(
        "hitl_detail",
        sa.Column("ti_id", UUID, nullable=False),
        sa.Column("try_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("subject", MEDIUM, nullable=False),
        sa.Column("body", MEDIUM),
        sa.Column("defaults", sa.JSON()),
        sa.Column("multiple", sa.Boolean(), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("assigned_users", sa.JSON(), nullable=False, comment="[{id, name}]; empty: anybody"),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("responded_at", TIME),
        sa.Column("responded_by_id", sa.String(512)),
        sa.Column("responded_by_name", sa.String(512)),
        sa.Column("chosen_options", sa.JSON()),
        sa.Column("params_input", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ti_id"], ["task_instance.id"], name="fk_hitl_detail_ti_id_task_instance", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ti_id", "try_number", name="pk_hitl_detail"),
    )
    op.create_index("ix_hitl_detail_created_at", "hitl_detail", ["created_at"], unique=False)
