"""The tables that only the API needs: favourites, what people ask of the process that runs user code, and its report.

Imported by `store.tables`.  The server runs no user code: it writes a row here, and the process of the DAG processor
answers (`services.errands`).
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table, UniqueConstraint

from tradewind.store.tables_metadata import metadata
from tradewind.store.types import AttemptId, BigId, LongText, Name, UtcDateTime

dag_favorite = Table(
    "dag_favorite",
    metadata,
    Column("username", Name, primary_key=True),
    Column("dag_id", Name, ForeignKey("dag.dag_id", ondelete="CASCADE"), primary_key=True),
    Column("created_at", UtcDateTime, nullable=False),
)

connection_test = Table(
    "connection_test",
    metadata,
    Column("token", AttemptId, primary_key=True),
    Column("connection_id", Name, nullable=False),
    Column("active", Name, comment="the connection_id while it is not over, so that there is one at a time"),
    Column("state", String(20), nullable=False, comment="pending, running, success, failed"),
    Column("request", LongText(long=True), comment="encrypted JSON of the connection; gone when it is over"),
    Column("commit_on_success", Boolean, nullable=False, comment="a connection that works is saved"),
    Column("username", Name, comment="who asked"),
    Column("message", LongText()),
    Column("created_at", UtcDateTime, nullable=False),
    Column("started_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    UniqueConstraint("active"),
    Index("ix_connection_test_state", "state", "created_at"),
)

parse_request = Table(
    "parse_request",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("bundle_name", Name, nullable=False),
    Column("relative_fileloc", String(2000), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

plugin = Table(
    "plugin",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("kind", String(10), nullable=False, comment="plugin, error"),
    Column("name", String(1000), nullable=False, comment="of the plugin, or of the file that has the error"),
    Column("body", LongText(long=True), nullable=False, comment="JSON of what it has, or the error"),
)
