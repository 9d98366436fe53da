"""Scheduling semantics: assets, state stores of tasks and assets, XComs that are too large for a row, callbacks
with their whole story, deadlines, questions to people, mapped tasks, backfills and the guard of past runs, custom
timetables, triggers that tasks and assets wait for.

Each part has its functions below.  Every change is one that SQLite can make in place: tables, columns that may be NULL
or have a default, and indexes.
"""

from __future__ import annotations

from typing import Any

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
ASSET_TEXT = sa.String(1500)
UUID = sa.String(36)
TIME = UtcDateTime()
MEDIUM = sa.Text().with_variant(mysql.MEDIUMTEXT(), "mysql", "mariadb")
LONG = sa.Text().with_variant(mysql.LONGTEXT(), "mysql", "mariadb")


def upgrade() -> None:
    _xcom_blob()
    _task_state()
    _asset_state()
    _assets()
    _asset_links()
    _asset_events()
    _asset_consumers()
    _callback()
    _deadline()
    _hitl_detail()
    _mapping()
    _backfill()
    _backfill_run()
    _guard()
    _timetables()
    _trigger()
    _watcher_event()
    _deferral()
    about = "ids of the tasks that it decided against when it succeeded"
    op.add_column("task_instance", sa.Column("skips", sa.JSON(none_as_null=True), comment=about))


def downgrade() -> None:
    for name in ("skips", "reschedules", "first_start", "next_method", "trigger_id"):
        op.drop_column("task_instance", name)
    for table in ("watcher_event", "trigger"):
        op.drop_table(table)
    _no_assets()
    op.drop_column("task_instance", "rendered_map_index")
    op.drop_table("task_map")
    _no_guard()
    _no_backfill()
    for table in ("hitl_detail", "deadline"):
        op.drop_table(table)
    _no_callback()
    for table in ("asset_state", "task_state", "xcom_blob"):
        op.drop_table(table)
    _no_timetables()


def _timetable_columns() -> dict[str, tuple[sa.Column[Any], ...]]:
    return {
        "dag": (
            sa.Column("timetable_type", sa.String(255), comment="full name of the class, as Airflow writes it"),
            sa.Column("last_automated_run_after", TIME),
            sa.Column("next_partition_key", NAME),
            sa.Column("next_partition_date", TIME),
        ),
        "dag_run": (
            sa.Column(
                "awaits_interval",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
                comment="its data interval is still to be computed by a custom timetable",
            ),
        ),
        "import_error": (
            sa.Column("dag_id", NAME, comment="the DAG whose timetable failed; none: the file does not load"),
        ),
    }


def _no_timetables() -> None:
    for table in ("timetable_question", "forecast"):
        op.drop_table(table)
    for table, columns in _timetable_columns().items():
        for column in columns:
            op.drop_column(table, column.name)


