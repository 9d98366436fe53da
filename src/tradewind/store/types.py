"""Column types that behave alike on SQLite, PostgreSQL and MySQL.  Used by `store.tables` and the
migrations.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Row, String, Text, TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime in, the same instant in UTC out.  Microseconds are kept.

    SQLite and MySQL keep no zone, so the value is stored as naive UTC there.  Raises ValueError for a naive
    datetime: guessing a zone would corrupt a schedule silently.
    """

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        if dialect.name in ("mysql", "mariadb"):
            from sqlalchemy.dialects import mysql  # start-up time: the other databases do not need it

            return dialect.type_descriptor(mysql.DATETIME(fsp=6))
        return dialect.type_descriptor(DateTime())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}: give it a time zone, e.g. datetime(..., tzinfo=UTC)")
        if type(value) is datetime and value.tzinfo is UTC:
            return value if dialect.name == "postgresql" else value.replace(tzinfo=None)
        utc = value.astimezone(UTC)
        # pendulum's subclass would be pickled or adapted differently by some drivers: hand over the plain
        # type
        plain = datetime(utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second, utc.microsecond, tzinfo=UTC)
        return plain if dialect.name == "postgresql" else plain.replace(tzinfo=None)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        # half the cost of large pages is reading times: one call for each instead of three
        return _from_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _from_text(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text + "+00:00")


def _storable(text: str) -> str:
    # PostgreSQL refuses NUL in text, and no database takes half a surrogate pair; both come with exception
    # messages that quote binary data or odd file names, and must not stop the scheduler
    if text.isascii() and "\x00" not in text:
        return text
    return text.replace("\x00", "\\x00").encode("utf-8", "backslashreplace").decode()


class ShortText(TypeDecorator[str]):
    """Free text (a reason, an error class, a host name) of at most `length` characters: what is longer is cut
    with `...`.
    """

    impl = String
    cache_ok = True

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        text = _storable(value)
        return text if len(text) <= self.length else text[: self.length - 3] + "..."


class LongText(TypeDecorator[str]):
    """Text without a limit, such as an error with its traceback: what no database can store is escaped."""

    impl = Text
    cache_ok = True

    def __init__(self, *, long: bool = False) -> None:
        """`long`: may exceed the 16 MiB of MySQL's middle size."""
        super().__init__()
        self.long = long

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        if dialect.name in ("mysql", "mariadb"):
            from sqlalchemy.dialects import mysql  # start-up time: the other databases do not need it

            return mysql.LONGTEXT() if self.long else mysql.MEDIUMTEXT()
        # not through `type_descriptor`: the psycopg dialect would make a VARCHAR of it
        return self.impl_instance

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else _storable(value)


BigId = BigInteger().with_variant(Integer(), "sqlite")
"""Autoincrementing key: SQLite only autoincrements INTEGER."""

AttemptId = String(36)
"""UUID version 7 in its 36-character form: ordered by creation, readable in every SQL shell."""

Name = String(250)
"""Ids chosen by users: DAG, task, run, variable, connection, pool."""

AnyRow = Row[*tuple[Any, ...]]
"""A row of whatever columns, for annotations."""
