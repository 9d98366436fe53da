"""Wakes the leader when another process signalled.  Made by `store.Store.wakeup`, waited on by
`services.scheduler`.

PostgreSQL tells by NOTIFY, in the moment of the commit.  SQLite has no such thing, but a counter in the
file's header that any connection reads without a lock (`PRAGMA data_version`): asking for it costs
microseconds, so it is asked often.
"""

from __future__ import annotations

import os
import select
import sqlite3
import threading
import time
from typing import Any

import psycopg
from sqlalchemy import Engine, PoolProxiedConnection
from sqlalchemy.exc import DBAPIError

from tradewind.errors import StoreError
from tradewind.ports.store import WakeUp
from tradewind.store.engine import BUSY_SECONDS, explain, sqlite_path
from tradewind.store.signals import CHANNEL

POLL_SECONDS = 0.02
RETRY_SECONDS = 1.0
"""Pause between attempts to reach a PostgreSQL server that went away."""


def open_wakeup(engine: Engine) -> WakeUp:
    """The wake-up that fits the database; the caller closes it.  Raises StoreError when the database cannot
    be reached.
    """
    if engine.dialect.name == "sqlite":
        return SqliteWakeUp(engine)
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


class PostgresWakeUp:
    """Implements `ports.store.WakeUp` with LISTEN on a connection of its own, which it opens again when it
    breaks.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._closed = threading.Event()
        self._waiting = threading.Lock()
        try:
            self._pooled: PoolProxiedConnection | None = self._connect()
        except DBAPIError as error:
            raise explain(engine.url, error) or error from error
        # a byte in this pipe ends a wait from another thread
        self._waker, self._wake = os.pipe()

    def wait(self, timeout: float) -> bool:
        """Block up to `timeout` seconds; True when somebody notified, or the connection was made anew
        meanwhile.
        """
        deadline = time.monotonic() + timeout
        with self._waiting:
            while not self._closed.is_set():
                try:
                    if self._look(deadline):
                        return True
                    left = deadline - time.monotonic()
                except (psycopg.Error, DBAPIError):
                    # the server is away: the caller meets that at its next query and reports it
                    self._drop()
                    left = deadline - time.monotonic()
                    self._closed.wait(min(RETRY_SECONDS, max(left, 0.0)))
                if left <= 0:
                    return False
        return False

    def close(self) -> None:
        """End a `wait` in another thread and close the connection."""
        if self._closed.is_set():
            return
        self._closed.set()
        os.write(self._wake, b"x")
        with self._waiting:
            self._drop()
            os.close(self._waker)
            os.close(self._wake)

    def _look(self, deadline: float) -> bool:
        """Take what was notified; with nothing there, wait until the socket has news."""
        if self._pooled is None:
            self._pooled = self._connect()
            return True  # what was notified in between is lost: let the caller look
        connection: Any = self._pooled.driver_connection
        if list(connection.notifies(timeout=0)):
            return True
        poll = select.poll()
        poll.register(connection.fileno(), select.POLLIN)
        poll.register(self._waker, select.POLLIN)
        poll.poll(max(0.0, deadline - time.monotonic()) * 1000)
        return False

    def _connect(self) -> PoolProxiedConnection:
        pooled = self._engine.raw_connection()
        pooled.detach()  # same parameters as all others, but it does not take a place in the pool
        connection: Any = pooled.driver_connection
        connection.autocommit = True
        connection.execute(f'LISTEN "{CHANNEL}"')
        return pooled

    def _drop(self) -> None:
        if self._pooled is not None:
            self._pooled.close()
            self._pooled = None
