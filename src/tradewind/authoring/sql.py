"""SQL for DAG files: one small hook over DuckDB, SQLite, PostgreSQL and Redshift.

DAG authors call `SqlHook("conn_id")` inside tasks; `BaseHook.get_hook("conn_id")` returns it for those connection types
when no provider package serves them.  Placeholders are written `?` whatever the driver, so that a DAG moves between
databases by its connection alone, and values never become SQL text.  Drivers are imported at first use: a DAG that
needs none loads none.
"""

from __future__ import annotations

import importlib
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from tradewind.authoring.connection import Connection
from tradewind.authoring.hooks import BaseHook
from tradewind.errors import AirflowException

SQL_CONN_TYPES = ("duckdb", "postgres", "postgresql", "redshift", "sqlite")

LOCK_WAIT_SECONDS = 60.0
"""How long to wait for a DuckDB file that another task has open: DuckDB admits one writing process at a time."""


class Transaction:
    """One transaction; made by `SqlHook.transaction`."""

    def __init__(self, cursor: Any, style: str) -> None:
        self._cursor = cursor
        self._style = style

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Run one statement; `?` marks a bound value."""
        sql = bind_style(sql, self._style)
        # without parameters psycopg must not look for %s, so that a LIKE 'a%' stays as written
        self._cursor.execute(sql, tuple(parameters)) if parameters else self._cursor.execute(_plain(sql, self._style))

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each row; no rows, nothing happens."""
        values = [tuple(row) for row in rows]
        if values:
            self._cursor.executemany(bind_style(sql, self._style), values)

    def insert_rows(
        self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, batch: int = 500
    ) -> int:
        """Insert rows, `batch` in a statement; returns how many.  Names are quoted, values bound."""
        names = ", ".join(quote(column) for column in columns)
        head = f"INSERT INTO {quote(table)} ({names}) VALUES "  # noqa: S608 - quoted names
        one = f"({', '.join('?' * len(columns))})"
        total = 0
        chunk: list[Sequence[Any]] = []
        for row in rows:
            if len(row) != len(columns):
                raise ValueError(f"row {row!r} has {len(row)} values for the {len(columns)} columns of {table}")
            chunk.append(row)
            if len(chunk) == batch:
                total += self._insert(head, one, chunk)
                chunk = []
        return total + self._insert(head, one, chunk) if chunk else total

    def _insert(self, head: str, one: str, chunk: list[Sequence[Any]]) -> int:
        self.execute(head + ", ".join([one] * len(chunk)), [value for row in chunk for value in row])
        return len(chunk)

    def fetchall(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        self.execute(sql, parameters)
        return [tuple(row) for row in self._cursor.fetchall()]

    def scalar(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """First column of the first row, or None."""
        self.execute(sql, parameters)
        row = self._cursor.fetchone()
        return None if row is None else row[0]


class SqlHook(BaseHook):
    """A warehouse behind a Connection.

    Connection fields: `host`, `port`, `schema` (the database), `login`, `password` for PostgreSQL and Redshift, further
    driver options in `extra`; for DuckDB and SQLite the file is the URI's path: `duckdb:////data/warehouse.duckdb`.
    """

    conn_name_attr = "conn_id"

    def __init__(self, conn_id: str | Connection) -> None:
        """`conn_id`: the id of a connection, or one.  Raises AirflowException for a type that it does not serve."""
        connection = BaseHook.get_connection(conn_id) if isinstance(conn_id, str) else conn_id
        conn_type = (connection.conn_type or "").lower()
        if conn_type not in SQL_CONN_TYPES:
            raise AirflowException(
                f"connection {connection.conn_id!r} has type {connection.conn_type!r}; "
                f"SqlHook serves {', '.join(SQL_CONN_TYPES)}"
            )
        super().__init__()
        self.connection = connection
        self.conn_type = conn_type
        self._style = "qmark" if conn_type in ("duckdb", "sqlite") else "format"

    quote = staticmethod(lambda name: quote(name))

    def get_conn(self) -> Any:
        """A DB-API connection of the driver, not yet in a transaction; the caller closes it."""
        if self.conn_type == "duckdb":
            return self._open_duckdb()
        if self.conn_type == "sqlite":
            # driver-level autocommit off by hand: transaction() says BEGIN and COMMIT itself
            return importlib.import_module("sqlite3").connect(self._file(), isolation_level=None, timeout=60)
        return self._open_postgres()

    def test_connection(self) -> tuple[bool, str]:
        """Airflow: whether a query is answered."""
        self.get_first("SELECT 1")
        return True, "Connection successfully tested"

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """One transaction: committed at the end, rolled back when the block raises; the connection is closed."""
        connection = self.get_conn()
        try:
            connection.execute("BEGIN")
            try:
                # a cursor of DuckDB is another connection, with a transaction of its own
                cursor = connection if self.conn_type == "duckdb" else connection.cursor()
                yield Transaction(cursor, self._style)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
        finally:
            connection.close()

    def get_records(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query, in a transaction of its own."""
        with self.transaction() as tx:
            return tx.fetchall(sql, parameters)

    def get_first(self, sql: str, parameters: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        rows = self.get_records(sql, parameters)
        return rows[0] if rows else None

    def run(self, sql: str | Sequence[str], parameters: Sequence[Any] = ()) -> None:
        """One statement, or several in one transaction."""
        with self.transaction() as tx:
            for statement in [sql] if isinstance(sql, str) else sql:
                tx.execute(statement, parameters)

    def _file(self) -> str:
        path = self.connection.schema or self.connection.host or ""
        if not path:
            raise AirflowException(
                f"connection {self.connection.conn_id!r} names no file; "
                f"write it as {self.conn_type}:////absolute/path/to/file"
            )
        # the URI's path arrives without its leading slash
        return path if path == ":memory:" or path.startswith("/") or self.connection.host else "/" + path

    def _open_duckdb(self) -> Any:
        duckdb = importlib.import_module("duckdb")
        deadline = time.monotonic() + LOCK_WAIT_SECONDS
        while True:
            try:
                return duckdb.connect(self._file(), config=self.connection.extra_dejson.get("config", {}))
            except duckdb.IOException as error:
                # another process holds the file; DuckDB offers nothing to wait on
                if "lock" not in str(error).lower() or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def _open_postgres(self) -> Any:
        psycopg = importlib.import_module("psycopg")
        options = {key: value for key, value in self.connection.extra_dejson.items() if isinstance(value, str | int)}
        if self.conn_type == "redshift":
            # Redshift names its encoding UNICODE, which drivers do not know, and plans no server-side parameters
            options = {"client_encoding": "utf8", "cursor_factory": psycopg.ClientCursor} | options
        return psycopg.connect(
            host=self.connection.host or "localhost",
            port=self.connection.port or (5439 if self.conn_type == "redshift" else 5432),
            dbname=self.connection.schema or "",
            user=self.connection.login or "",
            password=self.connection.password or "",
            autocommit=True,  # transaction() says BEGIN and COMMIT itself
            **options,
        )


def quote(name: str) -> str:
    """An identifier (or schema.identifier) as SQL: quoted part by part; ValueError for an empty part or a NUL."""
    parts = name.split(".")
    if not all(parts) or "\0" in name:
        raise ValueError(f"{name!r} is no name of a table or column")
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts)


_TOKENS = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/|\?\?|\?|%", re.DOTALL)


def bind_style(sql: str, style: str) -> str:
    """`?` outside of strings and comments as the driver spells it; a literal percent sign is doubled for `format`.

    `??` is a question mark that binds nothing (PostgreSQL has operators of that name).
    """
    if style == "qmark":
        return sql

    def token(match: re.Match[str]) -> str:
        text = match.group()
        if text == "??":
            return "?"
        return "%s" if text == "?" else text.replace("%", "%%")

    return _TOKENS.sub(token, sql)


def _plain(sql: str, style: str) -> str:
    return sql.replace("%%", "%") if style == "format" else sql
