"""How a list is asked for: patterns, ranges, order, pages by offset or by keyset.

Used by the other modules here.  Order is total: the unique key of the table is always the last sort key, so that
no row is shown twice or left out between two pages.  Nulls sort last in both directions, on every database.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Float,
    Integer,
    Select,
    Text,
    and_,
    case,
    cast,
    false,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from tradewind.errors import InvalidError
from tradewind.store.types import UtcDateTime

Row = dict[str, Any]
"""One row of a query, by column name.  Times are aware UTC datetimes."""

MAX_ALTERNATIVES = 50
MOST_COUNTED = 10_000
"""Rows that a page by cursor counts: what comes after them costs nothing."""


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
    """Rows in the whole list; asked for by cursor at most `counted`."""
    counted: int | None = None
    """How far was counted; None: to the end."""
    next_cursor: str | None = None
    previous_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort key that the user may name."""

    expression: ColumnElement[Any]
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list can be sorted by.  `unique` names the sort key that is unique."""

    sorts: Mapping[str, Sort]
    default: tuple[str, ...]
    unique: str


@dataclass(frozen=True, slots=True)
class _Key:
    name: str
    sort: Sort
    descending: bool


@dataclass(slots=True)
class Where:
    """Collects conditions; every method ignores a value that is None."""

    sqlite: bool
    conditions: list[ColumnElement[bool]] = field(default_factory=list)

    def add(self, condition: ColumnElement[bool]) -> None:
        """A condition of the caller's own."""
        self.conditions.append(condition)

    def equals(self, column: ColumnElement[Any], value: Any) -> None:
        """The column has this value."""
        if value is not None:
            self.conditions.append(column == value)

    def one_of(self, column: ColumnElement[Any], values: Sequence[Any] | None) -> None:
        """The column has one of the values; None among them stands for NULL.  An empty list does not bind."""
        if not values:
            return
        plain = [value for value in values if value is not None]
        either = [column.in_(plain)] if plain else []
        if len(plain) < len(values):
            either.append(column.is_(None))
        self.conditions.append(or_(*either))

    def within(self, column: ColumnElement[Any], bounds: Range | None) -> None:
        """The column lies within the bounds."""
        if bounds is None:
            return
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
            self.conditions.append(like(column, pattern))

    def starts(self, column: ColumnElement[Any], prefix: str | None) -> None:
        """Airflow's `*_prefix_pattern`: see `starts_with`."""
        if prefix is not None:
            self.conditions.append(starts_with(column, prefix, sqlite=self.sqlite))

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


class seconds_between(FunctionElement[float]):  # noqa: N801 - an SQL function
    """`seconds_between(start, end)`: for filters and order; NULL when one of them is.

    On SQLite, which counts in days, to a tenth of a millisecond.
    """

    type = Float()
    name = "seconds_between"
    inherit_cache = True


@compiles(seconds_between, "postgresql")
def _seconds_postgresql(element: seconds_between, compiler: SQLCompiler, **kw: Any) -> str:
    start, end = element.clauses
    return f"extract(epoch from ({compiler.process(end, **kw)} - {compiler.process(start, **kw)}))"


@compiles(seconds_between, "mysql")
@compiles(seconds_between, "mariadb")
def _seconds_mysql(element: seconds_between, compiler: SQLCompiler, **kw: Any) -> str:
    start, end = element.clauses
    return f"(timestampdiff(microsecond, {compiler.process(start, **kw)}, {compiler.process(end, **kw)}) / 1e6)"


@compiles(seconds_between)
def _seconds_sqlite(element: seconds_between, compiler: SQLCompiler, **kw: Any) -> str:
    start, end = element.clauses
    return (
        f"round((julianday({compiler.process(end, **kw)}) - julianday({compiler.process(start, **kw)})) * 86400.0, 4)"
    )


# --- Order and pages ----------------------------------------------------------------------------------------


def _keys(listing: Listing, order_by: Sequence[str]) -> list[_Key]:
    keys: list[_Key] = []
    for entry in order_by or listing.default:
        name, descending = entry.removeprefix("-"), entry.startswith("-")
        sort = listing.sorts.get(name)
        if sort is None:
            known = ", ".join(sorted(listing.sorts))
            raise InvalidError(f"cannot order by {name!r}; known are: {known}")
        if all(key.sort is not sort for key in keys):
            keys.append(_Key(name, sort, descending))
    unique = listing.sorts[listing.unique]
    if all(key.sort is not unique for key in keys):
        # in the direction of the last key, so that an index on (key, unique) can be walked either way
        keys.append(_Key(listing.unique, unique, keys[-1].descending))
    return keys


def _order(keys: Sequence[_Key], *, backwards: bool = False) -> list[ColumnElement[Any]]:
    clauses: list[ColumnElement[Any]] = []
    for key in keys:
        column = key.sort.expression
        if key.sort.nullable:
            nulls = case((column.is_(None), 1), else_=0)
            clauses.append(nulls.desc() if backwards else nulls)
        clauses.append(column.desc() if key.descending != backwards else column.asc())
    return clauses


