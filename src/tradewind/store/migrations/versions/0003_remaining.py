"""What the scheduling semantics still lacked: runs and schedules that the scheduler cannot decide and leaves out.

Each part has its functions below.  Every change is one that SQLite can make in place: tables, columns that may be NULL
or have a default, and indexes.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

from tradewind.store.types import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAME = sa.String(250)
TIME = UtcDateTime()
UUID = sa.String(36)
MEDIUM = sa.Text().with_variant(mysql.MEDIUMTEXT(), "mysql", "mariadb")
LONG = sa.Text().with_variant(mysql.LONGTEXT(), "mysql", "mariadb")


def upgrade() -> None:
    _undecided()
    _dag_favorite()
    _connection_test()
    _parse_request()
    _plugin()


def downgrade() -> None:
    for table in ("plugin", "parse_request", "connection_test", "dag_favorite", "undecided"):
        op.drop_table(table)


def _undecided() -> None:
    op.create_table(
        "undecided",
        sa.Column("dag_id", NAME, nullable=False),
        sa.Column("dag_run_id", BIG_ID, autoincrement=False, nullable=False, comment="0: the schedule of the DAG"),
        sa.Column("since", TIME, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", MEDIUM, nullable=False),
        sa.PrimaryKeyConstraint("dag_id", "dag_run_id", name="pk_undecided"),
    )


def _dag_favorite() -> None:
    op.create_table(
        "dag_favorite",
        sa.Column("username", NAME, nullable=False),
        sa.Column("dag_id", NAME, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["dag_id"], ["dag.dag_id"], name="fk_dag_favorite_dag_id_dag", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("username", "dag_id", name="pk_dag_favorite"),
    )


def _connection_test() -> None:
    op.create_table(
        "connection_test",
        sa.Column("token", UUID, nullable=False),
        sa.Column("connection_id", NAME, nullable=False),
        sa.Column("active", NAME, comment="the connection_id while it is not over, so that there is one at a time"),
        sa.Column("state", sa.String(20), nullable=False, comment="pending, running, success, failed"),
        sa.Column("request", LONG, comment="encrypted JSON of the connection; gone when it is over"),
        sa.Column("commit_on_success", sa.Boolean(), nullable=False, comment="a connection that works is saved"),
        sa.Column("username", NAME, comment="who asked"),
        sa.Column("message", MEDIUM),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("started_at", TIME),
        sa.Column("ended_at", TIME),
        sa.PrimaryKeyConstraint("token", name="pk_connection_test"),
        sa.UniqueConstraint("active", name="uq_connection_test_active"),
    )
    op.create_index("ix_connection_test_state", "connection_test", ["state", "created_at"], unique=False)


def _parse_request() -> None:
    op.create_table(
        "parse_request",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("bundle_name", NAME, nullable=False),
        sa.Column("relative_fileloc", sa.String(2000), nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_parse_request"),
        sqlite_autoincrement=True,
    )


def _plugin() -> None:
    op.create_table(
        "plugin",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False, comment="plugin, error"),
        sa.Column("name", sa.String(1000), nullable=False, comment="of the plugin, or of the file that has the error"),
        sa.Column("body", LONG, nullable=False, comment="JSON of what it has, or the error"),
        sa.PrimaryKeyConstraint("id", name="pk_plugin"),
    )
