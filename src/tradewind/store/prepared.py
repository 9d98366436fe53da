"""Statements of the hot path, compiled once per kind of database.  Used by `store.steps`.

SQLAlchemy finds the compiled form of a statement anew at every execution, and works out its parameters name by name.
For the few statements that every step consists of, that costs more than the database itself: here the SQL, the order
of its parameters and how each type is written are looked up once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, CursorResult, Dialect
from sqlalchemy.sql.expression import ClauseElement

from tradewind.store.types import UtcDateTime

_Write = Callable[[Any], Any]
"""Makes of a value what the driver takes."""


class Prepared:
    """One statement without expanding lists and without defaults made in Python."""

    def __init__(self, statement: ClauseElement, columns: Iterable[str] = ()) -> None:
        """`columns`: the columns that an INSERT names."""
        self._statement = statement
        self._columns = sorted(columns) or None
        self._forms: dict[str, _Form] = {}

    def run(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> CursorResult[*tuple[Any, ...]]:
        """Execute it for each of `rows`, values by parameter; `rowcount` of the result is that of all rows together.

        What a SELECT returns is as the driver gives it.  `rows` must not be empty.
        """
        dialect = connection.dialect
        form = self._forms.get(dialect.name)
        if form is None:
            form = self._forms[dialect.name] = _Form(self._statement, self._columns, dialect)
        return connection.exec_driver_sql(form.sql, form.parameters(rows))


class _Form:
    """A statement as one kind of database takes it."""

    def __init__(self, statement: ClauseElement, columns: list[str] | None, dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=columns)
        if getattr(compiled, "insert_prefetch", None) or getattr(compiled, "update_prefetch", None):
            raise ValueError(f"a prepared statement must name all columns that have a default: {compiled}")
        self.sql: str = compiled.string
        self._positional: bool = compiled.positional
        names: Iterable[str] = compiled.positiontup if compiled.positional else compiled.bind_names.values()
        self._slots = [(name, _writer(compiled.binds[name].type, dialect)) for name in names]
        self._fixed: dict[str, Any] = {
            name: value for name, value in compiled.params.items() if not compiled.binds[name].required
        }

    def parameters(self, rows: Sequence[Mapping[str, Any]]) -> Any:
        slots, fixed = self._slots, self._fixed
        if fixed:
            rows = [{**fixed, **row} for row in rows]
        if self._positional:
            return [tuple([row[name] if write is None else write(row[name]) for name, write in slots]) for row in rows]
        return [{name: row[name] if write is None else write(row[name]) for name, write in slots} for row in rows]


def _writer(kind: Any, dialect: Dialect) -> _Write | None:
    write: _Write | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return _remembering(write) if write is not None and isinstance(kind, UtcDateTime) else write


def _remembering(write: _Write) -> _Write:
    """Most times of a step are one and the same."""
    known = lru_cache(maxsize=64)(write)

    def remembered(value: datetime | None) -> Any:
        # in other zones, two instants may be equal: the hour that is repeated when the clock is put back
        return known(value) if value is None or value.tzinfo is UTC else write(value)

    return remembered
