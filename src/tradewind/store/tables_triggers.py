"""The tables of what is waited for: triggers of deferred tasks, and of assets with what they brought.

Imported by `store.tables`.  A trigger's row is all there is of it: whoever needs it writes it, one triggerer at a time
claims and runs it, and deleting the row cancels it.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from tradewind.store.tables_metadata import metadata
from tradewind.store.types import AttemptId, BigId, LongText, Name, ShortText, UtcDateTime

trigger = Table(
    "trigger",
    metadata,
    Column("id", AttemptId, primary_key=True),
    Column("kind", String(20), nullable=False, comment="task, engine, watcher"),
    Column("dag_run_id", BigId, ForeignKey("dag_run.id", ondelete="CASCADE")),
    Column("ti_id", AttemptId, comment="of kind task, engine"),
    Column("asset_name", String(1500), comment="of kind watcher"),
    Column("watcher_name", Name, comment="of kind watcher"),
    Column("classpath", ShortText(1000), nullable=False),
    Column("kwargs", LongText(long=True), nullable=False, comment="encrypted JSON"),
    Column("next_kwargs", LongText(long=True), comment="encrypted JSON: for the method where the task goes on"),
    Column("awaits", LongText(long=True), comment="of kind engine: JSON of spec.external.ExternalWait"),
    Column("queue", ShortText(250), comment="which triggerers may run it; NULL: any"),
    Column("priority_weight", Integer, nullable=False, default=1),
    Column("log_path", String(2000), comment="relative to the log folder"),
    Column("state", String(20), nullable=False, comment="waiting, running, fired, spent"),
    Column("triggerer_id", AttemptId, comment="the worker (triggerer) that runs it; its lease is the trigger's"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("claimed_at", UtcDateTime),
    Column("fired_at", UtcDateTime),
    Column("outcome", String(20), comment="event, failed (the trigger did), or how it ends its task"),
    Column("event", LongText(long=True), comment="encrypted JSON"),
    Index("ix_trigger_state", "state", "triggerer_id"),
    Index("ix_trigger_ti_id", "ti_id"),
    Index("ix_trigger_dag_run_id", "dag_run_id"),
)

watcher_event = Table(
    "watcher_event",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("asset_name", String(1500), nullable=False),
    Column("watcher_name", Name, nullable=False),
    Column("payload", LongText(long=True), nullable=False, comment="JSON"),
    Column("at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)
