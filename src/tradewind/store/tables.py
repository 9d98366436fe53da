"""The tables of the metadata database, private to `store`.

Theory.  `task_instance` is the truth of a task in a run; `attempt` has one row per try by a worker and never
changes once it ended.  Every change of a task instance is one guarded update (state and attempt as expected);
`dag_run.revision` is raised by whoever changes a run from outside the scheduler (clear, mark, delete), so
that the leader's decisions from an older view miss and are made again.  `signal` tells the leader what
changed; the leader deletes what it read.  All times are UTC.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    false,
    text,
)

from tradewind.store.tables_access import api_token as api_token
from tradewind.store.tables_access import dag_access as dag_access
from tradewind.store.tables_access import dag_grant as dag_grant
from tradewind.store.tables_access import login_session as login_session
from tradewind.store.tables_access import role as role
from tradewind.store.tables_access import user as user
from tradewind.store.tables_api import connection_test as connection_test
from tradewind.store.tables_api import dag_favorite as dag_favorite
from tradewind.store.tables_api import parse_request as parse_request
from tradewind.store.tables_api import plugin as plugin
from tradewind.store.tables_backfills import backfill as backfill
from tradewind.store.tables_backfills import backfill_run as backfill_run
from tradewind.store.tables_backfills import backfill_slots as backfill_slots
from tradewind.store.tables_backfills import range_question as range_question
from tradewind.store.tables_callbacks import callback as callback
from tradewind.store.tables_callbacks import deadline as deadline
from tradewind.store.tables_live import live_change as live_change
from tradewind.store.tables_metadata import metadata as metadata
from tradewind.store.tables_secrets import kept_secret as kept_secret
from tradewind.store.tables_triggers import trigger as trigger
from tradewind.store.tables_triggers import watcher_event as watcher_event
from tradewind.store.tables_undecided import undecided as undecided
from tradewind.store.types import AttemptId, BigId, LongText, Name, ShortText, UtcDateTime

dag = Table(
    "dag",
    metadata,
    Column("dag_id", Name, primary_key=True),
    Column("display_name", String(2000), nullable=False, default=""),
    Column("bundle_name", Name, nullable=False),
    Column("bundle_path", String(2000), nullable=False, comment="absolute folder at the last parse"),
    Column("relative_fileloc", String(2000), nullable=False),
    Column("fileloc", String(2000), nullable=False),
    Column("digest", String(64), nullable=False, comment="of the file and the bundle modules it imports"),
    Column("version_id", BigId, nullable=False, comment="the newest dag_version"),
    Column("paused", Boolean, nullable=False),
    Column("stale", Boolean, nullable=False, default=False, comment="its file is gone, or no longer defines it"),
    Column("has_import_errors", Boolean, nullable=False, default=False),
    Column("description", LongText()),
    Column("timetable_summary", String(1000)),
    Column("timetable_description", String(1000)),
    Column("timetable_type", String(255), comment="full name of the class, as Airflow writes it"),
    Column("max_active_runs", Integer, nullable=False),
    Column("max_active_tasks", Integer, nullable=False),
    Column("owners", String(2000), nullable=False, default=""),
    Column("last_parsed_at", UtcDateTime),
    Column("last_parse_seconds", Float),
    Column("last_expired_at", UtcDateTime),
    # the newest automated run and the next one, so that a new leader neither repeats nor forgets a fire time
    Column("last_automated_start", UtcDateTime, comment="data interval of the newest scheduled run"),
    Column("last_automated_end", UtcDateTime),
    Column("last_automated_logical", UtcDateTime),
    Column("last_automated_run_after", UtcDateTime),
    Column("next_logical_date", UtcDateTime),
    Column("next_interval_start", UtcDateTime),
    Column("next_interval_end", UtcDateTime),
    Column("next_run_after", UtcDateTime),
    # what the guard of past runs knows: see services.guard
    Column("past_since", UtcDateTime, comment="begin of the hour in which past_made runs were made late"),
    Column("past_made", Integer),
    Column("past_confirmed", UtcDateTime, comment="somebody agreed to all past runs up to here"),
    Column("next_partition_key", Name),
    Column("next_partition_date", UtcDateTime),
    Column("due_since", UtcDateTime, comment="fire times before it were not due: unknown, paused, another schedule"),
    Index("ix_dag_relative_fileloc", "relative_fileloc", mysql_length=250),
)

dag_tag = Table(
    "dag_tag",
    metadata,
    Column("dag_id", Name, ForeignKey("dag.dag_id", ondelete="CASCADE"), primary_key=True),
    Column("name", String(100), primary_key=True),
    Index("ix_dag_tag_name", "name"),
)

dag_version = Table(
    "dag_version",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("uuid", String(36), nullable=False, unique=True),
    Column("dag_id", Name, nullable=False),
    Column("number", Integer, nullable=False),
    Column("meaning", String(64), nullable=False, comment="DagSpec.meaning()"),
    Column("spec", LongText(long=True), nullable=False, comment="DagSpec as JSON"),
    Column("source", LongText(long=True), comment="text of the DAG file"),
    Column("bundle_name", Name, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("dag_id", "number"),
    sqlite_autoincrement=True,  # ids are cache keys: SQLite must not give the id of a deleted row again
)

FAILED = "state = 'failed'"
UNUSUAL = "state IN ('failed', 'skipped', 'upstream_failed', 'removed')"
"""Partial indexes have these conditions.  A query has to say the same, in the same words: SQLite does not conclude."""


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


dag_run = Table(
    "dag_run",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("dag_id", Name, nullable=False),
    Column("run_id", Name, nullable=False),
    Column("run_type", String(50), nullable=False),
    Column("state", String(50), nullable=False),
    Column(
        "revision",
        Integer,
        nullable=False,
        default=0,
        comment="raised by every change from outside the leader",
    ),
    Column("version_id", BigId, ForeignKey("dag_version.id"), nullable=False),
    Column("logical_date", UtcDateTime),
    Column("data_interval_start", UtcDateTime),
    Column("data_interval_end", UtcDateTime),
    Column("run_after", UtcDateTime, nullable=False),
    Column("queued_at", UtcDateTime),
    Column("start_date", UtcDateTime),
    Column("end_date", UtcDateTime),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("conf", JSON, nullable=False),
    Column("note", LongText()),
    Column("clear_number", Integer, nullable=False, default=0),
    Column("triggered_by", String(50), nullable=False, default="timetable"),
    Column("triggering_user_name", String(512)),
    Column("partition_key", Name),
    Column("partition_date", UtcDateTime),
    Column(
        "awaits_interval",
        Boolean,
        nullable=False,
        default=False,
        server_default=false(),
        comment="its data interval is still to be computed by a custom timetable",
    ),
    Column("reason", ShortText(1000), comment="why the run is in this state"),
    Column("made_by", AttemptId, comment="the attempt that triggered it, or reset it last"),
    Column("made_as", Integer, comment="which of the runs that the attempt triggered"),
    Column("backfill_id", BigId, comment="the backfill that made the run, or made it run again last"),
    Column("only_tasks", JSON(none_as_null=True), comment="ids of the tasks that are part of the run; null: all"),
    UniqueConstraint("dag_id", "run_id"),
    UniqueConstraint("dag_id", "logical_date"),
    Index("ix_dag_run_dag_id_run_after", "dag_id", "run_after"),
    Index("ix_dag_run_state", "state", "dag_id"),
    Index("ix_dag_run_run_after", "run_after"),
    Index("ix_dag_run_state_end_date", "state", "end_date"),
    Index("ix_dag_run_run_id", "run_id", postgresql_ops={"run_id": "text_pattern_ops"}),
    Index("ix_dag_run_version_id", "version_id"),
    # lists of one state over all history: few runs fail, so nothing is written for the others; what is active is few
    # too, and those that succeeded are met along any other order
    Index("ix_dag_run_failed_dag_id", "dag_id", "state", "run_after", **_where(FAILED)),
    Index("ix_dag_run_failed_id", "state", "id", **_where(FAILED)),
    Index("ix_dag_run_failed_run_after", "state", "run_after", **_where(FAILED)),
    Index("ix_dag_run_run_type", "run_type", "run_after"),
    Index("ix_dag_run_logical_date", "logical_date"),
    Index("ix_dag_run_start_date", "start_date", **_where("start_date IS NOT NULL")),
    Index("ix_dag_run_end_date", "end_date", **_where("end_date IS NOT NULL")),
    Index("ix_dag_run_updated_at", "updated_at"),
    Index("ix_dag_run_made_by", "made_by"),
    Index("ix_dag_run_backfill_id", "backfill_id", "state"),
    sqlite_autoincrement=True,  # the leader may hold the id of a run that was deleted
)

task_instance = Table(
    "task_instance",
    metadata,
    Column("id", AttemptId, primary_key=True),
    Column("dag_run_id", BigId, ForeignKey("dag_run.id", ondelete="CASCADE"), nullable=False),
    Column("dag_id", Name, nullable=False),
    Column("run_id", Name, nullable=False),
    Column("task_id", Name, nullable=False),
    Column("map_index", Integer, nullable=False),
    Column("state", String(20)),
    Column("try_number", Integer, nullable=False, default=0),
    Column("max_tries", Integer, nullable=False, default=0),
    Column("lost", Integer, nullable=False, default=0, comment="attempts lost so far: a budget of their own"),
    Column("attempt_id", AttemptId, comment="the attempt that may still report, or the last one"),
    Column("scheduled_at", UtcDateTime),
    Column("queued_at", UtcDateTime),
    Column("start_date", UtcDateTime),
    Column("end_date", UtcDateTime),
    Column("next_at", UtcDateTime, comment="when up_for_retry or up_for_reschedule is due"),
    Column("trigger_id", AttemptId, comment="what it waits for, or what its present try goes on with"),
    Column("next_method", ShortText(500), comment="of the operator, where the present try goes on"),
    Column("first_start", UtcDateTime, comment="of the first try since the last clear"),
    Column("skips", JSON(none_as_null=True), comment="ids of the tasks that it decided against when it succeeded"),
    Column("reschedules", Integer, nullable=False, default=0, server_default="0", comment="of the present try"),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("operator", String(1000)),
    Column("pool", Name, nullable=False),
    Column("pool_slots", Integer, nullable=False),
    Column("queue", Name, nullable=False),
    Column("priority_weight", Integer, nullable=False),
    Column("executor", String(1000)),
    Column("hostname", ShortText(1000)),
    Column("pid", Integer),
    Column("rendered", JSON(none_as_null=True)),
    Column("rendered_map_index", ShortText(250), comment="map_index_template, rendered"),
    Column("note", LongText()),
    Column("reason", ShortText(1000), comment="why the task instance is in this state"),
    UniqueConstraint("dag_run_id", "task_id", "map_index"),
    Index("ix_task_instance_dag_id_run_id", "dag_id", "run_id", "task_id", "map_index"),
    Index("ix_task_instance_dag_id_task_id", "dag_id", "task_id", "id"),
    Index("ix_task_instance_state", "state", "end_date"),
    # few fail: whether a run has one that did is told without a look at the others, and nothing is written for those;
    # with the state as a column, although it is always the same: else SQLite prefers the index before this one
    Index("ix_task_instance_failed", "dag_run_id", "state", **_where(FAILED)),
    # as those of the runs: every index that has the state is written with each step of each task
    Index("ix_task_instance_unusual_id", "state", "id", **_where(UNUSUAL)),
    Index("ix_task_instance_start_date", "start_date", "id", **_where("start_date IS NOT NULL")),
    Index("ix_task_instance_end_date", "end_date", "id", **_where("end_date IS NOT NULL")),
)

attempt = Table(
    "attempt",
    metadata,
    Column("id", AttemptId, primary_key=True),
    Column("ti_id", AttemptId, ForeignKey("task_instance.id", ondelete="CASCADE"), nullable=False),
    Column("dag_run_id", BigId, nullable=False),
    Column("try_number", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("worker_id", AttemptId, comment="the worker (executor) that holds it; its lease is the attempt's"),
    Column("queued_at", UtcDateTime, nullable=False),
    Column("start_date", UtcDateTime),
    Column("end_date", UtcDateTime),
    Column("hostname", ShortText(1000)),
    Column("pid", Integer),
    Column("log_path", String(2000), nullable=False, comment="relative to the log folder"),
    Column("error_type", ShortText(500)),
    Column("error", LongText()),
    Index("ix_attempt_ti_id", "ti_id", "try_number"),
    Index("ix_attempt_worker_id", "worker_id", "state"),
)

xcom = Table(
    "xcom",
    metadata,
    Column(
        "dag_run_id",
        BigId,
        ForeignKey("dag_run.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("task_id", Name, primary_key=True),
    Column("map_index", Integer, primary_key=True, autoincrement=False),
    Column("key", ShortText(512), primary_key=True),
    Column("dag_id", Name, nullable=False),
    Column("run_id", Name, nullable=False),
    Column("value", LongText(long=True), nullable=False, comment="JSON text"),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_xcom_dag_id_task_id", "dag_id", "task_id"),
)

xcom_blob = Table(
    "xcom_blob",
    metadata,
    Column("id", AttemptId, primary_key=True),
    Column("attempt_id", AttemptId, nullable=False, comment="who writes it; it may be unreferenced while that runs"),
    Column("dag_run_id", BigId, nullable=False, comment="no foreign key: the file must outlive the row to be deleted"),
    Column("task_id", Name, nullable=False),
    Column("map_index", Integer, nullable=False),
    Column("key", ShortText(512), nullable=False),
    Column("location", String(2000), nullable=False, comment="absolute path or address of an object"),
    Column("size", BigInteger, nullable=False, comment="bytes"),
    Column("created_at", UtcDateTime, nullable=False),
)

task_state = Table(
    "task_state",
    metadata,
    Column(
        "dag_run_id",
        BigId,
        ForeignKey("dag_run.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("task_id", Name, primary_key=True),
    Column("map_index", Integer, primary_key=True, autoincrement=False),
    Column("key", ShortText(512), primary_key=True),
    Column("value", LongText(long=True), nullable=False, comment="JSON text"),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, comment="none: kept as long as its run"),
    Index("ix_task_state_expires_at", "expires_at"),
)

asset_state = Table(
    "asset_state",
    metadata,
    Column("asset", String(500), primary_key=True, comment="name of the asset"),
    Column("key", Name, primary_key=True),
    Column("uri", String(1500), nullable=False),
    Column("value", LongText(long=True), nullable=False, comment="JSON text"),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("updated_by", String(2000), comment="dag_id, run_id, task_id and map_index of the writer, or a user"),
)

task_map = Table(
    "task_map",
    metadata,
    Column(
        "dag_run_id",
        BigId,
        ForeignKey("dag_run.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("task_id", Name, primary_key=True),
    Column("map_index", Integer, primary_key=True, autoincrement=False),
    Column("length", Integer, nullable=False, comment="instances of mapped tasks that the result makes"),
)

hitl_detail = Table(
    "hitl_detail",
    metadata,
    Column("ti_id", AttemptId, ForeignKey("task_instance.id", ondelete="CASCADE"), primary_key=True),
    Column("try_number", Integer, primary_key=True, autoincrement=False),
    Column("options", JSON, nullable=False),
    Column("subject", LongText(), nullable=False),
    Column("body", LongText()),
    Column("defaults", JSON(none_as_null=True)),
    Column("multiple", Boolean, nullable=False),
    Column("params", JSON, nullable=False),
    Column("assigned_users", JSON, nullable=False, comment="[{id, name}]; empty: anybody"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("responded_at", UtcDateTime),
    Column("responded_by_id", String(512)),
    Column("responded_by_name", String(512)),
    Column("chosen_options", JSON(none_as_null=True)),
    Column("params_input", JSON, nullable=False),
    Index("ix_hitl_detail_created_at", "created_at"),
)

import_error = Table(
    "import_error",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("bundle_name", Name, nullable=False),
    Column("relative_fileloc", String(2000), nullable=False),
    Column("fileloc", String(2000), nullable=False),
    Column("line", Integer),
    Column("message", LongText(), nullable=False),
    Column("traceback", LongText(), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("dag_id", Name, comment="the DAG whose timetable failed; none: the file does not load"),
    Index("ix_import_error_relative_fileloc", "relative_fileloc", mysql_length=250),
)

forecast = Table(
    "forecast",
    metadata,
    Column("dag_id", Name, primary_key=True, comment="a DAG with a custom timetable"),
    Column("version_id", BigId, nullable=False, comment="the dag_version it was computed with"),
    Column("computed_at", UtcDateTime, nullable=False),
    Column("body", LongText(long=True), nullable=False, comment="Forecast as JSON"),
)

timetable_question = Table(
    "timetable_question",
    metadata,
    Column("dag_id", Name, primary_key=True),
    Column("dag_run_id", BigId, primary_key=True, autoincrement=False, comment="0: which runs come next"),
    Column("asked_at", UtcDateTime, nullable=False),
)

variable = Table(
    "variable",
    metadata,
    Column("key", Name, primary_key=True),
    Column("value", LongText(long=True), nullable=False, comment="encrypted"),
    Column("description", LongText()),
)

connection = Table(
    "connection",
    metadata,
    Column("conn_id", Name, primary_key=True),
    Column("conn_type", String(500), nullable=False),
    Column("description", LongText()),
    Column("host", String(500)),
    Column("login", LongText()),
    Column("password", LongText(), comment="encrypted"),
    Column("schema", String(500)),
    Column("port", Integer),
    Column("extra", LongText(), comment="encrypted"),
)

pool = Table(
    "pool",
    metadata,
    Column("name", Name, primary_key=True),
    Column("slots", Integer, nullable=False, comment="-1: no limit"),
    Column("description", LongText()),
    Column("include_deferred", Boolean, nullable=False, default=False),
)

secret_key = Table(
    "secret_key",
    metadata,
    Column("name", String(50), primary_key=True, comment="jwt: signs tokens"),
    Column("value", LargeBinary, nullable=False),
)

lease = Table(
    "lease",
    metadata,
    Column("name", String(50), primary_key=True, comment="scheduler"),
    Column("holder", AttemptId, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("hostname", ShortText(1000), nullable=False),
    Column("process", String(100), nullable=False, comment="pid and start time: tells a dead holder on this host"),
)

worker = Table(
    "worker",
    metadata,
    Column("id", AttemptId, primary_key=True),
    Column("kind", String(50), nullable=False, comment="scheduler, dag_processor, local_executor, ..."),
    Column("hostname", ShortText(1000), nullable=False),
    Column("process", String(100), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("heartbeat_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Index("ix_worker_kind", "kind", "heartbeat_at"),
)

signal = Table(
    "signal",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("kind", String(20), nullable=False, comment="run, dag, pools"),
    Column("dag_id", Name),
    Column("dag_run_id", BigId),
)

event_log = Table(
    "event_log",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("at", UtcDateTime, nullable=False),
    Column("event", String(60), nullable=False),
    Column("dag_id", Name),
    Column("run_id", Name),
    Column("task_id", Name),
    Column("map_index", Integer),
    Column("try_number", Integer),
    Column("owner", String(500)),
    Column("extra", LongText()),
    Column("via", String(10), comment="how it came: api, ui, cli; none: from inside"),
    Column("before", LongText(), comment="JSON; secrets are not in it"),
    Column("after", LongText(), comment="JSON; secrets are not in it"),
    Index("ix_event_log_at", "at", "id"),
    Index("ix_event_log_event", "event", "id"),
    Index("ix_event_log_owner", "owner", "id", mysql_length={"owner": 250}),
    Index("ix_event_log_dag_id", "dag_id", "id"),
    sqlite_autoincrement=True,
)
