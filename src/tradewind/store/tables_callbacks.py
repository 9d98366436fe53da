"""The tables of callbacks and deadlines.  Imported by `store.tables`.

Both belong to a run, or to a fire time that made none: then `dag_run_id` is NULL.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint, text

from tradewind.store.tables_metadata import metadata
from tradewind.store.types import AttemptId, BigId, LongText, Name, ShortText, UtcDateTime

callback = Table(
    "callback",
    metadata,
    Column("id", AttemptId, primary_key=True),
    Column("dag_run_id", BigId, ForeignKey("dag_run.id", ondelete="CASCADE")),
    Column("ti_id", AttemptId),
    Column(
        "kind",
        String(50),
        nullable=False,
        comment="on_success_callback, on_failure_callback, on_retry_callback",
    ),
    Column("reason", ShortText(1000), nullable=False, default=""),
    Column("state", String(20), nullable=False, comment="queued, running, success, failed, lost"),
    Column("tries", Integer, nullable=False, default=0),
    Column("created_at", UtcDateTime, nullable=False),
    Column("end_date", UtcDateTime),
    Column("data", JSON(none_as_null=True), comment="what a callback of this kind needs besides"),
    Column("worker_id", AttemptId, comment="who was granted it"),
    Column("start_date", UtcDateTime),
    Column("error", LongText()),
    Column("log_path", String(2000), comment="relative to the log folder"),
    Column("dag_id", Name, comment="of one that belongs to no run"),
    Column("run_id", Name, comment="of one that belongs to no run: the id that the run would have had"),
    Index("ix_callback_state", "state"),
    Index("ix_callback_dag_run_id", "dag_run_id"),
)

deadline = Table(
    "deadline",
    metadata,
    Column("id", AttemptId, primary_key=True),
    Column("dag_id", Name, nullable=False),
    Column("dag_run_id", BigId, ForeignKey("dag_run.id", ondelete="CASCADE")),
    Column("task_id", Name, nullable=False, comment="empty: of the run"),
    Column("number", Integer, nullable=False, comment="place among the deadlines of the DAG or task"),
    Column("name", ShortText(500)),
    Column("reference", String(500), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("state", String(20), nullable=False, comment="asked, pending, met, missed, replaced, none, failed"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime, comment="when it was met, or seen to be missed"),
    Column("callback_id", AttemptId),
    Column("clear_number", Integer, nullable=False, default=0, server_default=text("0"), comment="of the run"),
    Column("run_id", Name, comment="of a fire time that made no run: the id that the run would have had"),
    UniqueConstraint("dag_run_id", "task_id", "number", "clear_number"),
    Index("ix_deadline_state", "state", "due_at"),
    Index("ix_deadline_dag_id", "dag_id"),
    Index("ix_deadline_dag_id_due_at", "dag_id", "due_at"),
    Index("ix_deadline_due_at", "due_at"),
)
