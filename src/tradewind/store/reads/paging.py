"""Reads one page of a list, by offset or by keyset.  Used by the other modules here.

Order is total: the unique key of the table is always the last sort key, so that no row is shown twice or left out
between two pages.  Nulls sort last in both directions, on every database.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Float,
    Integer,
    Select,
    and_,
    case,
    false,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.sql.util import find_tables
from sqlalchemy.sql.visitors import iterate

from tradewind.errors import InvalidError
from tradewind.store import residual
from tradewind.store.reads.query import Listing, Page, Row, Rows, Sort
from tradewind.store.types import UtcDateTime

MOST_COUNTED = 10_000
"""Rows that a page by cursor counts: what comes after them costs nothing."""
MOST_TOTAL = 200_000
"""Rows behind a page by offset that are counted: some 50 ms, whether or not an index holds all that is asked for."""
STAGED_AT_ONCE = 200_000
"""More than any list stages."""
STAGED_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Span:
    """All values above or below one, or (without one) all that there are: an index has the rows in their order.  Or
    only `values`, ascending: their rows are gathered."""

    above: Any = None
    below: Any = None
    values: tuple[Any, ...] = ()

    def has(self, value: Any) -> bool:
        """Whether it is one of them."""
        if value is None:
            return False
        if self.values:
            return value in self.values
        return (self.above is None or value > self.above) and (self.below is None or value < self.below)


@dataclass(frozen=True, slots=True)
class Piece:
    """The rows of one value: `walked`, `query` and `gathered` of `fetch`."""

    walked: Select[Any]
    query: Select[Any]
    gathered: bool = False
    staged: Select[Any] | None = None
    """Unique keys, from an index alone, among which those of all rows are, most of them: they are sorted, and looked
    at from the beginning until the page is full.  Only for a list by the unique key alone."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A list by the values of its first key, which has few of them and no index."""

    values: Sequence[Any]
    """All that there may be, and spans of them, ascending; None, where it is one of them, last."""
    rows: Callable[[Any], Piece | None]
    """Value or span -> the rows that have it.  None: those of a span of `values` are too many, they come one by one."""


@dataclass(frozen=True, slots=True)
class _Key:
    name: str
    sort: Sort
    descending: bool


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


def _order(keys: Sequence[_Key], *, backwards: bool = False, gathered: bool = False) -> list[ColumnElement[Any]]:
    clauses: list[ColumnElement[Any]] = []
    for key in keys:
        column = residual.gathered(key.sort.expression) if gathered else key.sort.expression
        if key.sort.nullable:
            nulls = case((column.is_(None), 1), else_=0)
            clauses.append(nulls.desc() if backwards else nulls)
        clauses.append(column.desc() if key.descending != backwards else column.asc())
    return clauses


def fetch(
    conn: Connection,
    query: Select[Any],
    listing: Listing,
    page: Page,
    countable: Select[Any] | None = None,
    bare: Select[Any] | None = None,
    walked: Select[Any] | None = None,
    pieces: Pieces | None = None,
    most: int | None = None,
    gathered: bool = False,
    total: int | None = None,
    at_least: int = 0,
) -> Rows:
    """The part of the list that `page` names.

    `countable` has as many rows as `query` and is cheaper to count: without the joins that only decorate.  `bare` is
    `query` without conditions: with it the keys of the page are looked up first, which indexes may hold all of, and
    then its rows by the unique key, so that a sort or a far page carries no whole rows about.  `walked` has the rows
    of `countable`, by conditions that lead the database along the order of the list, where those that are good to
    count by would lead it elsewhere.  With `pieces` the list is gone through by the values of its first key.  `most`
    rows behind a page by offset are counted, in place of `MOST_TOTAL`.  `gathered` rows are found by their conditions
    and sorted: no index is followed for their order.  `total` is how many rows there are, where that is known;
    `at_least` so many are.
    Raises InvalidError for an unknown sort key or a cursor that is not of this list and order.
    """
    keys = _keys(listing, page.order_by)
    unique = listing.sorts[listing.unique].expression
    counted = query.with_only_columns(unique) if countable is None else countable
    if bare is not None:
        counted = counted.with_only_columns(literal_column("1"), maintain_column_froms=True)
    walked = countable if walked is None else walked
    narrow = _narrow(query, keys, bare, walked)
    walk = _Walk(conn, narrow, keys, unique, bare, pieces, gathered)
    if page.cursor is not None:
        found = _by_cursor(walk, page)
        if found.next_cursor is None and not page.cursor:
            return replace(found, total=len(found.items))
        return replace(
            found, total=_total(conn, counted, MOST_COUNTED, at_least) if total is None else min(total, MOST_COUNTED)
        )
    rows = walk.rows(page.limit, page.offset)
    items = [row for row, _ in rows if row is not None]
    if len(rows) < page.limit and (rows or page.offset == 0):
        return Rows(items, page.offset + len(rows))  # the end is in sight: no need to count
    if total is not None:
        return Rows(items, total)
    most = page.offset + page.limit + (MOST_TOTAL if most is None else most)
    if rows and len(keys) == 1 and page.offset > MOST_COUNTED and at_least < most:
        # those before the page were walked over just now: only what comes after it is counted
        seen = page.offset + len(rows)
        behind = counted.where(_beyond(keys, rows[-1][1], backwards=False))
        total = seen + count(conn, behind, most - seen)
    else:
        total = _total(conn, counted, most, at_least)
    return Rows(items, total, counted=most if total == most else None)


