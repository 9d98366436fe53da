"""The SQL hook on real databases: bound values, quoted names, all-or-nothing transactions."""

from __future__ import annotations

import json

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewind.authoring.connection import Connection
from tradewind.authoring.sql import SqlHook, bind_style, quote
from tradewind.errors import AirflowException

NASTY = ["plain", "O'Neil", 'say "hi"', "50%", "why?", "a;--b", "Robert'); DROP TABLE t;--", "지우", "%s", "??"]


@pytest.fixture(params=["sqlite", "duckdb", pytest.param("postgres", marks=pytest.mark.postgres), "redshift"])
def hook(request, tmp_path):
    if request.param in ("sqlite", "duckdb"):
        return SqlHook(Connection(conn_id="w", uri=f"{request.param}:///{tmp_path}/file.db"))
    info = psycopg.conninfo.conninfo_to_dict(
        request.getfixturevalue("postgres_url").replace("postgresql+psycopg", "postgresql")
    )
    return SqlHook(
        Connection(
            conn_id="w",
            conn_type=request.param,
            host=info["host"],
            port=int(info.get("port", 5432)),
            schema=info["dbname"],
            login=info["user"],
            password=info.get("password"),
        )
    )


def test_nasty_values_come_back_as_they_went(hook):
    with hook.transaction() as tx:
        tx.execute("CREATE TABLE t (v VARCHAR(64), n INTEGER)")
        tx.executemany("INSERT INTO t (v, n) VALUES (?, ?)", [(v, i) for i, v in enumerate(NASTY)])
        assert tx.insert_rows("t", ["v", "n"], [(v, i) for i, v in enumerate(NASTY, len(NASTY))], batch=3) == len(NASTY)
    assert [row[0] for row in hook.get_records("SELECT v FROM t ORDER BY n")] == NASTY * 2
    for value in NASTY:
        assert hook.get_first("SELECT count(*) FROM t WHERE v = ?", [value]) == (2,)
    assert hook.get_first("SELECT count(*) FROM t WHERE v LIKE '50%'") == (2,)
    assert hook.get_first("SELECT count(*) FROM t WHERE v LIKE '50%' AND n < ?", [5]) == (1,)


def test_a_transaction_is_all_or_nothing(hook):
    hook.run("CREATE TABLE t (v INTEGER)")
    hook.run("INSERT INTO t VALUES (?)", [1])
    with pytest.raises(ZeroDivisionError), hook.transaction() as tx:
        tx.execute("DELETE FROM t")
        tx.insert_rows("t", ["v"], [(n,) for n in range(2, 10)])
        assert tx.scalar("SELECT count(*) FROM t") == 8
        raise ZeroDivisionError
    assert hook.get_records("SELECT v FROM t") == [(1,)]


def test_names_are_quoted(hook):
    name = 'strange "name" of; a table'
    with hook.transaction() as tx:
        tx.execute(f"CREATE TABLE {quote(name)} (v INTEGER)")
        tx.insert_rows(name, ["v"], [(7,)])
        assert tx.scalar(f"SELECT v FROM {quote(name)}") == 7


def test_a_row_of_the_wrong_length_says_which(hook):
    hook.run("CREATE TABLE t (a INTEGER, b INTEGER)")
    with pytest.raises(ValueError, match=r"row \(1,\) has 1 values for the 2 columns of t"), hook.transaction() as tx:
        tx.insert_rows("t", ["a", "b"], [(1,)])


def test_a_type_without_hook_says_which_there_are():
    with pytest.raises(AirflowException, match=r"type 'ftp'.*duckdb"):
        SqlHook(Connection(conn_id="w", conn_type="ftp"))


def test_a_file_connection_without_path_says_how_to_write_it():
    with pytest.raises(AirflowException, match="duckdb:////absolute/path"):
        SqlHook(Connection(conn_id="w", conn_type="duckdb")).get_conn()


def test_duckdb_options_come_from_extra(tmp_path):
    extra = json.dumps({"config": {"threads": 1}})
    hook = SqlHook(Connection(conn_id="w", conn_type="duckdb", schema=f"{tmp_path}/x.db", extra=extra))
    assert hook.get_first("SELECT current_setting('threads')") == (1,)


@given(st.lists(st.sampled_from(["?", "??", "'a?b'", '"c?%"', "-- d?\n", "/* ? */", "%", " x ", "''"])))
def test_only_question_marks_outside_of_text_are_places(parts):
    bound = bind_style(" ".join(parts), "format")
    assert bound.count("%s") == parts.count("?")
    assert bound.replace("%s", "").replace("%%", "").count("%") == 0
    assert bind_style(" ".join(parts), "qmark") == " ".join(parts)
