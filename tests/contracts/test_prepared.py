"""Statements compiled once: they write what SQLAlchemy would write, on every database."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import bindparam, insert, select, update

from tradewind.store import Store, tables
from tradewind.store.engine import read, write
from tradewind.store.prepared import Prepared

ROW = {"dag_id": "d", "dag_run_id": 1, "tries": 1, "error": "no\x00text"}
NAMES = ("dag_id", "dag_run_id", "since", "tries", "error")
table = tables.undecided


def stored(store: Store) -> list[tuple[int, datetime, str]]:
    with read(store.engine) as connection:
        found = connection.execute(select(table).order_by(table.c.dag_run_id))
        return [(row.tries, row.since, row.error) for row in found]


def test_values_are_written_by_their_types(store: Store) -> None:
    new = Prepared(insert(table), NAMES)
    berlin = ZoneInfo("Europe/Berlin")
    # the same time on the clock, and equal for Python, but an hour apart
    first, second = datetime(2024, 10, 27, 2, 30, tzinfo=berlin), datetime(2024, 10, 27, 2, 30, fold=1, tzinfo=berlin)
    again = datetime(2024, 10, 27, 2, 30, tzinfo=UTC)
    with write(store.engine) as connection:
        rows = [{**ROW, "dag_run_id": at, "since": since} for at, since in enumerate((first, second, again, again))]
        assert new.run(connection, rows).rowcount == 4
    assert [since for _, since, _ in stored(store)] == [
        datetime(2024, 10, 27, 0, 30, tzinfo=UTC),
        datetime(2024, 10, 27, 1, 30, tzinfo=UTC),
        again,
        again,
    ]
    assert {error for _, _, error in stored(store)} == {"no\\x00text"}


def test_rowcount_is_that_of_all_rows_and_fixed_values_stay(store: Store) -> None:
    change = Prepared(
        update(table)
        .where(table.c.dag_run_id == bindparam("at"), table.c.dag_id == "d")
        .values(tries=bindparam("new_tries"))
    )
    look = Prepared(select(table.c.tries).where(table.c.dag_run_id == bindparam("at")))
    with write(store.engine) as connection:
        Prepared(insert(table), NAMES).run(connection, [{**ROW, "since": datetime(2024, 1, 1, tzinfo=UTC)}])
        assert change.run(connection, [{"at": 1, "new_tries": 5}, {"at": 2, "new_tries": 6}]).rowcount == 1
        assert look.run(connection, [{"at": 1}]).scalar() == 5


def test_what_would_need_defaults_of_python_is_refused(store: Store) -> None:
    lacking = Prepared(insert(tables.task_instance), ("id",))
    with write(store.engine) as connection, pytest.raises(ValueError, match="must name all columns"):
        lacking.run(connection, [{"id": "x"}])
