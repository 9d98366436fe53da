"""What the scheduling semantics still lacked: runs and schedules that the scheduler cannot decide and leaves out, asset
events that code of a user maps, backfills of what only code of a user knows, deadlines and callbacks of fire times that
made no run, and of runs that were cleared; and who may do what, and did what.

Each part has its functions below.  Every change is one that SQLite can make in place (tables, columns that may be NULL
or have a default, and indexes), except to the small tables `callback` and `deadline`, which SQLite copies.
"""

from __future__ import annotations

from datetime import UTC, datetime

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
    _asset_mapping()
    _user_runs()
    _without_run()
    _live()
    _access()
    _audit()


def downgrade() -> None:
    _not_audit()
    _not_access()
    _not_live()
    _only_with_run()
    op.drop_column("backfill", "partition_keys")
    for table in ("backfill_slots", "range_question"):
        op.drop_table(table)
    op.drop_column("asset_partition", "needs")
    op.drop_table("asset_mapping")
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


def _asset_mapping() -> None:
    op.create_table(
        "asset_mapping",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("dag_id", NAME, nullable=False, comment="a consumer whose mapper has code of its own"),
        sa.Column("event_id", BIG_ID, nullable=False),
        sa.Column("emission", sa.String(36), nullable=False, comment="of the event: it is decided as a whole"),
        sa.Column("state", sa.String(10), nullable=False, comment="open, ready, failed"),
        sa.Column("due_at", TIME, nullable=False, comment="it is asked from then on"),
        sa.Column("tries", sa.Integer(), nullable=False, comment="how often the code failed"),
        sa.Column("error", MEDIUM, comment="why it failed last"),
        sa.Column("answer", LONG, comment="Mapped as JSON"),
        sa.ForeignKeyConstraint(
            ["event_id"], ["asset_event.id"], name="fk_asset_mapping_event_id_asset_event", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_asset_mapping"),
        sa.UniqueConstraint("dag_id", "event_id", name="uq_asset_mapping_dag_id_event_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_asset_mapping_state", "asset_mapping", ["state", "due_at"])
    op.create_index("ix_asset_mapping_event_id", "asset_mapping", ["event_id"])
    about = "what code of a user said: mapper -> keys that make up the partition, and its date"
    op.add_column("asset_partition", sa.Column("needs", sa.JSON(none_as_null=True), comment=about))


def _user_runs() -> None:
    op.create_table(
        "range_question",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("dag_id", NAME, nullable=False, comment="a DAG with a custom timetable"),
        sa.Column("body", LONG, nullable=False, comment="RunsWanted as JSON"),
        sa.Column("expires_at", TIME, nullable=False, comment="nobody waits for the answer after that"),
        sa.Column("answer", LONG, comment="RunsFound as JSON"),
        sa.PrimaryKeyConstraint("id", name="pk_range_question"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "backfill_slots",
        sa.Column("backfill_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("body", LONG, nullable=False, comment="list of ForeseenRun as JSON"),
        sa.ForeignKeyConstraint(
            ["backfill_id"], ["backfill.id"], name="fk_backfill_slots_backfill_id_backfill", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("backfill_id", name="pk_backfill_slots"),
    )
    about = "the list of partition keys; null: it has dates"
    op.add_column("backfill", sa.Column("partition_keys", sa.JSON(none_as_null=True), comment=about))


def _without_run() -> None:
    op.add_column(
        "dag",
        sa.Column("due_since", TIME, comment="fire times before it were not due: unknown, paused, another schedule"),
    )
    column = sa.column("due_since", TIME)
    # what was due before this is nobody's business now
    op.execute(sa.update(sa.table("dag", column)).values({column: datetime.now(UTC)}))
    with op.batch_alter_table("callback") as table:
        table.alter_column("dag_run_id", existing_type=BIG_ID, nullable=True)
        table.add_column(sa.Column("dag_id", NAME, comment="of one that belongs to no run"))
        about = "of one that belongs to no run: the id that the run would have had"
        table.add_column(sa.Column("run_id", NAME, comment=about))
    with op.batch_alter_table("deadline") as table:
        table.alter_column("dag_run_id", existing_type=BIG_ID, nullable=True)
        zero = sa.text("0")
        table.add_column(
            sa.Column("clear_number", sa.Integer(), nullable=False, server_default=zero, comment="of the run")
        )
        about = "of a fire time that made no run: the id that the run would have had"
        table.add_column(sa.Column("run_id", NAME, comment=about))
        # before the old one goes: MySQL needs an index of the foreign key at any time
        table.create_unique_constraint(
            "uq_deadline_dag_run_id_task_id_number_clear_number", ["dag_run_id", "task_id", "number", "clear_number"]
        )
        table.drop_constraint("uq_deadline_dag_run_id_task_id_number", type_="unique")
        table.alter_column(
            "state", existing_type=sa.String(20), existing_nullable=False, existing_comment="pending, met, missed",
            comment="asked, pending, met, missed, replaced, none, failed",
        )  # fmt: skip


def _only_with_run() -> None:
    op.execute("DELETE FROM callback WHERE dag_run_id IS NULL")
    op.execute("DELETE FROM deadline WHERE dag_run_id IS NULL OR clear_number > 0")
    with op.batch_alter_table("deadline") as table:
        table.create_unique_constraint("uq_deadline_dag_run_id_task_id_number", ["dag_run_id", "task_id", "number"])
        table.drop_constraint("uq_deadline_dag_run_id_task_id_number_clear_number", type_="unique")
        table.drop_column("run_id")
        table.drop_column("clear_number")
        table.alter_column(
            "state", existing_type=sa.String(20), existing_nullable=False, comment="pending, met, missed",
            existing_comment="asked, pending, met, missed, replaced, none, failed",
        )  # fmt: skip
        table.alter_column("dag_run_id", existing_type=BIG_ID, nullable=False)
    with op.batch_alter_table("callback") as table:
        table.drop_column("run_id")
        table.drop_column("dag_id")
        table.alter_column("dag_run_id", existing_type=BIG_ID, nullable=False)
    op.drop_column("dag", "due_since")


def _live() -> None:
    """The log of what changed, and indexes for pages that look back a day or find a run by the start of its id."""
    op.create_table(
        "live_change",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("body", MEDIUM, nullable=False, comment="Changed as JSON: keys of the rows that changed"),
        sa.PrimaryKeyConstraint("id", name="pk_live_change"),
    )
    op.create_index("ix_dag_run_state_end_date", "dag_run", ["state", "end_date"], unique=False)
    op.create_index(
        "ix_dag_run_run_id", "dag_run", ["run_id"], unique=False, postgresql_ops={"run_id": "text_pattern_ops"}
    )
    op.drop_index("ix_task_instance_state", table_name="task_instance")
    op.create_index("ix_task_instance_state", "task_instance", ["state", "end_date"], unique=False)


def _not_live() -> None:
    op.drop_index("ix_task_instance_state", table_name="task_instance")
    op.create_index("ix_task_instance_state", "task_instance", ["state"], unique=False)
    for name in ("ix_dag_run_run_id", "ix_dag_run_state_end_date"):
        op.drop_index(name, table_name="dag_run")
    op.drop_table("live_change")


def _access() -> None:
    """Roles, rights on DAGs, tokens of machines, logins of browsers."""
    no = sa.false()
    op.add_column("user", sa.Column("dag_limited", sa.Boolean(), nullable=False, server_default=no))
    about = "logins and tokens by password from before that are void"
    op.add_column("user", sa.Column("tokens_since", TIME, comment=about))
    op.add_column("user", sa.Column("issuer", sa.String(500), comment="who vouches for the user: an OpenID provider"))
    op.create_table(
        "role",
        sa.Column("name", sa.String(50), nullable=False),
        sa.Column("base", sa.String(50), nullable=False, comment="viewer, user, op or admin: what it allows"),
        sa.Column("dag_limited", sa.Boolean(), nullable=False),
        sa.Column("description", MEDIUM),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_role"),
    )
    op.create_table(
        "dag_grant",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("subject_kind", sa.String(10), nullable=False, comment="user, role, token"),
        sa.Column("subject", NAME, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False, comment="dag, pattern, tag"),
        sa.Column("value", NAME, nullable=False),
        sa.Column("may", sa.String(10), nullable=False, comment="read, run"),
        sa.PrimaryKeyConstraint("id", name="pk_dag_grant"),
        sa.UniqueConstraint(
            "subject_kind", "subject", "kind", "value", name="uq_dag_grant_subject_kind_subject_kind_value"
        ),
    )
    op.create_table(
        "dag_access",
        sa.Column("dag_id", NAME, nullable=False),
        sa.Column("role", NAME, nullable=False),
        sa.Column("may", sa.String(10), nullable=False, comment="read, run"),
        sa.ForeignKeyConstraint(["dag_id"], ["dag.dag_id"], name="fk_dag_access_dag_id_dag", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("dag_id", "role", name="pk_dag_access"),
    )
    _tokens()


def _tokens() -> None:
    op.create_table(
        "api_token",
        sa.Column("id", UUID, nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("username", NAME, nullable=False, comment="whose rights it has, at most"),
        sa.Column("digest", sa.String(64), nullable=False, comment="SHA-256 of the token"),
        sa.Column("hint", sa.String(20), nullable=False, comment="how it begins"),
        sa.Column("scope", sa.String(10), nullable=False, comment="read, run, operate, admin"),
        sa.Column("dag_limited", sa.Boolean(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("created_by", sa.String(500), nullable=False),
        sa.Column("expires_at", TIME),
        sa.Column("last_used_at", TIME),
        sa.Column("revoked_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_api_token"),
        sa.UniqueConstraint("digest", name="uq_api_token_digest"),
    )
    op.create_index("ix_api_token_username", "api_token", ["username"])
    op.create_table(
        "login_session",
        sa.Column("digest", sa.String(64), nullable=False, comment="SHA-256 of the cookie"),
        sa.Column("username", NAME, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False, comment="however much it is used"),
        sa.PrimaryKeyConstraint("digest", name="pk_login_session"),
    )
    op.create_index("ix_login_session_username", "login_session", ["username"])
    op.create_index("ix_login_session_expires_at", "login_session", ["expires_at"])


def _not_access() -> None:
    for table in ("login_session", "api_token", "dag_access", "dag_grant", "role"):
        op.drop_table(table)
    for column in ("issuer", "tokens_since", "dag_limited"):
        op.drop_column("user", column)


def _audit() -> None:
    """How a change came, and what was there before and after."""
    op.add_column("event_log", sa.Column("via", sa.String(10), comment="how it came: api, ui, cli; none: from inside"))
    for name in ("before", "after"):
        op.add_column("event_log", sa.Column(name, MEDIUM, comment="JSON; secrets are not in it"))
    op.create_index("ix_event_log_event", "event_log", ["event", "id"])
    op.create_index("ix_event_log_owner", "event_log", ["owner", "id"], mysql_length={"owner": 250})


def _not_audit() -> None:
    for name in ("ix_event_log_owner", "ix_event_log_event"):
        op.drop_index(name, table_name="event_log")
    for name in ("after", "before", "via"):
        op.drop_column("event_log", name)
