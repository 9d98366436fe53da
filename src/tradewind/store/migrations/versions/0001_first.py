"""The first schema: DAGs and their versions, runs, task instances and attempts, settings, leases and
signals.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

from tradewind.store.types import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAME = sa.String(250)
UUID = sa.String(36)
TIME = UtcDateTime()
MEDIUM = sa.Text().with_variant(mysql.MEDIUMTEXT(), "mysql", "mariadb")
LONG = sa.Text().with_variant(mysql.LONGTEXT(), "mysql", "mariadb")


def upgrade() -> None:
    _dag()
    _dag_tag()
    _dag_version()
    _import_error()
    _dag_run()
    _task_instance()
    _attempt()
    _xcom()
    _callback()
    _connection()
    _pool()
    _secret_key()
    _user()
    _variable()
    _lease()
    _worker()
    _signal()
    _event_log()


def _dag() -> None:
    op.create_table(
        "dag",
        sa.Column("dag_id", NAME, nullable=False),
        sa.Column("display_name", sa.String(2000), nullable=False),
        sa.Column("bundle_name", NAME, nullable=False),
        sa.Column("bundle_path", sa.String(2000), nullable=False, comment="absolute folder at the last parse"),
        sa.Column("relative_fileloc", sa.String(2000), nullable=False),
        sa.Column("fileloc", sa.String(2000), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, comment="of the file and the bundle modules it imports"),
        sa.Column("version_id", BIG_ID, nullable=False, comment="the newest dag_version"),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False, comment="its file is gone, or no longer defines it"),
        sa.Column("has_import_errors", sa.Boolean(), nullable=False),
        sa.Column("description", MEDIUM),
        sa.Column("timetable_summary", sa.String(1000)),
        sa.Column("timetable_description", sa.String(1000)),
        sa.Column("max_active_runs", sa.Integer(), nullable=False),
        sa.Column("max_active_tasks", sa.Integer(), nullable=False),
        sa.Column("owners", sa.String(2000), nullable=False),
        sa.Column("last_parsed_at", TIME),
        sa.Column("last_parse_seconds", sa.Float()),
        sa.Column("last_expired_at", TIME),
        sa.Column("last_automated_start", TIME, comment="data interval of the newest scheduled run"),
        sa.Column("last_automated_end", TIME),
        sa.Column("last_automated_logical", TIME),
        sa.Column("next_logical_date", TIME),
        sa.Column("next_interval_start", TIME),
        sa.Column("next_interval_end", TIME),
        sa.Column("next_run_after", TIME),
        sa.PrimaryKeyConstraint("dag_id", name="pk_dag"),
    )
    op.create_index("ix_dag_relative_fileloc", "dag", ["relative_fileloc"], unique=False, mysql_length=250)


def _dag_tag() -> None:
    op.create_table(
        "dag_tag",
        sa.Column("dag_id", NAME, nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.ForeignKeyConstraint(["dag_id"], ["dag.dag_id"], name="fk_dag_tag_dag_id_dag", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("dag_id", "name", name="pk_dag_tag"),
    )
    op.create_index("ix_dag_tag_name", "dag_tag", ["name"], unique=False)


def _dag_version() -> None:
    op.create_table(
        "dag_version",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("uuid", UUID, nullable=False),
        sa.Column("dag_id", NAME, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("meaning", sa.String(64), nullable=False, comment="DagSpec.meaning()"),
        sa.Column("spec", LONG, nullable=False, comment="DagSpec as JSON"),
        sa.Column("source", LONG, comment="text of the DAG file"),
        sa.Column("bundle_name", NAME, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_dag_version"),
        sa.UniqueConstraint("dag_id", "number", name="uq_dag_version_dag_id_number"),
        sa.UniqueConstraint("uuid", name="uq_dag_version_uuid"),
        sqlite_autoincrement=True,
    )


def _import_error() -> None:
    op.create_table(
        "import_error",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("bundle_name", NAME, nullable=False),
        sa.Column("relative_fileloc", sa.String(2000), nullable=False),
        sa.Column("fileloc", sa.String(2000), nullable=False),
        sa.Column("line", sa.Integer()),
        sa.Column("message", MEDIUM, nullable=False),
        sa.Column("traceback", MEDIUM, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_import_error"),
    )
    op.create_index(
        "ix_import_error_relative_fileloc", "import_error", ["relative_fileloc"], unique=False, mysql_length=250
    )


def _dag_run() -> None:
    op.create_table(
        "dag_run",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("dag_id", NAME, nullable=False),
        sa.Column("run_id", NAME, nullable=False),
        sa.Column("run_type", sa.String(50), nullable=False),
        sa.Column("state", sa.String(50), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False, comment="raised by every change from outside the leader"),
        sa.Column("version_id", BIG_ID, nullable=False),
        sa.Column("logical_date", TIME),
        sa.Column("data_interval_start", TIME),
        sa.Column("data_interval_end", TIME),
        sa.Column("run_after", TIME, nullable=False),
        sa.Column("queued_at", TIME),
        sa.Column("start_date", TIME),
        sa.Column("end_date", TIME),
        sa.Column("updated_at", TIME, nullable=False),
        sa.Column("conf", sa.JSON(), nullable=False),
        sa.Column("note", MEDIUM),
        sa.Column("clear_number", sa.Integer(), nullable=False),
        sa.Column("triggered_by", sa.String(50), nullable=False),
        sa.Column("triggering_user_name", sa.String(512)),
        sa.Column("partition_key", NAME),
        sa.Column("reason", sa.String(1000), comment="why the run is in this state"),
        sa.ForeignKeyConstraint(["version_id"], ["dag_version.id"], name="fk_dag_run_version_id_dag_version"),
        sa.PrimaryKeyConstraint("id", name="pk_dag_run"),
        sa.UniqueConstraint("dag_id", "logical_date", name="uq_dag_run_dag_id_logical_date"),
        sa.UniqueConstraint("dag_id", "run_id", name="uq_dag_run_dag_id_run_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_dag_run_dag_id_run_after", "dag_run", ["dag_id", "run_after"], unique=False)
    op.create_index("ix_dag_run_run_after", "dag_run", ["run_after"], unique=False)
    op.create_index("ix_dag_run_state", "dag_run", ["state", "dag_id"], unique=False)
    op.create_index("ix_dag_run_version_id", "dag_run", ["version_id"], unique=False)


def _task_instance() -> None:
    op.create_table(
        "task_instance",
        sa.Column("id", UUID, nullable=False),
        sa.Column("dag_run_id", BIG_ID, nullable=False),
        sa.Column("dag_id", NAME, nullable=False),
        sa.Column("run_id", NAME, nullable=False),
        sa.Column("task_id", NAME, nullable=False),
        sa.Column("map_index", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20)),
        sa.Column("try_number", sa.Integer(), nullable=False),
        sa.Column("max_tries", sa.Integer(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False, comment="attempts lost so far: a budget of their own"),
        sa.Column("attempt_id", UUID, comment="the attempt that may still report, or the last one"),
        sa.Column("scheduled_at", TIME),
        sa.Column("queued_at", TIME),
        sa.Column("start_date", TIME),
        sa.Column("end_date", TIME),
        sa.Column("next_at", TIME, comment="when up_for_retry or up_for_reschedule is due"),
        sa.Column("updated_at", TIME, nullable=False),
        sa.Column("operator", sa.String(1000)),
        sa.Column("pool", NAME, nullable=False),
        sa.Column("pool_slots", sa.Integer(), nullable=False),
        sa.Column("queue", NAME, nullable=False),
        sa.Column("priority_weight", sa.Integer(), nullable=False),
        sa.Column("executor", sa.String(1000)),
        sa.Column("hostname", sa.String(1000)),
        sa.Column("pid", sa.Integer()),
        sa.Column("rendered", sa.JSON()),
        sa.Column("note", MEDIUM),
        sa.Column("reason", sa.String(1000), comment="why the task instance is in this state"),
        sa.ForeignKeyConstraint(
            ["dag_run_id"], ["dag_run.id"], name="fk_task_instance_dag_run_id_dag_run", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_task_instance"),
        sa.UniqueConstraint("dag_run_id", "task_id", "map_index", name="uq_task_instance_dag_run_id_task_id_map_index"),
    )
    op.create_index(
        "ix_task_instance_dag_id_run_id", "task_instance", ["dag_id", "run_id", "task_id", "map_index"], unique=False
    )
    op.create_index("ix_task_instance_dag_id_task_id", "task_instance", ["dag_id", "task_id"], unique=False)
    op.create_index("ix_task_instance_state", "task_instance", ["state"], unique=False)


def _attempt() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", UUID, nullable=False),
        sa.Column("ti_id", UUID, nullable=False),
        sa.Column("dag_run_id", BIG_ID, nullable=False),
        sa.Column("try_number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("worker_id", UUID, comment="the worker (executor) that holds it; its lease is the attempt's"),
        sa.Column("queued_at", TIME, nullable=False),
        sa.Column("start_date", TIME),
        sa.Column("end_date", TIME),
        sa.Column("hostname", sa.String(1000)),
        sa.Column("pid", sa.Integer()),
        sa.Column("log_path", sa.String(2000), nullable=False, comment="relative to the log folder"),
        sa.Column("error_type", sa.String(500)),
        sa.Column("error", MEDIUM),
        sa.ForeignKeyConstraint(
            ["ti_id"], ["task_instance.id"], name="fk_attempt_ti_id_task_instance", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_attempt"),
    )
    op.create_index("ix_attempt_ti_id", "attempt", ["ti_id", "try_number"], unique=False)
    op.create_index("ix_attempt_worker_id", "attempt", ["worker_id", "state"], unique=False)


def _xcom() -> None:
    op.create_table(
        "xcom",
        sa.Column("dag_run_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("task_id", NAME, nullable=False),
        sa.Column("map_index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(512), nullable=False),
        sa.Column("dag_id", NAME, nullable=False),
        sa.Column("run_id", NAME, nullable=False),
        sa.Column("value", LONG, nullable=False, comment="JSON text"),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["dag_run_id"], ["dag_run.id"], name="fk_xcom_dag_run_id_dag_run", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("dag_run_id", "task_id", "map_index", "key", name="pk_xcom"),
    )
    op.create_index("ix_xcom_dag_id_task_id", "xcom", ["dag_id", "task_id"], unique=False)


def _callback() -> None:
    op.create_table(
        "callback",
        sa.Column("id", UUID, nullable=False),
        sa.Column("dag_run_id", BIG_ID, nullable=False),
        sa.Column("ti_id", UUID),
        sa.Column(
            "kind", sa.String(50), nullable=False, comment="on_success_callback, on_failure_callback, on_retry_callback"
        ),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("state", sa.String(20), nullable=False, comment="queued, running, success, failed, lost"),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("end_date", TIME),
        sa.ForeignKeyConstraint(
            ["dag_run_id"], ["dag_run.id"], name="fk_callback_dag_run_id_dag_run", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_callback"),
    )
    op.create_index("ix_callback_dag_run_id", "callback", ["dag_run_id"], unique=False)
    op.create_index("ix_callback_state", "callback", ["state"], unique=False)


def _connection() -> None:
    op.create_table(
        "connection",
        sa.Column("conn_id", NAME, nullable=False),
        sa.Column("conn_type", sa.String(500), nullable=False),
        sa.Column("description", MEDIUM),
        sa.Column("host", sa.String(500)),
        sa.Column("login", MEDIUM),
        sa.Column("password", MEDIUM, comment="encrypted"),
        sa.Column("schema", sa.String(500)),
        sa.Column("port", sa.Integer()),
        sa.Column("extra", MEDIUM, comment="encrypted"),
        sa.PrimaryKeyConstraint("conn_id", name="pk_connection"),
    )


def _pool() -> None:
    op.create_table(
        "pool",
        sa.Column("name", NAME, nullable=False),
        sa.Column("slots", sa.Integer(), nullable=False, comment="-1: no limit"),
        sa.Column("description", MEDIUM),
        sa.Column("include_deferred", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_pool"),
    )


def _secret_key() -> None:
    op.create_table(
        "secret_key",
        sa.Column("name", sa.String(50), nullable=False, comment="jwt: signs tokens"),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_secret_key"),
    )


def _user() -> None:
    op.create_table(
        "user",
        sa.Column("username", NAME, nullable=False),
        sa.Column("password_hash", sa.String(500), nullable=False),
        sa.Column("role", sa.String(50), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("username", name="pk_user"),
    )


def _variable() -> None:
    op.create_table(
        "variable",
        sa.Column("key", NAME, nullable=False),
        sa.Column("value", LONG, nullable=False, comment="encrypted"),
        sa.Column("description", MEDIUM),
        sa.PrimaryKeyConstraint("key", name="pk_variable"),
    )


def _lease() -> None:
    op.create_table(
        "lease",
        sa.Column("name", sa.String(50), nullable=False, comment="scheduler"),
        sa.Column("holder", UUID, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("hostname", sa.String(1000), nullable=False),
        sa.Column(
            "process", sa.String(100), nullable=False, comment="pid and start time: tells a dead holder on this host"
        ),
        sa.PrimaryKeyConstraint("name", name="pk_lease"),
    )


def _worker() -> None:
    op.create_table(
        "worker",
        sa.Column("id", UUID, nullable=False),
        sa.Column("kind", sa.String(50), nullable=False, comment="scheduler, dag_processor, local_executor, ..."),
        sa.Column("hostname", sa.String(1000), nullable=False),
        sa.Column("process", sa.String(100), nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("heartbeat_at", TIME, nullable=False),
        sa.Column("ended_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_worker"),
    )
    op.create_index("ix_worker_kind", "worker", ["kind", "heartbeat_at"], unique=False)


def _signal() -> None:
    op.create_table(
        "signal",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False, comment="run, dag, pools"),
        sa.Column("dag_id", NAME),
        sa.Column("dag_run_id", BIG_ID),
        sa.PrimaryKeyConstraint("id", name="pk_signal"),
    )


def _event_log() -> None:
    op.create_table(
        "event_log",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("event", sa.String(60), nullable=False),
        sa.Column("dag_id", NAME),
        sa.Column("run_id", NAME),
        sa.Column("task_id", NAME),
        sa.Column("map_index", sa.Integer()),
        sa.Column("try_number", sa.Integer()),
        sa.Column("owner", sa.String(500)),
        sa.Column("extra", MEDIUM),
        sa.PrimaryKeyConstraint("id", name="pk_event_log"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_log_at", "event_log", ["at"], unique=False)
    op.create_index("ix_event_log_dag_id", "event_log", ["dag_id"], unique=False)


def downgrade() -> None:
    for table in (
        "event_log",
        "signal",
        "worker",
        "lease",
        "variable",
        "user",
        "secret_key",
        "pool",
        "connection",
        "callback",
        "xcom",
        "attempt",
        "task_instance",
        "dag_run",
        "import_error",
        "dag_version",
        "dag_tag",
        "dag",
    ):
        op.drop_table(table)
