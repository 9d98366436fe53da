"""By what condition the rows of a list are found, where an index has each of several.  Used by lists over all history
that are simpler than that of task instances, which has `task_filter`.

Theory.  As there: a page is read along the order of the list, or by a condition that finds few rows, which are sorted.
Which conditions find few is counted first, each from its index alone, up to `FEW`.  Parts of names are looked for
among the names that there are, one step in an index for each, not in the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, literal_column, select

from tradewind.store.reads import paging
from tradewind.store.reads.paging import count
from tradewind.store.reads.query import Range, Where
from tradewind.store.residual import gathered, residual

FEW = 20_000
"""Rows that may be read and sorted for a page."""
MOST_NAMES = 500
"""Names that are looked for one by one; more of them have most of the rows."""

_ONE: ColumnElement[int] = literal_column("1")

How = Callable[[Where, ColumnElement[Any]], None]


@dataclass(frozen=True, slots=True)
class _Part:
    """One thing that a filter says."""

    column: ColumnElement[Any]
    how: How
    indexed: bool
    counted: Select[Any] | None = None
    """The rows that it leaves, to be counted; None: by its words."""

    def words(self, sqlite: bool, column: ColumnElement[Any] | None = None) -> list[ColumnElement[bool]]:
        where = Where(sqlite)
        self.how(where, self.column if column is None else column)
        return where.conditions


@dataclass(frozen=True, slots=True)
class Found:
    """How the rows are found."""

    conditions: list[ColumnElement[bool]]
    gathered: bool = False
    """They are few: found by an index, then sorted."""
    total: int | None = None
    """How many there are, where that has been counted."""
    most: int | None = None
    """How far they are counted otherwise; None: an index alone has what is asked for."""
    nothing: bool = False
    """There is none."""


@dataclass(slots=True)
class Said:
    """Collects what a filter says; every method ignores a value that is None."""

    conn: Connection
    sqlite: bool
    parts: list[_Part] = field(default_factory=list)
    nothing: bool = False

    def equals(self, column: ColumnElement[Any], value: Any, *, indexed: bool = True) -> None:
        """The column has this value."""
        if value is not None:
            self.parts.append(_Part(column, lambda where, of: where.equals(of, value), indexed))

    def one_of(self, column: ColumnElement[Any], values: Sequence[Any] | None, *, indexed: bool = True) -> None:
        """The column has one of the values; an empty list does not bind."""
        if values:
            self.parts.append(_Part(column, lambda where, of: where.one_of(of, values), indexed))

    def within(self, column: ColumnElement[Any], bounds: Range | None, *, indexed: bool = True) -> None:
        """The column lies within the bounds."""
        if bounds:
            self.parts.append(_Part(column, lambda where, of: where.within(of, bounds), indexed))

    def named(self, column: ColumnElement[Any], pattern: str | None, prefix: str | None) -> None:
        """Parts of the names in a column that an index begins with."""
        if pattern is None and prefix is None:
            return
        names = self._names(column, pattern, prefix)
        if not names:
            self.nothing = True
        elif len(names) <= MOST_NAMES:
            self.one_of(column, names)
        else:
            self.like(column, pattern, prefix)

    def like(self, column: ColumnElement[Any], pattern: str | None, prefix: str | None) -> None:
        """Parts of what is in a column, looked for in the rows."""
        if pattern is not None or prefix is not None:
            self.parts.append(_Part(column, partial(_like, pattern, prefix), False))

    def add(
        self,
        column: ColumnElement[Any],
        how: Callable[[ColumnElement[Any]], ColumnElement[bool]],
        *,
        indexed: bool = True,
        counted: Select[Any] | None = None,
    ) -> None:
        """A condition of the caller's own; `counted` are the rows that it leaves, in words that are good to count."""
        self.parts.append(_Part(column, lambda where, of: where.add(how(of)), indexed, counted))

    def found(self, unique: ColumnElement[Any], kept: Collection[ColumnElement[Any]] = ()) -> Found:
        """How to find the rows; `kept` columns are those that an index has in the order of the list."""
        if self.nothing:
            return Found([], nothing=True)
        best: tuple[int, _Part] | None = None
        for part in self.parts:
            if part.indexed:
                rows = select(unique).where(*part.words(self.sqlite)) if part.counted is None else part.counted
                number = count(self.conn, rows.with_only_columns(_ONE, maintain_column_froms=True), FEW)
                if number == 0:
                    return Found([], nothing=True)
                if number < FEW and (best is None or number < best[0]):
                    best = number, part
        alone = len(self.parts) == 1
        if best is not None:
            return Found(self._words([best[1].column], gathered), True, best[0] if alone else None, paging.MOST_COUNTED)
        plain = alone and self.parts[0].indexed and self.parts[0].counted is None
        return Found(self._words(kept), most=None if plain or not self.parts else paging.MOST_COUNTED)

    def plain(self) -> list[ColumnElement[bool]]:
        """What is said, for a count by the index of the only condition."""
        return [condition for part in self.parts for condition in part.words(self.sqlite)]

    def _words(
        self, kept: Collection[ColumnElement[Any]], plain: type[residual] = residual
    ) -> list[ColumnElement[bool]]:
        """What is said, of columns that are not `kept` in words that no index serves."""
        return [
            condition
            for part in self.parts
            for condition in part.words(
                self.sqlite, None if any(part.column is each for each in kept) else plain(part.column)
            )
        ]

    def _names(self, column: ColumnElement[Any], pattern: str | None, prefix: str | None) -> list[Any]:
        names = values_of(column)
        where = Where(self.sqlite)
        _like(pattern, prefix, where, names.selected_columns[0])
        return list(self.conn.scalars(names.where(*where.conditions).limit(MOST_NAMES + 1)))


def _like(pattern: str | None, prefix: str | None, where: Where, column: ColumnElement[Any]) -> None:
    where.like(column, pattern)
    where.starts(column, prefix)


def values_of(column: ColumnElement[Any]) -> Any:
    """A query for the values of a column that an index begins with: one step in it for each, however many rows."""
    each = select(func.min(column).label("value")).cte("each_value", recursive=True)
    following = select(func.min(column)).where(column > each.c.value).scalar_subquery()
    each = each.union_all(select(following).where(each.c.value.is_not(None)))
    return select(each.c.value).where(each.c.value.is_not(None))
