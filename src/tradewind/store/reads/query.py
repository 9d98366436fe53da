"""How a list is asked for: patterns, ranges, orders, pages.  Used by the other modules here, as by `paging`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Text,
    and_,
    cast,
    func,
    or_,
    select,
    true,
)

from tradewind.errors import InvalidError
from tradewind.store import tables
from tradewind.store.residual import gathered, residual

_dag = tables.dag.c

Row = dict[str, Any]
"""One row of a query, by column name.  Times are aware UTC datetimes."""

MAX_ALTERNATIVES = 50


@dataclass(frozen=True, slots=True)
class Range:
    """Bounds of a filter; those that are None do not bind."""

    gte: Any = None
    gt: Any = None
    lte: Any = None
    lt: Any = None

    def __bool__(self) -> bool:
        return any(bound is not None for bound in (self.gte, self.gt, self.lte, self.lt))


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list: by `offset`, or by `cursor` ("" is the first page), which makes `offset` void."""

    limit: int = 50
    offset: int = 0
    order_by: tuple[str, ...] = ()
    """Names of sort keys, `-` in front for descending; empty: the list's own order."""
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """A part of a list."""

    items: list[Row]
    total: int
    """Rows in the whole list; at most `counted`."""
    counted: int | None = None
    """How far was counted: of a page by cursor always, of one by offset when there are that many; None: to the end."""
    next_cursor: str | None = None
    previous_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort key that the user may name."""

    expression: ColumnElement[Any]
    nullable: bool = False
    present: ColumnElement[bool] | None = None
    """The rows that have a value, in the words of the index; None: as it is said of a column."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list can be sorted by.  `unique` names the sort key that is unique."""

    sorts: Mapping[str, Sort]
    default: tuple[str, ...]
    unique: str


@dataclass(slots=True)
class Where:
    """Collects conditions; every method ignores a value that is None."""

    sqlite: bool
    conditions: list[ColumnElement[bool]] = field(default_factory=list)
    walked: bool = False
    """No index is to be chosen for a condition: rows are found in another way."""
    kept: Collection[ColumnElement[Any]] = ()
    """But for these."""
    found: bool = False
    """They have been found by another condition: no database is to choose an index for this one."""

    def _of(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        if self.walked and all(column is not each for each in self.kept):
            return gathered(column) if self.found else residual(column)
        return column

    def add(self, condition: ColumnElement[bool]) -> None:
        """A condition of the caller's own."""
        self.conditions.append(condition)

    def equals(self, column: ColumnElement[Any], value: Any) -> None:
        """The column has this value."""
        if value is not None:
            self.conditions.append(self._of(column) == value)

    def one_of(self, column: ColumnElement[Any], values: Sequence[Any] | None) -> None:
        """The column has one of the values; None among them stands for NULL.  An empty list does not bind."""
        if not values:
            return
        column = self._of(column)
        plain = [value for value in values if value is not None]
        either = [column.in_(plain)] if plain else []
        if len(plain) < len(values):
            either.append(column.is_(None))
        self.conditions.append(or_(*either))

    def within(self, column: ColumnElement[Any], bounds: Range | None) -> None:
        """The column lies within the bounds."""
        if bounds is None:
            return
        column = self._of(column)
        if bounds.gte is not None:
            self.conditions.append(column >= bounds.gte)
        if bounds.gt is not None:
            self.conditions.append(column > bounds.gt)
        if bounds.lte is not None:
            self.conditions.append(column <= bounds.lte)
        if bounds.lt is not None:
            self.conditions.append(column < bounds.lt)

    def like(self, column: ColumnElement[Any], pattern: str | None) -> None:
        """Airflow's `*_pattern`: see `like`."""
        if pattern is not None:
            self.conditions.append(like(self._of(column), pattern))

    def starts(self, column: ColumnElement[Any], prefix: str | None) -> None:
        """Airflow's `*_prefix_pattern`: see `starts_with`."""
        if prefix is not None:
            self.conditions.append(starts_with(self._of(column), prefix, sqlite=self.sqlite))

    def dags_like(self, column: ColumnElement[Any], pattern: str | None, prefix: str | None) -> None:
        """`like` and `starts` of the id of a DAG in a table of history: the DAGs are looked through, not the table."""
        dags = Where(self.sqlite)
        dags.like(_dag.dag_id, pattern)
        dags.starts(_dag.dag_id, prefix)
        if dags.conditions:
            self.conditions.append(self._of(column).in_(select(_dag.dag_id).where(*dags.conditions)))

    def contains(self, column: ColumnElement[Any], text: str | None) -> None:
        """The column, as text, contains `text` literally, whatever the case."""
        if text is not None:
            self.conditions.append(cast(column, Text).icontains(text, autoescape=True))


def like(column: ColumnElement[Any], pattern: str) -> ColumnElement[bool]:
    """The column contains the pattern, whatever the case.

    `%` is any text, `_` any character, `|` separates alternatives, and a pattern that is only `~` means all.
    A backslash takes their meaning from `%`, `_`, `|` and itself.  Raises InvalidError for too many
    alternatives.
    """
    if pattern == "~":
        return true()
    return or_(*(column.ilike(f"%{part}%", escape="\\") for part in _alternatives(pattern, escape=True)))


def _alternatives(pattern: str, *, escape: bool) -> list[str]:
    """The parts between `|`; with `escape` as valid LIKE patterns, else as plain text."""
    parts = [""]
    rest = iter(pattern)
    for character in rest:
        if character == "|":
            parts.append("")
        elif character != "\\":
            parts[-1] += character
        else:
            following = next(rest, "")
            if following == "|":
                parts[-1] += "|"
            elif not escape:
                parts[-1] += "\\" + following
            else:  # a backslash that escapes nothing stands for itself
                parts[-1] += ("\\" if following and following in "%_\\" else "\\\\") + following
    parts = [stripped for part in parts if (stripped := part.strip())] or [""]
    if len(parts) > MAX_ALTERNATIVES:
        raise InvalidError(f"a pattern may have at most {MAX_ALTERNATIVES} alternatives, this one has {len(parts)}")
    return parts


def starts_with(column: ColumnElement[Any], pattern: str, *, sqlite: bool) -> ColumnElement[bool]:
    """The column starts with the text, in this case; `|` separates alternatives and `~` means all."""
    if pattern == "~":
        return true()
    either: list[ColumnElement[bool]] = []
    for prefix in _alternatives(pattern, escape=False):
        exact: ColumnElement[bool] = func.substr(column, 1, len(prefix)) == prefix
        # SQLite compares bytes, so the range may use the index; elsewhere the order depends on the collation
        either.append(and_(column >= prefix, column < prefix + "\U0010ffff", exact) if sqlite else exact)
    return or_(*either)


def duration(row: Row) -> float | None:
    """Seconds from `start_date` to `end_date`, to the microsecond; None when one of them is missing."""
    start, end = row["start_date"], row["end_date"]
    return None if start is None or end is None else float((end - start).total_seconds())
