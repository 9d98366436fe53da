"""The table of what changed, for those who watch.  Imported by `store.tables`; written by `store.changes`.

Theory.  A transaction that changes what people look at adds one row, as the last thing before its commit, that names
the rows it changed and not what they hold.  Ids grow in the order of commits (writers take one lock on PostgreSQL;
SQLite has one writer anyway), so a reader that remembers the last id it saw misses nothing.  The janitor deletes what
is older than about ten minutes, and never the newest row, which says where the log is.
"""

from __future__ import annotations

from sqlalchemy import Column, Table

from tradewind.store.tables_metadata import metadata
from tradewind.store.types import BigId, LongText

live_change = Table(
    "live_change",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("body", LongText(), nullable=False, comment="Changed as JSON: keys of the rows that changed"),
)
