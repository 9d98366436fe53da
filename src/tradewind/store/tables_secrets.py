"""The table of secrets that are remembered only to be hidden.  Imported by `store.tables`.

Theory.  What somebody's secret was yesterday is still in what tasks wrote yesterday, and what a vault gave to a task is
nowhere else in the database.  Both are kept here, encrypted as they are in their own tables, so that pages can blank
them.  Nothing ever reads a secret from here to use it.

`digest` is an HMAC under the secret key and tells equal values without opening them; `origin` is connection, variable
or task, `subject` the id of the connection or the key of the variable; `kept_at` is when the value was replaced, or
when a task told of it last.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table

from tradewind.store.tables_metadata import metadata
from tradewind.store.types import BigId, LongText, Name, UtcDateTime

kept_secret = Table(
    "kept_secret",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("value", LongText(long=True), nullable=False),
    Column("origin", String(20), nullable=False),
    Column("subject", Name),
    Column("kept_at", UtcDateTime, nullable=False),
    Index("ix_kept_secret_origin", "origin", "subject", "kept_at"),
    sqlite_autoincrement=True,  # ids are cache keys: SQLite must not give the id of a deleted row again
)
