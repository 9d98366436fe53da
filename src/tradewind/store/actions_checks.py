"""Checks of what users give, and the small pieces of SQL that several modules of the store share.

Called by `store.actions*` and by the modules of Variables, Connections, pools, XComs and users.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, insert, update
from sqlalchemy.exc import IntegrityError

from tradewind.errors import InvalidError, NotFoundError
from tradewind.store.reads.paging import fetch
from tradewind.store.reads.query import Listing, Page, Rows, Where

MAX_NAME = 250
"""Characters of an id chosen by a user, as the columns hold them."""
EVERYTHING = Page(limit=2**31 - 1)
"""The one page that has all."""
CHUNK = 500
"""Ids in one `IN (...)`: well under the limits on bound parameters of every database."""

T = TypeVar("T")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def check_name(kind: str, name: str) -> str:
    """The name when it can be one, else InvalidError.  `kind`, e.g. `variable key`, begins the
    message."""
    if not name or name != name.strip():
        raise InvalidError(
            f"{kind} {name!r} is empty, or begins or ends with a space",
            fix="give a name without spaces around",
        )
    if len(name) > MAX_NAME:
        raise InvalidError(
            f"{kind} {name[:40]!r}... has {len(name)} characters", fix=f"use at most {MAX_NAME} characters"
        )
    if _CONTROL.search(name):
        raise InvalidError(f"{kind} {name!r} has a control character in it", fix="use printable characters")
    return name


def check_text(kind: str, text: str | None, limit: int | None = None) -> str | None:
    """The text when a database can hold it (no NUL, at most `limit` characters), else InvalidError."""
    if text is None:
        return None
    if "\x00" in text:
        raise InvalidError(f"{kind} has a NUL character in it", fix="remove the character \\x00")
    if limit is not None and len(text) > limit:
        raise InvalidError(f"{kind} has {len(text)} characters", fix=f"use at most {limit} characters")
    return text


def near(name: str, known: Iterable[str], *, fallback: str) -> str:
    """A `fix` sentence that lists the names most like `name`, or `fallback` when none is like it."""
    found = difflib.get_close_matches(name, list(known), n=3, cutoff=0.6)
    if not found:
        return fallback
    return "did you mean " + " or ".join(repr(other) for other in found) + "?"


def unknown(kind: str, name: str, known: Iterable[str], *, fallback: str) -> NotFoundError:
    """The error for something named that does not exist."""
    return NotFoundError(f"{kind} {name!r} does not exist", fix=near(name, known, fallback=fallback))


def find(
    connection: Connection,
    query: Select[Any],
    listing: Listing,
    name: ColumnElement[str],
    page: Page,
    *,
    pattern: str | None,
    prefix: str | None,
) -> Rows:
    """A page of what is named by `name`, filtered by Airflow's `*_pattern` and `*_prefix_pattern`.

    Raises InvalidError for an unknown sort key.
    """
    where = Where(connection.dialect.name == "sqlite")
    where.like(name, pattern)
    where.starts(name, prefix)
    return fetch(connection, query.where(*where.conditions), listing, page)


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A page of records, and how many there are on all pages."""

    items: Sequence[T]
    total: int


def put(connection: Connection, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Update the row with this primary key, or insert it.  True when it was inserted.

    Safe against another writer that inserts the same key in between.
    """
    where = and_(*(table.c[name] == value for name, value in key.items()))
    change = update(table).where(where).values(**values)
    if connection.execute(change).rowcount:
        return False
    try:
        with connection.begin_nested():
            connection.execute(insert(table).values(**key, **values))
    except IntegrityError:
        if not connection.execute(change).rowcount:
            raise  # not a duplicate: something else about the row is wrong
        return False
    return True


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """The items in slices of at most `size`."""
    return (items[start : start + size] for start in range(0, len(items), size))
