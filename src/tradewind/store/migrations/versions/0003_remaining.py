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
MEDIUM = sa.Text().with_variant(mysql.MEDIUMTEXT(), "mysql", "mariadb")


def upgrade() -> None:
    _undecided()


def downgrade() -> None:
    op.drop_table("undecided")


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
