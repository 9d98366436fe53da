"""How the database is opened, and what a user is told when it cannot be."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from tradewind.errors import StoreError
from tradewind.store import Store, engine
from tradewind.store.engine import make_engine, parse_url, read, shown, write
from tradewind.testing.postgres import PostgresServer


@pytest.mark.parametrize(
    ("given", "driver", "database"),
    [
        ("sqlite:////var/lib/airflow/airflow.db", "sqlite", "/var/lib/airflow/airflow.db"),
        ("sqlite:///db/tw.db", "sqlite", str(Path.cwd() / "db/tw.db")),
        ("sqlite:///~/tw.db", "sqlite", str(Path.home() / "tw.db")),
        ("sqlite+pysqlite:////tw.db", "sqlite", "/tw.db"),
        ("postgresql://u:p@h:5433/d", "postgresql+psycopg", "d"),
        ("postgres://u:p@h/d", "postgresql+psycopg", "d"),
        ("postgresql+psycopg2://u:p@h/d?sslmode=require", "postgresql+psycopg", "d"),
        ("postgresql+psycopg://u:p@h/d", "postgresql+psycopg", "d"),
    ],
)
def test_urls_as_airflow_spells_them(given: str, driver: str, database: str) -> None:
    url = parse_url(given)
    assert (url.drivername, url.database) == (driver, database)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("sqlite://", "is not a plain file"),
        ("sqlite:///:memory:", "is not a plain file"),
        ("mysql://u:secret@h/d", "of a kind that Tradewind cannot use: 'mysql'"),
        ("postgresql+asyncpg://u:secret@h/d", "of a kind that Tradewind cannot use"),
        ("secret and no url", "cannot be understood"),
    ],
)
def test_urls_that_cannot_be_used(given: str, message: str) -> None:
    with pytest.raises(StoreError, match=message) as error:
        make_engine(given)
    assert error.value.fix
    assert "secret" not in str(error.value)


def test_an_old_sqlite_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    with pytest.raises(StoreError, match=r"needs 3\.35 or newer") as error:
        make_engine("sqlite:////tw.db")
    assert "another Python" in (error.value.fix or "")


def test_passwords_are_not_shown() -> None:
    url = parse_url("postgresql://ada:s3cret@h/d?password=s3cret&sslpassword=s3cret&sslmode=require")
    assert "s3cret" not in shown(url)
    assert "ada" in shown(url)


def test_sqlite_is_set_up_for_several_processes(sqlite_store: Store) -> None:
    with read(sqlite_store.engine) as connection:
        values = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert values == {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1, "busy_timeout": 30_000}


def test_a_sqlite_writer_locks_at_once_and_blocks_no_reader(sqlite_store: Store) -> None:
    path = sqlite_store.engine.url.database
    assert path is not None
    with write(sqlite_store.engine) as connection:
        with sqlite3.connect(path, timeout=0) as other, pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()
        connection.execute(text("UPDATE pool SET slots = 5"))
        assert sqlite_store.scheduler.pools() == {"default_pool": 128}
    assert sqlite_store.scheduler.pools() == {"default_pool": 5}


def test_a_reader_sees_one_state(sqlite_store: Store) -> None:
    slots = text("SELECT slots FROM pool")
    with read(sqlite_store.engine) as connection:
        before = connection.execute(slots).scalar()
        with write(sqlite_store.engine) as other:
            other.execute(text("UPDATE pool SET slots = 5"))
        assert connection.execute(slots).scalar() == before


def test_an_exception_rolls_back(store: Store) -> None:
    with pytest.raises(KeyError), write(store.engine) as connection:
        connection.execute(text("UPDATE pool SET slots = 5"))
        raise KeyError
    assert store.scheduler.pools() == {"default_pool": 128}


def test_a_missing_folder(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "tradewind.db"
    for use in (Store.schema_state, Store.migrate, Store.check):
        with Store(f"sqlite:///{path}") as store, pytest.raises(StoreError) as error:
            use(store)
        assert f"the folder of the database {path} does not exist" in error.value.message
        assert error.value.fix is not None
        assert "mkdir -p" in error.value.fix
    assert not path.parent.exists()


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path}") as store, pytest.raises(StoreError, match="is not a file"):
        store.migrate()


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("buy milk\n" * 200)
    with Store(f"sqlite:///{path}") as store, pytest.raises(StoreError, match="damaged or not a SQLite database"):
        store.migrate()


READ_ONLY = """
import os, sys
from tradewind.store import Store
from tradewind.errors import StoreError
if os.geteuid() == 0:  # nothing is read-only for root
    os.setgid(65534)
    os.setuid(65534)
with Store(sys.argv[1]) as store:
    try:
        store.leases.release("x", "y") if sys.argv[2] == "write" else store.migrate()
    except StoreError as error:
        print(error.message)
        print(error.fix)
