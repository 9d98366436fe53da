"""Opens the metadata database: SQLite in WAL mode, or PostgreSQL through psycopg 3.

Called by `store.Store` (`make_engine`) and by every module of the store (`read`, `write`).  An engine opens
no connection before its first use, and a forked child drops the pool it inherited, so processes may fork
around it.
"""

from __future__ import annotations

import os
import re
import sqlite3
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError, NoSuchModuleError

from tradewind.errors import StoreError
from tradewind.store.changes import forget, write_noted

BUSY_SECONDS = 30.0
"""How long a writer waits for another one on SQLite before it gives up."""
SQLITE_NEEDED = (3, 35, 0)
_DEFAULTS = {"connect_timeout": "10", "application_name": "tradewind"}
"""Parameters of PostgreSQL connections when the URL does not say."""
IDLE_SECONDS = 5.0
"""A PostgreSQL connection that lay in the pool for longer is tried before it is handed out."""

_WRITE = "tradewind_write"
_POSTGRES = frozenset({"postgres", "postgresql", "postgresql+psycopg2", "postgresql+psycopg"})
_SQLITE = frozenset({"sqlite", "sqlite+pysqlite"})
_engines: weakref.WeakSet[Engine] = weakref.WeakSet()


def _drop_inherited_pools() -> None:
    # a connection shared by two processes corrupts both: the child forgets it without closing the parent's
    # socket
    for engine in list(_engines):
        engine.dispose(close=False)


os.register_at_fork(after_in_child=_drop_inherited_pools)


def parse_url(text: str) -> URL:
    """The SQLAlchemy URL for what a user wrote, as Airflow's `SQL_ALCHEMY_CONN` spells it.

    `sqlite:///relative.db` is resolved against the current folder, `sqlite:////abs.db` and
    `sqlite:///~/home.db` are absolute; `postgres://`, `postgresql://` and `postgresql+psycopg2://` all mean
    psycopg 3.  Raises StoreError for anything else.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        # the text is not repeated: it may hold a password
        raise StoreError(
            "the database URL cannot be understood",
            fix="write it as sqlite:////path/to/tradewind.db or postgresql://user:password@host:5432/database",
        ) from error
    if url.drivername in _POSTGRES:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername in _SQLITE:
        return _sqlite_url(url)
    raise StoreError(
        f"the database {shown(url)} is of a kind that Tradewind cannot use: {url.drivername!r}",
        fix="use sqlite:////path/to/tradewind.db or postgresql://user:password@host:5432/database",
    )


def _sqlite_url(url: URL) -> URL:
    name = url.database or ""
    if not name or name == ":memory:" or name.startswith("file:"):
        raise StoreError(
            f"the database {url.render_as_string()} is not a plain file, and several processes must share it",
            fix="name a file, e.g. sqlite:////home/me/.tradewind/tradewind.db",
        )
    return url.set(drivername="sqlite", database=str(Path(name).expanduser().absolute()))


def shown(url: URL) -> str:
    """The URL for people: every password in it is hidden, and what they did not write is left out."""
    hidden = {key: "***" for key in url.query if "password" in key.lower()}
    plain = url.set(drivername=url.get_backend_name())
    plain = plain.difference_update_query([name for name, value in _DEFAULTS.items() if plain.query.get(name) == value])
    return plain.update_query_dict(hidden).render_as_string(hide_password=True)


def sqlite_path(engine: Engine) -> Path:
    """The file of a SQLite engine."""
    assert engine.url.database is not None
    return Path(engine.url.database)


def make_engine(url: str) -> Engine:
    """An engine for `url` (see `parse_url`) that connects at its first use.  Raises StoreError for a URL of
    another kind.
    """
    parsed = parse_url(url)
    common: dict[str, Any] = {
        "json_serializer": lambda value: msgspec.json.encode(value).decode(),
        "json_deserializer": msgspec.json.decode,
        "hide_parameters": True,  # values of users must not get into logs with an exception
        "pool_use_lifo": True,
    }
    try:
        if parsed.get_backend_name() == "sqlite":
            _check_sqlite_library()
            arguments = {"timeout": BUSY_SECONDS}
            engine = create_engine(parsed, connect_args=arguments, pool_size=8, max_overflow=32, **common)
            _prepare_sqlite(engine)
        else:
            url_with_defaults = parsed.update_query_dict({**_DEFAULTS, **parsed.query})
            # several processes share the server's limit, which is 100 unless somebody raised it
            engine = create_engine(url_with_defaults, pool_size=5, max_overflow=15, **common)
            _prepare_postgres(engine)
    except (NoSuchModuleError, ImportError) as error:
        raise StoreError(
            f"the driver for {shown(parsed)} is not installed", fix="pip install 'psycopg[binary]'"
        ) from error
    _engines.add(engine)
    return engine


def _check_sqlite_library() -> None:
    if sqlite3.sqlite_version_info < SQLITE_NEEDED:
        raise StoreError(
            f"this Python comes with SQLite {sqlite3.sqlite_version}, and RETURNING needs 3.35 or newer",
            fix="use another Python (e.g. one installed by uv), or a PostgreSQL database",
        )


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        # sqlite3 would open a deferred transaction by itself, late and of the wrong kind; `begin` below says
        # BEGIN
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA synchronous=NORMAL")
        _enter_wal(cursor)
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        write = connection.get_execution_options().get(_WRITE, False)
        # a writer takes the lock at once: a read that is upgraded later fails when another writer came in
        # between
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _enter_wal(cursor: Any) -> None:
    """Switch to WAL.  SQLite does not wait for other connections here, so two processes that start at once
    must.
    """
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        if cursor.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
            return
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except Exception as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
        time.sleep(0.01)


def _prepare_postgres(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        # statements here are short: compiling one to machine code takes longer than a second and saves milliseconds.
        # Not in `options` of the URL, which poolers refuse
        connection.execute("SET jit = off")
        connection.commit()

    @event.listens_for(engine, "checkin")
    def checkin(_connection: Any, record: Any) -> None:
        record.info["idle_since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def checkout(connection: Any, record: Any, _proxy: Any) -> None:
        # a ping for every checkout would cost the scheduler a round trip per step
        if time.monotonic() - record.info.get("idle_since", time.monotonic()) < IDLE_SECONDS:
            return
        try:
            connection.execute("SELECT 1")
            connection.rollback()
        except Exception as error:
            raise DisconnectionError("the server closed the connection") from error


@contextmanager
def write(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction that may write; committed at the end, rolled back on an exception.

    On SQLite the write lock is taken at once (BEGIN IMMEDIATE).  Raises StoreError when the database cannot
    be used.
    """
    with _transaction(engine, True) as connection:
        forget(connection)
        yield connection
        write_noted(connection)


