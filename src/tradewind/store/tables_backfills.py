"""The tables of backfills.  Part of `store.tables`, which is where others find them.

A backfill decides one logical date after the other (`planned`, `cursor`), each with a row in `backfill_run`, in the
transaction that makes the run or clears it.
"""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from tradewind.store.tables_metadata import metadata
from tradewind.store.types import BigId, LongText, Name, ShortText, UtcDateTime

backfill = Table(
    "backfill",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("dag_id", Name, nullable=False),
    Column("origin", String(20), nullable=False, comment="user, or guard: past runs that were held"),
    Column("from_date", UtcDateTime, nullable=False),
    Column("to_date", UtcDateTime, nullable=False),
    Column("dates", JSON(none_as_null=True), comment="the list of logical dates; null: what the schedule makes"),
    Column("partition_keys", JSON(none_as_null=True), comment="the list of partition keys; null: it has dates"),
    Column("conf", JSON(none_as_null=True)),
    Column("run_backwards", Boolean, nullable=False),
    Column("reprocess_behavior", String(20), nullable=False, comment="none, failed, completed: Airflow's word"),
    Column("selection", String(60), nullable=False, comment="missing, failed, completed, joined by commas"),
    Column("tasks", JSON(none_as_null=True), comment="which tasks; null: all"),
    Column("max_active_runs", Integer, nullable=False),
    Column("stop_after", Integer, comment="failed runs after which it pauses itself"),
    Column("run_on_latest_version", Boolean, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("reason", ShortText(1000), comment="why it is paused, or how it ended"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("completed_at", UtcDateTime),
    Column("created_by", String(512)),
    Column("expected", Integer, comment="how many dates there will be, about"),
    Column("planned", Integer, nullable=False, comment="how many dates were decided so far"),
    Column("cursor", UtcDateTime, comment="the logical date that was decided last"),
    Column("exhausted", Boolean, nullable=False, comment="all dates were decided"),
    Column("forgiven", Integer, nullable=False, comment="failed runs that do not count against stop_after any more"),
    Index("ix_backfill_dag_id", "dag_id", "id"),
    Index("ix_backfill_completed_at", "completed_at"),
    sqlite_autoincrement=True,  # runs keep the id of the backfill they came from
)

backfill_run = Table(
    "backfill_run",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("backfill_id", BigId, ForeignKey("backfill.id", ondelete="CASCADE"), nullable=False),
    Column("dag_run_id", BigId, ForeignKey("dag_run.id", ondelete="SET NULL"), comment="null: skipped, or deleted"),
    Column("logical_date", UtcDateTime, nullable=False),
    Column("partition_key", Name),
    Column("ordinal", Integer, nullable=False, comment="place in the order of the backfill, from 1"),
    Column("action", String(20), nullable=False, comment="create, rerun, skip"),
    Column("reason", ShortText(250), nullable=False),
    Column("todo", Boolean, nullable=False, comment="its run is to run again: retry"),
    UniqueConstraint("backfill_id", "ordinal"),
    Index("ix_backfill_run_dag_run_id", "dag_run_id"),
    Index("ix_backfill_run_todo", "backfill_id", "todo"),
)

backfill_slots = Table(
    "backfill_slots",
    metadata,
    Column("backfill_id", BigId, ForeignKey("backfill.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("body", LongText(long=True), nullable=False, comment="list of ForeseenRun as JSON"),
)
"""The runs of a backfill that no schedule can list again: those of a custom timetable, and of named partitions."""

range_question = Table(
    "range_question",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("dag_id", Name, nullable=False, comment="a DAG with a custom timetable"),
    Column("body", LongText(long=True), nullable=False, comment="RunsWanted as JSON"),
    Column("expires_at", UtcDateTime, nullable=False, comment="nobody waits for the answer after that"),
    Column("answer", LongText(long=True), comment="RunsFound as JSON"),
    sqlite_autoincrement=True,  # who waits for new rows looks at the highest id
)
"""Which runs a custom timetable makes in a range: asked by whoever plans a backfill, and waits for the answer."""
