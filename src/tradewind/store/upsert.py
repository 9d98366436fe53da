"""INSERT ... ON CONFLICT in the words of each database.  Called by the writing modules of the store.

SQLAlchemy has no common spelling.  The module of a dialect is imported when it is used: that of PostgreSQL
would lengthen every start on SQLite.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Executable, Insert, Table


def _dialect_insert(dialect: str) -> Callable[[Table], Any]:
    if dialect == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as postgresql_insert

        return postgresql_insert
    from sqlalchemy.dialects.sqlite import insert as sqlite_insert

    return sqlite_insert


@lru_cache(maxsize=32)
def insert_or_skip(dialect: str, returning: Column[Any]) -> Executable:
    """Insert into the table of `returning` unless a unique key is taken; gives that column of the new row, or
    no row.
    """
    statement: Executable = _dialect_insert(dialect)(returning.table).on_conflict_do_nothing().returning(returning)
    return statement


@lru_cache(maxsize=32)
def insert_or_update(dialect: str, table: Table, names: tuple[str, ...]) -> Insert:
    """Insert rows; where the primary key exists, overwrite the columns `names`."""
    base = _dialect_insert(dialect)(table)
    statement: Insert = base.on_conflict_do_update(
        index_elements=list(table.primary_key.columns), set_={name: base.excluded[name] for name in names}
    )
    return statement