"""


@pytest.mark.parametrize("case", ["new file", "write"])
def test_a_read_only_home(sqlite_template: Path, case: str) -> None:
    home = Path(tempfile.mkdtemp())  # another user must be able to enter it
    try:
        if case == "write":
            shutil.copyfile(sqlite_template, home / "tw.db")
            (home / "tw.db").chmod(0o444)
        home.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY, f"sqlite:///{home}/tw.db", case],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.stderr == ""
        message, fix = done.stdout.splitlines()
        assert f"the database {home}/tw.db cannot be written" in message
        assert f"give this user write permission on {home}" in fix
    finally:
        home.chmod(0o755)
        shutil.rmtree(home)


def test_a_database_that_somebody_holds(sqlite_store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    with Store(sqlite_store_url) as store:
        other = sqlite3.connect(str(store.engine.url.database), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="was held by another writer"), write(store.engine):
            pass
        other.close()
        with write(store.engine):
            pass


def test_no_server() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        with Store(f"postgresql://u:s3cret@127.0.0.1:{port}/d") as store:
            for ask in (store.check, store.migrate, store.wakeup):
                with pytest.raises(StoreError, match=rf"no server answers at \S+127.0.0.1:{port}/d\n") as error:
                    ask()
                assert "s3cret" not in str(error.value)
                assert error.value.fix == "start PostgreSQL, or correct host and port in the database URL"


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("change", "message", "fix"),
    [
        ({"password": "wr0ng"}, "refused the user or password", "correct them in the database URL"),
        ({"database": "nowhere"}, "has no database 'nowhere'", 'CREATE DATABASE "nowhere"'),
        ({"host": "no-such-host.invalid"}, "is not known", "correct the host name"),
    ],
)
def test_a_server_that_refuses(postgres_server: PostgresServer, change: dict[str, str], message: str, fix: str) -> None:
    url = parse_url(postgres_server.url()).set(**change)  # type: ignore[arg-type]
    with Store(url.render_as_string(hide_password=False)) as store:
        with pytest.raises(StoreError, match=message) as error:
            store.check()
        assert fix in (error.value.fix or "")
        assert postgres_server.password not in str(error.value)
        assert "wr0ng" not in str(error.value)


@pytest.mark.postgres
def test_a_user_that_does_not_exist(postgres_server: PostgresServer) -> None:
    # with passwords asked for, the server does not say that the user is missing; over its socket it does
    url = f"postgresql://nobody_here@/postgres?host={postgres_server.socket_folder}&port={postgres_server.port}"
    with Store(url) as store, pytest.raises(StoreError, match="has no user 'nobody_here'"):
        store.check()


@pytest.mark.postgres
def test_connections_that_the_server_closed_are_replaced(
    postgres_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "IDLE_SECONDS", 0.0)
    with read(postgres_store.engine) as connection:
        pid = connection.execute(text("SELECT pg_backend_pid()")).scalar()
    with Store(postgres_store.engine.url.render_as_string(hide_password=False)) as other, write(other.engine) as admin:
        admin.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    assert postgres_store.scheduler.pools() == {"default_pool": 128}


@pytest.mark.postgres
def test_a_connection_lost_in_a_transaction_is_told(postgres_store: Store) -> None:
    with pytest.raises(StoreError, match=r"the connection to .* failed"), write(postgres_store.engine) as connection:
        pid = connection.execute(text("SELECT pg_backend_pid()")).scalar()
        with Store(postgres_store.engine.url.render_as_string(hide_password=False)) as other, write(other.engine) as c:
            c.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
        connection.execute(text("SELECT 1"))
    assert postgres_store.scheduler.pools() == {"default_pool": 128}


def test_a_mistake_in_a_statement_is_not_dressed_up(store: Store) -> None:
    with pytest.raises(Exception, match="no_such_table") as error, read(store.engine) as connection:
        connection.execute(text("SELECT * FROM no_such_table"))
    assert not isinstance(error.value, StoreError)


def test_values_do_not_get_into_the_text_of_errors(store: Store) -> None:
    with pytest.raises(Exception, match="no_such_table") as error, read(store.engine) as connection:
        connection.execute(text("SELECT * FROM no_such_table WHERE x = :x"), {"x": "s3cret"})
    assert "s3cret" not in str(error.value)


def test_a_forked_child_opens_connections_of_its_own(store: Store) -> None:
    """Both processes use their store at the same time after the fork; the parent's connection stays whole."""
    assert store.scheduler.pools() == {"default_pool": 128}
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            fine = all(store.scheduler.pools() == {"default_pool": 128} for _ in range(50))
            os.write(writer, b"1" if fine else b"0")
        finally:
            os._exit(0)
    os.close(writer)
    mine = all(store.scheduler.pools() == {"default_pool": 128} for _ in range(50))
    with os.fdopen(reader, "rb") as answers:
        assert answers.read() == b"1"
    os.waitpid(child, 0)
    assert mine
    assert store.scheduler.pools() == {"default_pool": 128}


def test_many_threads_share_a_store(store: Store) -> None:
    errors: list[BaseException] = []

    def use(number: int) -> None:
        try:
            for _ in range(5):
                with write(store.engine) as connection:
                    connection.execute(text("UPDATE pool SET slots = slots + 1"))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=use, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    assert store.scheduler.pools() == {"default_pool": 128 + 60}
