"""Seals everything that is encrypted again with the newest key.  Called by `cli` (`rotate-fernet-key`).

Rows are rewritten in small transactions, each only if it is still what was read: what is written meanwhile is sealed
with the newest key anyway, if the writer knows it.  When the command dies in the middle, some rows have the new key
and some the old one; both open, and the next time it begins anew and finishes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Column, Connection, Engine, Table, delete, select, update

from tradewind.store import signing, tables
from tradewind.store.engine import read, write
from tradewind.store.vault import Vault

BATCH = 200
"""Rows of one transaction."""
SEALED: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (tables.variable, ("value",)),
    (tables.connection, ("password", "extra")),
    (tables.connection_test, ("request",)),
    (tables.trigger, ("kwargs", "next_kwargs", "event")),
    (tables.kept_secret, ("value",)),
    (tables.secret_key, ("value",)),
)
"""Tables and their columns that are encrypted."""


def rotate(engine: Engine, vault: Vault, note: Callable[[str, int], None] | None = None) -> dict[str, int]:
    """How many rows of each table were rewritten; `note` is told after each transaction.

    Raises StoreError when a text cannot be opened with any of the keys, SettingsError without a key.
    """
    done: dict[str, int] = {}
    for table, columns in SEALED:
        done[table.name] = 0
        for rows in _batches(engine, table, columns):
            with write(engine) as connection:
                for row in rows:
                    done[table.name] += _rotate_row(connection, vault, table, columns, row)
            if note is not None:
                note(table.name, done[table.name])
    return done


def _batches(engine: Engine, table: Table, columns: tuple[str, ...]) -> Iterator[list[Any]]:
    key: Column[Any] = next(iter(table.primary_key.columns))
    after: Any = None
    while True:
        query = select(key, *(table.c[name] for name in columns)).order_by(key).limit(BATCH)
        if after is not None:
            query = query.where(key > after)
        with read(engine) as connection:
            rows = list(connection.execute(query))
        if not rows:
            return
        yield rows
        after = rows[-1][0]


def _rotate_row(connection: Connection, vault: Vault, table: Table, columns: tuple[str, ...], row: Any) -> int:
    key: Column[Any] = next(iter(table.primary_key.columns))
    old = {name: getattr(row, name) for name in columns if getattr(row, name) is not None}
    new = {name: _again(vault, value, f"{name} of {table.name} {row[0]!r}") for name, value in old.items()}
    if not new:
        return 0
    same = [key == row[0], *(table.c[name] == value for name, value in old.items())]
    if table is tables.kept_secret:
        if connection.execute(select(key).where(*same).with_for_update()).first() is None:
            return 0  # a twin that was before it is the one that stays
        new["digest"] = vault.digests(vault.open(row.value))[0]
        # a twin was made by a process that had the new key only
        connection.execute(delete(table).where(table.c.digest == new["digest"], key != row[0]))
    return connection.execute(update(table).where(*same).values(new)).rowcount


def _again(vault: Vault, value: str | bytes, what: str) -> str | bytes:
    """What is stored, sealed with the first key."""
    if isinstance(value, str):
        return vault.rotate(value, what)
    return signing.seal(vault, signing.unseal(vault, value))