def fetch(
    conn: Connection, query: Select[Any], listing: Listing, page: Page, countable: Select[Any] | None = None
) -> Rows:
    """The part of the list that `page` names.

    `countable` has as many rows as `query` and is cheaper to count: without the joins that only decorate.
    Raises InvalidError for an unknown sort key or a cursor that is not of this list and order.
    """
    keys = _keys(listing, page.order_by)
    if countable is None:
        countable = query.with_only_columns(listing.sorts[listing.unique].expression)
    if page.cursor is not None:
        found = _by_cursor(conn, query, keys, page)
        if found.next_cursor is None and not page.cursor:
            return replace(found, total=len(found.items))
        few = countable.limit(MOST_COUNTED).subquery()
        return replace(found, total=conn.execute(select(func.count()).select_from(few)).scalar_one())
    ordered = query.order_by(*_order(keys)).limit(page.limit).offset(page.offset)
    items = [dict(row) for row in conn.execute(ordered).mappings()]
    if len(items) < page.limit and (items or page.offset == 0):
        return Rows(items, page.offset + len(items))  # the end is in sight: no need to count
    counted = select(func.count()).select_from(countable.subquery())
    return Rows(items, conn.execute(counted).scalar_one())


def _by_cursor(conn: Connection, query: Select[Any], keys: Sequence[_Key], page: Page) -> Rows:
    backwards, values = False, None
    if page.cursor:
        backwards, values = _decode(page.cursor, keys)
        query = query.where(_beyond(keys, values, backwards=backwards))
    labelled = query.add_columns(*(key.sort.expression.label(f"_key{i}") for i, key in enumerate(keys)))
    labelled = labelled.order_by(*_order(keys, backwards=backwards)).limit(page.limit + 1)
    items = [dict(row) for row in conn.execute(labelled).mappings()]
    more = len(items) > page.limit
    items = items[: page.limit]
    if backwards:
        items.reverse()
    marks = [[item.pop(f"_key{i}") for i in range(len(keys))] for item in items]
    if not items:
        return Rows(items, 0, MOST_COUNTED)
    following = more if not backwards else True
    preceding = values is not None if not backwards else more
    return Rows(
        items,
        0,
        MOST_COUNTED,
        next_cursor=_encode(keys, marks[-1], backwards=False) if following else None,
        previous_cursor=_encode(keys, marks[0], backwards=True) if preceding else None,
    )


def _beyond(keys: Sequence[_Key], values: Sequence[Any], *, backwards: bool) -> ColumnElement[bool]:
    """The rows after (or, backwards, before) the one with these key values."""
    either: list[ColumnElement[bool]] = []
    same: list[ColumnElement[bool]] = []
    for key, value in zip(keys, values, strict=True):
        column = key.sort.expression
        if value is None:
            step: ColumnElement[bool] = column.is_not(None) if backwards else false()
            same_here: ColumnElement[bool] = column.is_(None)
        else:
            step = column < value if key.descending != backwards else column > value
            if key.sort.nullable and not backwards:
                step = or_(step, column.is_(None))
            same_here = column == value
        either.append(and_(*same, step))
        same.append(same_here)
    lead, first = keys[0], values[0]
    beyond = or_(*either)
    if not lead.sort.nullable:  # says again what the alternatives say, in a form that an index range can serve
        column = lead.sort.expression
        beyond = and_(column <= first if lead.descending != backwards else column >= first, beyond)
    return beyond


def _encode(keys: Sequence[_Key], values: Sequence[Any], *, backwards: bool) -> str:
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    body = json.dumps([_spelling(keys), backwards, plain], separators=(",", ":"))
    return base64.urlsafe_b64encode(body.encode()).decode().rstrip("=")


def _spelling(keys: Sequence[_Key]) -> str:
    return ",".join(("-" if key.descending else "") + key.name for key in keys)


def _decode(cursor: str, keys: Sequence[_Key]) -> tuple[bool, list[Any]]:
    wrong = InvalidError(
        "the cursor is not one that this list gave out with this order_by",
        fix="start again with an empty cursor",
    )
    try:
        body = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        spelling, backwards, values = body
        if spelling != _spelling(keys) or not isinstance(backwards, bool) or len(values) != len(keys):
            raise wrong
        return backwards, [_value(key, value) for key, value in zip(keys, values, strict=True)]
    except (binascii.Error, ValueError, TypeError) as error:
        raise wrong from error


def _value(key: _Key, value: Any) -> Any:
    if value is None:
        if key.sort.nullable:
            return None
        raise ValueError(key.name)
    kind = key.sort.expression.type
    if isinstance(kind, UtcDateTime):
        at = datetime.fromisoformat(value)
        if at.tzinfo is None:
            raise ValueError(value)
        return at
    expected: tuple[type, ...] = (str,)
    if isinstance(kind, Boolean):
        expected = (bool,)
    elif isinstance(kind, Integer):
        expected = (int,)
        if isinstance(value, int) and not -(2**63) <= value < 2**63:
            raise ValueError(value)
    elif isinstance(kind, Float):
        expected = (int, float)
    if not isinstance(value, expected):
        raise ValueError(value)
    return value