def _total(conn: Connection, countable: Select[Any], most: int, at_least: int) -> int:
    return most if at_least >= most else count(conn, countable, most)


def _narrow(
    query: Select[Any], keys: Sequence[_Key], bare: Select[Any] | None, walked: Select[Any] | None
) -> Select[Any]:
    return walked if bare is not None and walked is not None and _covers(walked, keys) else query


def count(conn: Connection, countable: Select[Any], most: int) -> int:
    """How many rows a query has, counted up to `most`."""
    return conn.execute(select(func.count()).select_from(countable.limit(most).subquery())).scalar_one()


def _covers(countable: Select[Any], keys: Sequence[_Key]) -> bool:
    """Whether the keys are of tables that `countable` has."""
    there = {table for part in countable.get_final_froms() for table in find_tables(part)}
    columns = (part for key in keys for part in iterate(key.sort.expression) if isinstance(part, Column))
    return {column.table for column in columns} <= there


@dataclass(frozen=True, slots=True)
class _Part:
    """Some rows of a list, in one piece of its order."""

    query: Select[Any]
    keys: Sequence[_Key]
    after: Sequence[Any] | None
    gathered: bool
    first: Sequence[Any] = ()
    """The value that all rows of the part have in the first key of the list, which is not in `keys` then."""
    staged: Select[Any] | None = None


