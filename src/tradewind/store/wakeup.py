"""Wakes the leader when another process signalled.  Made by `store.Store.wakeup`, waited on by
`services.scheduler`.

PostgreSQL tells by NOTIFY, in the moment of the commit.  SQLite has no such thing, but a counter in the
file's header that any connection reads without a lock (`PRAGMA data_version`): asking for it costs
microseconds, so it is asked often.
"""

from __future__ import annotations

import sqlite3
import threading
import time

from sqlalchemy import Engine

from tradewind.errors import StoreError
from tradewind.ports.store import WakeUp
from tradewind.store.engine import BUSY_SECONDS, sqlite_path

POLL_SECONDS = 0.02


def open_wakeup(engine: Engine) -> WakeUp:
    """The wake-up that fits the database; the caller closes it.  Raises StoreError when the database cannot
    be reached.
    """
    if engine.dialect.name == "sqlite":
        return SqliteWakeUp(engine)
    from tradewind.store.wakeup_postgres import PostgresWakeUp  # start-up time: SQLite needs no psycopg

    return PostgresWakeUp(engine)


class SqliteWakeUp:
    """Implements `ports.store.WakeUp` on a connection of its own; wakes after any commit by another
    connection.
    """

    def __init__(self, engine: Engine) -> None:
        path = sqlite_path(engine)
        try:
            self._connection = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
            self._version = self._data_version()
        except sqlite3.Error as error:
            raise StoreError(
                f"the database {path} cannot be read: {error}",
                fix=f"give this user permission on {path.parent}, or choose another folder with --home",
            ) from error
        self._closed = threading.Event()
        self._waiting = threading.Lock()

    def wait(self, timeout: float) -> bool:
        """Block up to `timeout` seconds; True when something was committed since the last call that said
        so.
        """
        deadline = time.monotonic() + timeout
        with self._waiting:
            while not self._closed.is_set():
                version = self._data_version()
                if version != self._version:
                    self._version = version
                    return True
                left = deadline - time.monotonic()
                if left <= 0:
                    return False
                self._closed.wait(min(POLL_SECONDS, left))
        return False

    def close(self) -> None:
        """End a `wait` in another thread and close the connection."""
        self._closed.set()
        with self._waiting:
            self._connection.close()

    def _data_version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])