@contextmanager
def read(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction that only reads; on SQLite it sees one snapshot and blocks nobody."""
    with _transaction(engine, False) as connection:
        yield connection


@contextmanager
def _transaction(engine: Engine, may_write: bool) -> Iterator[Connection]:
    if engine.dialect.name == "sqlite":
        _check_folder(engine)
    try:
        with engine.connect() as connection:
            if may_write:
                connection = connection.execution_options(**{_WRITE: True})
            with connection.begin():
                yield connection
    except DBAPIError as error:
        explained = explain(engine.url, error)
        if explained is None:
            raise
        raise explained from error


def is_writing(connection: Connection) -> bool:
    """Whether this is a connection of `write`."""
    return bool(connection.get_execution_options().get(_WRITE, False))


def _check_folder(engine: Engine) -> None:
    # one stat, and only until the first connection: a missing folder is the commonest mistake and SQLite's
    # own words ("unable to open database file") do not name it
    if engine.pool.checkedin() == 0 and not sqlite_path(engine).parent.is_dir():  # type: ignore[attr-defined]
        raise StoreError(
            f"the folder of the database {sqlite_path(engine)} does not exist",
            fix=f"create it (mkdir -p {sqlite_path(engine).parent}) or choose another folder with --home",
        )


def explain(url: URL, error: DBAPIError) -> StoreError | None:
    """What the user must know when the database refuses; None when the statement itself was wrong (a bug)."""
    text = str(error.orig).strip()
    if url.get_backend_name() == "sqlite":
        return _explain_sqlite(url, text)
    # the subclasses of OperationalError (a deadlock, a cancelled query) are about one statement, not about
    # the server
    if error.connection_invalidated or type(error.orig).__name__ == "OperationalError":
        return explain_postgres(url, error)
    return None


def _explain_sqlite(url: URL, text: str) -> StoreError | None:
    path = Path(url.database or "")
    low = text.lower()
    if "readonly" in low or "unable to open" in low:
        if path.exists() and not path.is_file():
            return StoreError(f"the database {path} is not a file", fix="name a file in the database URL, not a folder")
        return StoreError(
            f"the database {path} cannot be written: {text}",
            fix=f"give this user write permission on {path.parent} and the files in it, "
            "or choose another folder with --home",
        )
    if "locked" in low or "busy" in low:
        return StoreError(
            f"the database {path} was held by another writer for more than {BUSY_SECONDS:.0f} s",
            fix="end the program that holds it open in a transaction, or move to PostgreSQL",
        )
    if "is not a database" in low or "malformed" in low:
        return StoreError(
            f"the file {path} is damaged or not a SQLite database: {text}",
            fix="restore it from a backup, or move it away and run: tradewind db migrate",
        )
    if "full" in low or "disk i/o" in low:
        return StoreError(f"the database {path} cannot be written: {text}", fix="free disk space and start again")
    return None


def explain_postgres(url: URL, error: Exception) -> StoreError:
    """What a failure to connect to PostgreSQL means, by the words of libpq and the server."""
    text = str(error.orig if isinstance(error, DBAPIError) else error).strip()
    name, low = shown(url), text.lower()
    # libpq repeats one sentence for every address of the host: the first is enough
    first = re.split(r"\n|Multiple connection attempts", text, maxsplit=1)[0].strip()
    if "password authentication failed" in low or "no password supplied" in low:
        return StoreError(f"the server refused the user or password of {name}", fix="correct them in the database URL")
    if match := re.search(r'role "([^"]*)" does not exist', text):
        return StoreError(
            f"the server of {name} has no user {match[1]!r}",
            fix=f'create it on the server (CREATE ROLE "{match[1]}" LOGIN PASSWORD ...) or correct the URL',
        )
    if match := re.search(r'database "([^"]*)" does not exist', text):
        return StoreError(
            f"the server of {name} has no database {match[1]!r}",
            fix=f'create it on the server (CREATE DATABASE "{match[1]}") or correct the URL',
        )
    if "refused" in low or "no such file" in low:
        return StoreError(
            f"no server answers at {name}",
            fix="start PostgreSQL, or correct host and port in the database URL",
        )
    if "resolve" in low or "name or service not known" in low:
        return StoreError(f"the host of {name} is not known", fix="correct the host name in the database URL")
    if "timeout" in low or "timed out" in low:
        return StoreError(
            f"the server of {name} did not answer in time: {first}",
            fix="check the network, the firewall and the host in the database URL",
        )
    return StoreError(
        f"the connection to {name} failed: {first}", fix="check that the server runs and takes connections"
    )