@dataclass(frozen=True, slots=True)
class _Walk:
    """Walks a list along its order."""

    conn: Connection
    query: Select[Any]
    keys: Sequence[_Key]
    unique: ColumnElement[Any]
    bare: Select[Any] | None
    pieces: Pieces | None = None
    gathered: bool = False

    def rows(
        self, limit: int, offset: int = 0, after: Sequence[Any] | None = None, *, backwards: bool = False
    ) -> list[tuple[Row | None, list[Any]]]:
        """At most `limit` rows with the values of their keys, after (backwards: before) the one with these values.

        A row is None when it went while the page was read.
        """
        found: list[tuple[Row | None, list[Any]]] = []
        for part in self._parts(after, backwards):
            if part.staged is not None:
                got, offset = self._staged(part, part.staged, limit - len(found), offset, backwards)
                found += got
                if len(found) == limit:
                    break
                continue
            query = part.query
            if part.after is not None:
                query = query.where(_beyond(part.keys, part.after, backwards=backwards))
            query = query.order_by(*_order(part.keys, backwards=backwards, gathered=part.gathered)).limit(
                limit - len(found)
            )
            got = self._read(query.offset(offset) if offset else query, part.first)
            found += got
            if len(found) == limit:
                break
            if offset and not got:  # all of the part is skipped
                counted = part.query.with_only_columns(self.unique, maintain_column_froms=True)
                offset -= count(self.conn, counted, offset)
            else:
                offset = 0
        return self._filled(found)

    def _staged(
        self, part: _Part, staged: Select[Any], limit: int, offset: int, backwards: bool
    ) -> tuple[list[tuple[Row | None, list[Any]]], int]:
        """Rows of a part whose keys are staged, and how many more are to be skipped."""
        last = part.after
        found: list[tuple[Row | None, list[Any]]] = []
        for size in (10 * limit, STAGED_AT_ONCE):
            keys = staged
            if last is not None:
                keys = keys.where(_beyond(part.keys, last, backwards=backwards))
            keys = keys.order_by(*_order(part.keys, backwards=backwards, gathered=True)).limit(size)
            ids = list(self.conn.scalars(keys))
            for start in range(0, len(ids), STAGED_CHUNK):
                query = part.query.where(self.unique.in_(ids[start : start + STAGED_CHUNK]))
                query = query.order_by(*_order(part.keys, backwards=backwards, gathered=True))
                got = self._read(query, part.first)
                found += got[offset:]
                offset = max(0, offset - len(got))
                if len(found) >= limit:
                    return found[:limit], 0
            if len(ids) < size:
                break
            last = [ids[-1]]
        return found, offset

    def _parts(self, after: Sequence[Any] | None, backwards: bool) -> Iterator[_Part]:
        """The rows with a value in the first key, then those without: so that an index serves the order of each."""
        lead, *others = self.keys
        if self.pieces is not None:
            yield from self._by_value(self.pieces, after, backwards)
            return
        column = lead.sort.expression
        if self.gathered or not lead.sort.nullable or (lead.sort.present is None and not isinstance(column, Column)):
            yield _Part(self.query, self.keys, after, self.gathered)
            return
        value = after[0] if after is not None else None
        there = column.is_not(None) if lead.sort.present is None else lead.sort.present
        present = _Part(
            self.query.where(there),
            [replace(lead, sort=Sort(column)), *others],
            after if value is not None else None,
            gathered=False,
        )
        past = after[1:] if after is not None and value is None else None
        absent = _Part(self.query.where(column.is_(None)), others, past, False, (None,))
        parts = [absent, present] if backwards else [present, absent]
        begins = after is None or (value is None) == bool(parts[0].first)
        yield from parts if begins else parts[1:]

    def _by_value(self, pieces: Pieces, after: Sequence[Any] | None, backwards: bool) -> Iterator[_Part]:
        lead, *others = self.keys
        values = [value for value in pieces.values if value is not None]
        if lead.descending:
            values.reverse()
        values += [value for value in pieces.values if value is None]
        if backwards:
            values.reverse()
        at = after[0] if after is not None else None
        if after is not None and at not in values:  # of a span, or of a value that went meanwhile
            spans = [each for each in values if isinstance(each, Span)]
            one = at if any(each.has(at) for each in spans) else self._next(values, at, backwards)
            at = next((each for each in spans if each.has(one)), one)
        begun = after is None
        for value in values:
            here = after is not None and value == at
            begun = begun or here
            if not begun:
                continue
            piece = pieces.rows(value)
            if piece is None:
                yield from self._by_value(Pieces(value.values, pieces.rows), after if here else None, backwards)
                continue
            if isinstance(value, Span):
                rows = _narrow(piece.query, self.keys, self.bare, piece.walked)
                keys = [replace(lead, sort=Sort(lead.sort.expression)), *others]
                yield _Part(rows, keys, after if here else None, piece.gathered)
            else:
                past = after[1:] if here and after is not None else None
                rows = _narrow(piece.query, others, self.bare, piece.walked)
                yield _Part(rows, others, past, piece.gathered, (value,), piece.staged)

    def _next(self, values: Sequence[Any], gone: Any, backwards: bool) -> Any:
        falling = self.keys[0].descending != backwards
        every = (each.values if isinstance(each, Span) else (each,) for each in values if each is not None)
        plain = (each for some in every for each in (reversed(some) if falling else some))
        later = (each for each in plain if (each < gone if falling else each > gone))
        return next(later, None) if gone is not None else None

    def _read(self, query: Select[Any], first: Sequence[Any]) -> list[tuple[Row | None, list[Any]]]:
        expressions = [key.sort.expression for key in self.keys[len(first) :]]
        marks = [expression.label(f"_key{place}") for place, expression in enumerate(expressions)]
        if self.bare is None:
            rows = [dict(row) for row in self.conn.execute(query.add_columns(*marks)).mappings()]
            return [(row, [*first, *(row.pop(mark.name) for mark in marks)]) for row in rows]
        found = self.conn.execute(query.with_only_columns(*marks, maintain_column_froms=True)).all()
        return [(None, [*first, *values]) for values in found]

    def _filled(self, found: list[tuple[Row | None, list[Any]]]) -> list[tuple[Row | None, list[Any]]]:
        """With the rows, where only their keys have been read."""
        if self.bare is None or not found:
            return found
        place = next(place for place, key in enumerate(self.keys) if key.sort.expression is self.unique)
        wanted = self.bare.add_columns(self.unique.label("_unique"))
        wanted = wanted.where(self.unique.in_([values[place] for _, values in found]))
        by_key: dict[Any, Row] = {}
        for row in self.conn.execute(wanted).mappings():
            by_key[row["_unique"]] = {name: value for name, value in row.items() if name != "_unique"}
        return [(by_key.get(values[place]), values) for _, values in found]


def _by_cursor(walk: _Walk, page: Page) -> Rows:
    backwards, values = False, None
    if page.cursor:
        backwards, values = _decode(page.cursor, walk.keys)
    limit = max(page.limit, 1)  # a cursor is that of a row
    found = walk.rows(limit + 1, after=values, backwards=backwards)
    more = len(found) > limit
    found = found[:limit]
    if backwards:
        found.reverse()
    if not found:
        return Rows([], 0, MOST_COUNTED)
    following = more if not backwards else True
    preceding = values is not None if not backwards else more
    return Rows(
        [row for row, _ in found if row is not None],
        0,
        MOST_COUNTED,
        next_cursor=_encode(walk.keys, found[-1][1], backwards=False) if following else None,
        previous_cursor=_encode(walk.keys, found[0][1], backwards=True) if preceding else None,
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
