"""The state of the database's schema, and how it is brought up to date.

Called by `store.Store` at start-up (`check`), by `tradewind db migrate` and by `standalone` (`migrate`).  The
usual start reads one row.  An empty database gets the tables as they are now; Alembic brings an older one up to
date, and a test holds both ways against each other.
"""

from __future__ import annotations

import contextlib
import os
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    PrimaryKeyConstraint,
    Select,
    String,
    Table,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateTable

from tradewind.errors import SchemaError
from tradewind.spec.ids import DEFAULT_POOL
from tradewind.store import asset_tables, tables
from tradewind.store import tables_lists as tables_lists
from tradewind.store.engine import read, shown, sqlite_path, write
from tradewind.store.upsert import insert_or_skip

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
"""All revisions this version knows, oldest first; a test holds them against the files in
`migrations/versions`.
"""
METADATA = asset_tables.asset.metadata
"""All tables: those of `tables` and of the modules beside it."""
VERSION_TABLE = "tradewind_version"
"""Not Alembic's default name: that one belongs to Airflow in a database that Airflow used."""

DEFAULT_POOL_SLOTS = 128
_LOCK = 0x7472_6164_6577  # "tradew": the advisory lock of migrations on PostgreSQL
_FOREIGN = frozenset({"dag", "dag_run", "task_instance", "connection", "variable"})
_version_table = Table(
    VERSION_TABLE,
    MetaData(),  # Alembic's own, and no part of the schema
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name=f"{VERSION_TABLE}_pkc"),
)
_SELECT_VERSION: Select[tuple[Any]] = select(_version_table.c.version_num)
_MIGRATE = "run: tradewind db migrate"


class SchemaState(StrEnum):
    """What the version row says, seen from this version of Tradewind."""

    MISSING = "missing"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"


def schema_state(engine: Engine) -> SchemaState:
    """Compare the database with this version.  Raises StoreError when the database cannot be reached or
    read.
    """
    if engine.dialect.name == "sqlite":
        path = sqlite_path(engine)
        # asking must not create an empty file; a missing folder is reported by `read`
        if not path.exists() and path.parent.is_dir():
            return SchemaState.MISSING
    return _state(_version(engine))


def check(engine: Engine) -> None:
    """Return when the schema is current.  Raises SchemaError otherwise, with the command that helps."""
    state = schema_state(engine)
    if state is SchemaState.CURRENT:
        return
    name = shown(engine.url)
    if state is SchemaState.MISSING:
        if engine.dialect.name != "sqlite" or sqlite_path(engine).exists():
            with read(engine) as connection:
                _refuse_foreign(connection, name)
        raise SchemaError(f"the database {name} has no Tradewind tables yet", fix=_MIGRATE)
    if state is SchemaState.OLDER:
        raise SchemaError(f"the database {name} was made by an older Tradewind", fix=_MIGRATE)
    raise _newer(engine, name)


def migrate(engine: Engine) -> list[str]:
    """Bring the schema to the newest revision and make sure that the default pool exists.

    Returns the revisions that were applied, oldest first; an empty list when there was nothing to do.  Safe
    when several processes do it at once: one migrates, the others wait and find it done.  Raises SchemaError
    when the database was made by a newer Tradewind or belongs to another program; nothing is changed then.
    """
    state = schema_state(engine)
    if state is SchemaState.CURRENT:
        _ensure_default_pool(engine)
        return []
    if state is SchemaState.NEWER:
        raise _newer(engine, shown(engine.url))
    if engine.dialect.name == "sqlite":
        _make_private(sqlite_path(engine))
    applied = _migrate_locked(engine)
    _ensure_default_pool(engine)
    return applied


def _make_private(path: Path) -> None:
    """SQLite would make a file that everybody may read; there are hashes of passwords in it, and keys."""
    with contextlib.suppress(OSError):  # a folder that is missing or closed: the migration says so, with the fix
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _migrate_locked(engine: Engine) -> list[str]:
    with write(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        version = _version_on(connection)
        state = _state(version)
        if state is SchemaState.CURRENT:  # another process was faster
            return []
        if state is SchemaState.NEWER:
            raise _newer(engine, shown(engine.url))
        if state is SchemaState.MISSING:
            _refuse_foreign(connection, shown(engine.url))
            _create(connection)
        else:
            _run_alembic(connection)
        return list(REVISIONS if version is None else REVISIONS[REVISIONS.index(version) + 1 :])


def reset(engine: Engine) -> None:
    """Drop all tables of Tradewind with what they hold; nothing happens when there are none.

    Raises SchemaError when the database was made by a newer Tradewind, whose tables this version cannot know.
    """
    state = schema_state(engine)
    if state is SchemaState.NEWER:
        raise _newer(engine, shown(engine.url))
    if state is SchemaState.MISSING:
        return
    with write(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        _run_alembic(connection, down=True)


def _create(connection: Connection) -> None:
    """All tables at once, and the version row as Alembic would have left it: a first start need not import it."""
    METADATA.create_all(connection, checkfirst=False)
    connection.execute(CreateTable(_version_table, if_not_exists=True))  # `reset` leaves it, empty
    connection.execute(insert(_version_table), {"version_num": REVISIONS[-1]})


def _run_alembic(connection: Connection, *, down: bool = False) -> None:
    # imported here: Alembic costs more than the whole of an ordinary start, which does not need it
    from alembic import command
    from alembic.config import Config

    config = Config()
    location = str(Path(__file__).with_name("migrations"))
    config.set_main_option("script_location", location.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    config.attributes["version_table"] = VERSION_TABLE
    if down:
        command.downgrade(config, "base")
    else:
        command.upgrade(config, "head")


def _version(engine: Engine) -> str | None:
    with read(engine) as connection:
        return _version_on(connection)


def _version_on(connection: Connection) -> str | None:
    """The version row; None when the table or the row is missing."""
    try:
        # a failed statement would end the whole transaction on PostgreSQL
        with connection.begin_nested():
            row = connection.execute(_SELECT_VERSION).first()
    except DBAPIError as error:
        if inspect(connection).has_table(VERSION_TABLE):
            raise
        del error
        return None
    return None if row is None else str(row[0])


def _state(version: str | None) -> SchemaState:
    if version is None:
        return SchemaState.MISSING
    if version == REVISIONS[-1]:
        return SchemaState.CURRENT
    return SchemaState.OLDER if version in REVISIONS else SchemaState.NEWER


def _newer(engine: Engine, name: str) -> SchemaError:
    return SchemaError(
        f"the database {name} was made by a newer Tradewind "
        f"(its schema is {_version(engine)}, this version knows up to {REVISIONS[-1]})",
        fix="upgrade Tradewind, or restore a backup from before the upgrade",
    )


def _refuse_foreign(connection: Connection, name: str) -> None:
    """Raise SchemaError when another program (most likely Airflow) has tables of our names here."""
    taken = sorted(_FOREIGN & set(inspect(connection).get_table_names()))
    if taken:
        raise SchemaError(
            f"the database {name} holds tables of another program, such as Airflow ({', '.join(taken)})",
            fix="give Tradewind a database of its own in AIRFLOW__DATABASE__SQL_ALCHEMY_CONN",
        )


def _ensure_default_pool(engine: Engine) -> None:
    with read(engine) as connection:
        if connection.execute(select(tables.pool.c.name).where(tables.pool.c.name == DEFAULT_POOL)).first():
            return
    with write(engine) as connection:
        connection.execute(
            insert_or_skip(connection.dialect.name, tables.pool.c.name),
            {"name": DEFAULT_POOL, "slots": DEFAULT_POOL_SLOTS, "description": "Default pool"},
        )
