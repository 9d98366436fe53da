"""Column types that behave alike on SQLite, PostgreSQL and MySQL.  Used by `store.tables` and the migrations."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, String, TypeDecorator
from sqlalchemy.dialects import mysql


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime in, the same instant in UTC out.  Microseconds are kept.

    SQLite and MySQL keep no zone, so the value is stored as naive UTC there.  Raises ValueError for a naive datetime:
    guessing a zone would corrupt a schedule silently.
    """

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        if dialect.name in ("mysql", "mariadb"):
            return dialect.type_descriptor(mysql.DATETIME(fsp=6))
        return dialect.type_descriptor(DateTime())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}: give it a time zone, e.g. datetime(..., tzinfo=UTC)")
        utc = value.astimezone(UTC)
        # pendulum's subclass would be pickled or adapted differently by some drivers: hand over the plain type
        plain = datetime(
            utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second, utc.microsecond, tzinfo=UTC
        )
        return plain if dialect.name == "postgresql" else plain.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


BigId = BigInteger().with_variant(Integer(), "sqlite")
"""Autoincrementing key: SQLite only autoincrements INTEGER."""

AttemptId = String(36)
"""UUID version 7 in its 36-character form: ordered by creation, readable in every SQL shell."""

Name = String(250)
"""Ids chosen by users: DAG, task, run, variable, connection, pool."""
