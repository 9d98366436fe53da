"""Rules of lists: every order is total, pages join up, patterns mean what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, create_engine, insert, select

from tradewind.errors import InvalidError
from tradewind.store import Store, tables
from tradewind.store.reads import paging
from tradewind.store.reads.paging import fetch
from tradewind.store.reads.query import Listing, Page, Rows, Sort, like, starts_with

table = Table(
    "thing",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("name", String(50), nullable=False),
    Column("size", Integer),
)
LISTING = Listing(
    {"id": Sort(table.c.id), "name": Sort(table.c.name), "size": Sort(table.c.size, nullable=True)}, ("id",), "id"
)
ROWS = st.lists(st.tuples(st.sampled_from("abc"), st.none() | st.integers(0, 2)), max_size=12)
ORDERS = st.lists(st.sampled_from(["id", "-id", "name", "-name", "size", "-size"]), max_size=3)


@contextmanager
def things(rows: list[tuple[str, int | None]]) -> Iterator[Connection]:
    """A database with these rows."""
    engine = create_engine("sqlite://")
    with engine.connect() as conn:
        table.create(conn)
        if rows:
            conn.execute(insert(table), [{"name": name, "size": size} for name, size in rows])
        yield conn
    engine.dispose()


def in_order(rows: list[tuple[str, int | None]], orders: list[str]) -> list[int]:
    """The ids in the order asked for, computed by plain sorting."""
    every = [{"id": number, "name": name, "size": size} for number, (name, size) in enumerate(rows, 1)]
    names: list[str] = []
    for entry in orders or ["id"]:
        if entry.removeprefix("-") not in [name.removeprefix("-") for name in names]:
            names.append(entry)
    if "id" not in [name.removeprefix("-") for name in names]:
        names.append("-id" if names[-1].startswith("-") else "id")
    for entry in reversed(names):
        key = entry.removeprefix("-")
        present = [row for row in every if row[key] is not None]
        present.sort(key=lambda row: row[key], reverse=entry.startswith("-"))  # type: ignore[arg-type,return-value]
        every = present + [row for row in every if row[key] is None]
    return [int(str(row["id"])) for row in every]


@settings(max_examples=60)
@given(rows=ROWS, orders=ORDERS, limit=st.integers(1, 5), keys_first=st.booleans())
def test_pages_join_up_in_both_directions(
    rows: list[tuple[str, int | None]], orders: list[str], limit: int, keys_first: bool
) -> None:
    expected = in_order(rows, orders)
    narrow = (select(table.c.id), select(table)) if keys_first else ()
    with things(rows) as conn:

        def page(offset: int = 0, cursor: str | None = None) -> Rows:
            return fetch(conn, select(table), LISTING, Page(limit, offset, tuple(orders), cursor), *narrow)

        by_offset = []
        for offset in range(0, len(rows) + limit, limit):
            part = page(offset)
            assert part.total == len(rows)
            by_offset += [row["id"] for row in part.items]
        assert by_offset == expected

        forwards: list[int] = []
        cursor: str | None = ""
        last = ""
        while cursor is not None:
            part = page(cursor=cursor)
            forwards += [row["id"] for row in part.items]
            last, cursor = cursor, part.next_cursor
        assert forwards == expected

        part = page(cursor=last)
        backwards = [row["id"] for row in part.items]
        while part.previous_cursor is not None:
            part = page(cursor=part.previous_cursor)
            assert part.next_cursor is not None
            backwards = [row["id"] for row in part.items] + backwards
        assert backwards == expected


@settings(max_examples=30)
@given(rows=ROWS, wanted=st.sampled_from("abc"), offset=st.integers(0, 8))
def test_a_page_whose_keys_come_first_has_the_conditions_of_the_list(
    rows: list[tuple[str, int | None]], wanted: str, offset: int
) -> None:
    expected = [number for number in in_order(rows, ["-size"]) if rows[number - 1][0] == wanted]
    with things(rows) as conn:
        where = table.c.name == wanted
        narrow = (select(table).where(where), LISTING, Page(3, offset, ("-size",)), select(table.c.id).where(where))
        found = fetch(conn, *narrow, select(table))
    assert [row["id"] for row in found.items] == expected[offset : offset + 3]
    assert found.total == len(expected)


def test_what_lies_far_behind_a_page_by_offset_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "MOST_TOTAL", 4)
    with things([("a", None)] * 10) as conn:
        totals = [fetch(conn, select(table), LISTING, Page(2, offset)) for offset in range(0, 12, 2)]
    # whoever goes on until the total is reached sees every row
    assert [part.total for part in totals] == [6, 8, 10, 10, 10, 10]
    assert [part.counted for part in totals] == [6, 8, 10, None, None, None]


@given(cursor=st.text(max_size=60))
def test_no_text_breaks_a_list_that_takes_cursors(cursor: str) -> None:
    with things([("a", 1)]) as conn:
        try:
            fetch(conn, select(table), LISTING, Page(10, 0, ("size",), cursor))
        except InvalidError as error:
            assert "cursor" in error.message


@given(
    pattern=st.text(st.sampled_from("ab%_\\|~ "), max_size=8), name=st.text(st.sampled_from("ABab%_\\|~ "), max_size=8)
)
def test_patterns(pattern: str, name: str) -> None:
    with things([(name, 1)]) as conn:
        found = conn.execute(select(table.c.id).where(like(table.c.name, pattern))).all()
    assert bool(found) == matches(pattern, name)


def matches(pattern: str, name: str) -> bool:
    """The rule, said with a regular expression."""
    if pattern == "~":
        return True
    rest = iter(pattern)
    kept: list[list[str]] = [[]]
    for character in rest:
        if character == "|":
            kept.append([])
        elif character == "\\":
            following = next(rest, "")
            if following in ("%", "_", "\\", "|"):
                kept[-1].append(re.escape(following))
            else:
                kept[-1].append(re.escape("\\"))
                kept[-1] += {"": [], " ": [" "]}.get(following, [following])
        else:
            kept[-1].append({"%": ".*", "_": "."}.get(character, re.escape(character) if character != " " else " "))
    alternatives = []
    for part in kept:
        while part and part[0] == " ":
            part.pop(0)
        while part and part[-1] == " ":
            part.pop()
        if part:
            alternatives.append("".join(re.escape(piece) if piece == " " else piece for piece in part))
    return any(re.search(each, name, re.IGNORECASE | re.DOTALL) for each in alternatives or [""])


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("Ab", {"Ab1"}),
        ("ab", {"ab2"}),
        ("a|A", {"Ab1", "ab2", "a_b"}),
        ("a_", {"a_b"}),
        ("%", {"%x"}),
        ("~", {"Ab1", "ab2", "a_b", "%x", "ü"}),
        ("ü", {"ü"}),
        ("b1", set()),
    ],
)
def test_prefixes(store: Store, pattern: str, found: set[str]) -> None:
    for name in ("Ab1", "ab2", "a_b", "%x", "ü"):
        store.variables.set(name, "v")
    sqlite = store.engine.dialect.name == "sqlite"
    column = tables.variable.c.key
    with store.engine.connect() as conn:
        assert set(conn.scalars(select(column).where(starts_with(column, pattern, sqlite=sqlite)))) == found