def _timetables() -> None:
    for table, columns in _timetable_columns().items():
        for column in columns:
            op.add_column(table, column)
    op.create_table(
        "forecast",
        sa.Column("dag_id", NAME, nullable=False, comment="a DAG with a custom timetable"),
        sa.Column("version_id", BIG_ID, nullable=False, comment="the dag_version it was computed with"),
        sa.Column("computed_at", TIME, nullable=False),
        sa.Column("body", LONG, nullable=False, comment="Forecast as JSON"),
        sa.PrimaryKeyConstraint("dag_id", name="pk_forecast"),
    )
    op.create_table(
        "timetable_question",
        sa.Column("dag_id", NAME, nullable=False),
        sa.Column("dag_run_id", BIG_ID, autoincrement=False, nullable=False, comment="0: which runs come next"),
        sa.Column("asked_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("dag_id", "dag_run_id", name="pk_timetable_question"),
    )


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
    op.add_column("dag_run", sa.Column("made_as", sa.Integer(), comment="which of the runs that the attempt triggered"))
    op.create_index("ix_dag_run_made_by", "dag_run", ["made_by"], unique=False)


def _no_callback() -> None:
    op.drop_index("ix_dag_run_made_by", "dag_run")
    op.drop_column("dag_run", "made_as")
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


def _assets() -> None:
    op.create_table(
        "asset",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("name", ASSET_TEXT, nullable=False),
        sa.Column("uri", ASSET_TEXT, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, comment="SHA-256 of name and URI: too long for a key"),
        sa.Column("group", ASSET_TEXT, nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False, comment="some DAG that is there names it"),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_asset"),
        sa.UniqueConstraint("digest", name="uq_asset_digest"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_asset_name", "asset", ["name"], mysql_length=250)
    op.create_index("ix_asset_uri", "asset", ["uri"], mysql_length=250)
    op.create_table(
        "asset_alias",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("name", ASSET_TEXT, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, comment="SHA-256 of the name"),
        sa.Column("group", ASSET_TEXT, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_asset_alias"),
        sa.UniqueConstraint("digest", name="uq_asset_alias_digest"),
        sqlite_autoincrement=True,
    )


def _reference(table: str, column: str, target: str, *, cascade: bool = True) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}", ondelete="CASCADE" if cascade else None
    )


def _asset_links() -> None:
    op.create_table(
        "asset_alias_member",
        sa.Column("alias_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("asset_id", BIG_ID, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("alias_id", "asset_id", name="pk_asset_alias_member"),
        _reference("asset_alias_member", "alias_id", "asset_alias"),
        _reference("asset_alias_member", "asset_id", "asset"),
    )
    op.create_index("ix_asset_alias_member_asset_id", "asset_alias_member", ["asset_id"])
    op.create_table(
        "asset_use",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("dag_id", NAME, nullable=False),
        sa.Column("role", sa.String(20), nullable=False, comment="schedule, inlet or outlet"),
        sa.Column("task_id", NAME, nullable=False, comment="of an inlet or outlet"),
        sa.Column("asset_id", BIG_ID),
        sa.Column("alias_id", BIG_ID),
        sa.Column("ref_name", ASSET_TEXT, comment="an asset known by its name only"),
        sa.Column("ref_uri", ASSET_TEXT),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_asset_use"),
        _reference("asset_use", "asset_id", "asset"),
        _reference("asset_use", "alias_id", "asset_alias"),
    )
    op.create_index("ix_asset_use_dag_id", "asset_use", ["dag_id", "role"])
    op.create_index("ix_asset_use_asset_id", "asset_use", ["asset_id", "role"])
    op.create_index("ix_asset_use_alias_id", "asset_use", ["alias_id", "role"])
    op.create_index("ix_asset_use_ref_name", "asset_use", ["ref_name"], mysql_length=250)
    op.create_index("ix_asset_use_ref_uri", "asset_use", ["ref_uri"], mysql_length=250)
    op.create_table(
        "asset_watcher",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("asset_id", BIG_ID, nullable=False),
        sa.Column("dag_id", NAME, nullable=False, comment="declares it"),
        sa.Column("name", NAME, nullable=False),
        sa.Column("classpath", sa.String(1000), nullable=False),
        sa.Column("kwargs", sa.JSON(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_asset_watcher"),
        _reference("asset_watcher", "asset_id", "asset"),
    )
    op.create_index("ix_asset_watcher_asset_id", "asset_watcher", ["asset_id"])
    op.create_index("ix_asset_watcher_dag_id", "asset_watcher", ["dag_id"])


def _asset_events() -> None:
    op.create_table(
        "asset_event",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("asset_id", BIG_ID, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.Column("emission", UUID, nullable=False, comment="events of one attempt or call are decided together"),
        sa.Column("source_dag_id", NAME),
        sa.Column("source_run_id", NAME),
        sa.Column("source_task_id", NAME),
        sa.Column("source_map_index", sa.Integer()),
        sa.Column("partition_key", NAME),
        sa.PrimaryKeyConstraint("id", name="pk_asset_event"),
        _reference("asset_event", "asset_id", "asset", cascade=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_asset_event_asset_id", "asset_event", ["asset_id", "id"])
    op.create_index("ix_asset_event_at", "asset_event", ["at"])
    op.create_index("ix_asset_event_source", "asset_event", ["source_dag_id", "source_run_id"])
    op.create_index("ix_asset_event_emission", "asset_event", ["emission"])
    op.create_table(
        "asset_event_alias",
        sa.Column("event_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("alias_id", BIG_ID, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("event_id", "alias_id", name="pk_asset_event_alias"),
        _reference("asset_event_alias", "event_id", "asset_event"),
        _reference("asset_event_alias", "alias_id", "asset_alias"),
    )
    op.create_index("ix_asset_event_alias_alias_id", "asset_event_alias", ["alias_id"])
    op.create_table(
        "asset_run_event",
        sa.Column("dag_run_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("event_id", BIG_ID, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("dag_run_id", "event_id", name="pk_asset_run_event"),
        _reference("asset_run_event", "dag_run_id", "dag_run"),
        _reference("asset_run_event", "event_id", "asset_event"),
    )
    op.create_index("ix_asset_run_event_event_id", "asset_run_event", ["event_id"])


def _asset_consumers() -> None:
    op.create_table(
        "asset_cursor",
        sa.Column("name", sa.String(50), nullable=False, comment="scheduler"),
        sa.Column(
            "position", BIG_ID, autoincrement=False, nullable=False, comment="the newest event that was decided upon"
        ),
        sa.Column("revision", BIG_ID, autoincrement=False, nullable=False, comment="raised when consumers change"),
        sa.PrimaryKeyConstraint("name", name="pk_asset_cursor"),
    )
    op.create_table(
        "asset_consumer",
        sa.Column("dag_id", NAME, nullable=False),
        sa.Column("consumed", BIG_ID, autoincrement=False, nullable=False, comment="newest event its runs consumed"),
        sa.Column("schedule", sa.String(64), nullable=False, comment="SHA-256 of the asset schedule"),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("dag_id", name="pk_asset_consumer"),
    )
    op.create_table(
        "asset_queue",
        sa.Column("dag_id", NAME, nullable=False),
        sa.Column("asset_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column(
            "alias_id", BIG_ID, autoincrement=False, nullable=False, comment="through which it came; 0: directly"
        ),
        sa.Column("event_id", BIG_ID, nullable=False, comment="the first one since the last run"),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("dag_id", "asset_id", "alias_id", name="pk_asset_queue"),
        _reference("asset_queue", "asset_id", "asset"),
    )
    op.create_index("ix_asset_queue_asset_id", "asset_queue", ["asset_id"])
    op.create_table(
        "asset_partition",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("dag_id", NAME, nullable=False),
        sa.Column("partition_key", NAME, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_asset_partition"),
        sa.UniqueConstraint("dag_id", "partition_key", name="uq_asset_partition_dag_id_partition_key"),
    )
    op.create_table(
        "asset_partition_event",
        sa.Column("partition_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("event_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("member", NAME, nullable=False, comment="key of the window that the event stands for; empty: none"),
        sa.PrimaryKeyConstraint("partition_id", "event_id", name="pk_asset_partition_event"),
        _reference("asset_partition_event", "partition_id", "asset_partition"),
        _reference("asset_partition_event", "event_id", "asset_event"),
    )
    op.create_index("ix_asset_partition_event_event_id", "asset_partition_event", ["event_id"])
    op.add_column("dag_run", sa.Column("partition_date", TIME))


def _no_assets() -> None:
    op.drop_column("dag_run", "partition_date")
    for table in (
        "asset_partition_event",
        "asset_partition",
        "asset_queue",
        "asset_consumer",
        "asset_cursor",
        "asset_run_event",
        "asset_event_alias",
        "asset_event",
        "asset_watcher",
        "asset_use",
        "asset_alias_member",
        "asset_alias",
        "asset",
    ):
        op.drop_table(table)


def _mapping() -> None:
    op.add_column(
        "task_instance", sa.Column("rendered_map_index", sa.String(250), comment="map_index_template, rendered")
    )
    op.create_table(
        "task_map",
        sa.Column("dag_run_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("task_id", NAME, nullable=False),
        sa.Column("map_index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("length", sa.Integer(), nullable=False, comment="instances of mapped tasks that the result makes"),
        sa.ForeignKeyConstraint(
            ["dag_run_id"], ["dag_run.id"], name="fk_task_map_dag_run_id_dag_run", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("dag_run_id", "task_id", "map_index", name="pk_task_map"),
    )


def _backfill() -> None:
    op.create_table(
        "backfill",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("dag_id", NAME, nullable=False),
        sa.Column("origin", sa.String(20), nullable=False, comment="user, or guard: past runs that were held"),
        sa.Column("from_date", TIME, nullable=False),
        sa.Column("to_date", TIME, nullable=False),
        sa.Column("dates", sa.JSON(), comment="the list of logical dates; null: what the schedule makes"),
        sa.Column("conf", sa.JSON()),
        sa.Column("run_backwards", sa.Boolean(), nullable=False),
        sa.Column(
            "reprocess_behavior", sa.String(20), nullable=False, comment="none, failed, completed: Airflow's word"
        ),
        sa.Column("selection", sa.String(60), nullable=False, comment="missing, failed, completed, joined by commas"),
        sa.Column("tasks", sa.JSON(), comment="which tasks; null: all"),
        sa.Column("max_active_runs", sa.Integer(), nullable=False),
        sa.Column("stop_after", sa.Integer(), comment="failed runs after which it pauses itself"),
        sa.Column("run_on_latest_version", sa.Boolean(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(1000), comment="why it is paused, or how it ended"),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.Column("completed_at", TIME),
        sa.Column("created_by", sa.String(512)),
        sa.Column("expected", sa.Integer(), comment="how many dates there will be, about"),
        sa.Column("planned", sa.Integer(), nullable=False, comment="how many dates were decided so far"),
        sa.Column("cursor", TIME, comment="the logical date that was decided last"),
        sa.Column("exhausted", sa.Boolean(), nullable=False, comment="all dates were decided"),
        sa.Column(
            "forgiven",
            sa.Integer(),
            nullable=False,
            comment="failed runs that do not count against stop_after any more",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_backfill"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_backfill_dag_id", "backfill", ["dag_id", "id"])
    op.create_index("ix_backfill_completed_at", "backfill", ["completed_at"])


def _backfill_run() -> None:
    op.create_table(
        "backfill_run",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("backfill_id", BIG_ID, nullable=False),
        sa.Column("dag_run_id", BIG_ID, comment="null: skipped, or deleted"),
        sa.Column("logical_date", TIME, nullable=False),
        sa.Column("partition_key", NAME),
        sa.Column("ordinal", sa.Integer(), nullable=False, comment="place in the order of the backfill, from 1"),
        sa.Column("action", sa.String(20), nullable=False, comment="create, rerun, skip"),
        sa.Column("reason", sa.String(250), nullable=False),
        sa.Column("todo", sa.Boolean(), nullable=False, comment="its run is to run again: retry"),
        sa.PrimaryKeyConstraint("id", name="pk_backfill_run"),
        sa.ForeignKeyConstraint(
            ["backfill_id"], ["backfill.id"], name="fk_backfill_run_backfill_id_backfill", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["dag_run_id"], ["dag_run.id"], name="fk_backfill_run_dag_run_id_dag_run", ondelete="SET NULL"
        ),
        sa.UniqueConstraint("backfill_id", "ordinal", name="uq_backfill_run_backfill_id_ordinal"),
    )
    op.create_index("ix_backfill_run_dag_run_id", "backfill_run", ["dag_run_id"])
    op.create_index("ix_backfill_run_todo", "backfill_run", ["backfill_id", "todo"])
    op.add_column(
        "dag_run",
        sa.Column("backfill_id", BIG_ID, comment="the backfill that made the run, or made it run again last"),
    )
    op.add_column(
        "dag_run",
        sa.Column("only_tasks", sa.JSON(), comment="ids of the tasks that are part of the run; null: all"),
    )
    op.create_index("ix_dag_run_backfill_id", "dag_run", ["backfill_id", "state"])


def _no_backfill() -> None:
    op.drop_index("ix_dag_run_backfill_id", "dag_run")
    op.drop_column("dag_run", "only_tasks")
    op.drop_column("dag_run", "backfill_id")
    op.drop_table("backfill_run")
    op.drop_table("backfill")


def _guard() -> None:
    op.add_column(
        "dag",
        sa.Column("past_since", TIME, comment="begin of the hour in which past_made runs were made late"),
    )
    op.add_column("dag", sa.Column("past_made", sa.Integer()))
    op.add_column(
        "dag",
        sa.Column("past_confirmed", TIME, comment="somebody agreed to all past runs up to here"),
    )


def _no_guard() -> None:
    for column in ("past_confirmed", "past_made", "past_since"):
        op.drop_column("dag", column)


def _trigger() -> None:
    op.create_table(
        "trigger",
        sa.Column("id", UUID, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False, comment="task, engine, watcher"),
        sa.Column("dag_run_id", BIG_ID),
        sa.Column("ti_id", UUID, comment="of kind task, engine"),
        sa.Column("asset_name", sa.String(1500), comment="of kind watcher"),
        sa.Column("watcher_name", NAME, comment="of kind watcher"),
        sa.Column("classpath", sa.String(1000), nullable=False),
        sa.Column("kwargs", LONG, nullable=False, comment="encrypted JSON"),
        sa.Column("next_kwargs", LONG, comment="encrypted JSON: for the method where the task goes on"),
        sa.Column("awaits", LONG, comment="of kind engine: JSON of spec.external.ExternalWait"),
        sa.Column("queue", NAME, comment="which triggerers may run it; NULL: any"),
        sa.Column("priority_weight", sa.Integer(), nullable=False),
        sa.Column("log_path", sa.String(2000), comment="relative to the log folder"),
        sa.Column("state", sa.String(20), nullable=False, comment="waiting, running, fired, spent"),
        sa.Column("triggerer_id", UUID, comment="the worker (triggerer) that runs it; its lease is the trigger's"),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("claimed_at", TIME),
        sa.Column("fired_at", TIME),
        sa.Column("outcome", sa.String(20), comment="event, failed (the trigger did), or how it ends its task"),
        sa.Column("event", LONG, comment="encrypted JSON"),
        sa.ForeignKeyConstraint(
            ["dag_run_id"], ["dag_run.id"], name="fk_trigger_dag_run_id_dag_run", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_trigger"),
    )
    op.create_index("ix_trigger_state", "trigger", ["state", "triggerer_id"], unique=False)
    op.create_index("ix_trigger_ti_id", "trigger", ["ti_id"], unique=False)
    op.create_index("ix_trigger_dag_run_id", "trigger", ["dag_run_id"], unique=False)


def _watcher_event() -> None:
    op.create_table(
        "watcher_event",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("asset_name", sa.String(1500), nullable=False),
        sa.Column("watcher_name", NAME, nullable=False),
        sa.Column("payload", LONG, nullable=False, comment="JSON"),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_watcher_event"),
        sqlite_autoincrement=True,
    )


def _deferral() -> None:
    op.add_column(
        "task_instance",
        sa.Column("trigger_id", UUID, comment="what it waits for, or what its present try goes on with"),
    )
    op.add_column(
        "task_instance",
        sa.Column("next_method", sa.String(500), comment="of the operator, where the present try goes on"),
    )
    op.add_column("task_instance", sa.Column("first_start", TIME, comment="of the first try since the last clear"))
    op.add_column(
        "task_instance",
        sa.Column("reschedules", sa.Integer(), nullable=False, server_default="0", comment="of the present try"),
    )
