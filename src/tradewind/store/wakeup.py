"""Wakes those who wait for what other processes write.  Made by `store.Store.wakeup`, waited on by
`services.scheduler`, `services.triggerer`, `services.forecaster` and `services.key_mapper`.

PostgreSQL tells by NOTIFY, in the moment of the commit.  SQLite has no such thing, but a counter in the
file's header that any connection reads without a lock (`PRAGMA data_version`): asking for it costs
microseconds, so it is asked often.  It counts the commits of everybody: who waits for the rows of one table only has a
look at these, so that the leader's commits, of which there are a thousand in a second, wake nobody else.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from tradewind.errors import StoreError
from tradewind.ports.store import WakeUp
from tradewind.store import changes
from tradewind.store.engine import BUSY_SECONDS, sqlite_path
from tradewind.store.signals import CHANNEL

POLL_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Watched:
    """What a wake-up on SQLite looks at."""

    fingerprint: str
    """A query whose one row differs when there may be something to do."""
    every: float
    """Seconds between two looks."""
    channel: str = CHANNEL
    """What is listened to on PostgreSQL."""


TRIGGERS = Watched("SELECT count(*), max(id), total(state = 'waiting') FROM \"trigger\"", 0.05)
LIVE = Watched("SELECT max(id) FROM live_change", 0.1, changes.CHANNEL)
QUESTIONS = Watched(
    "SELECT (SELECT count(*) FROM timetable_question), (SELECT max(asked_at) FROM timetable_question),"
    " (SELECT max(id) FROM range_question)",
    0.1,
)
MAPPINGS = Watched("SELECT max(id) FROM asset_mapping", 0.05)
ERRANDS = Watched(
    "SELECT (SELECT max(id) FROM parse_request), "
    "(SELECT count(*) || ' ' || max(created_at) FROM connection_test WHERE state = 'pending')",
    0.1,
)
TESTS = Watched("SELECT count(*), max(ended_at) FROM connection_test", 0.1)


def open_wakeup(engine: Engine, watched: Watched | None = None) -> WakeUp:
    """The wake-up that fits the database; the caller closes it.  `watched` None: any commit wakes.  Raises StoreError
    when the database cannot be reached.
    """
    if engine.dialect.name == "sqlite":
        return SqliteWakeUp(engine, watched)
    from tradewind.store.wakeup_postgres import PostgresWakeUp  # start-up time: SQLite needs no psycopg

    return PostgresWakeUp(engine, watched.channel if watched is not None else CHANNEL)


class SqliteWakeUp:
    """Implements `ports.store.WakeUp` on a connection of its own; wakes after any commit by another
    connection, or after those that changed what is watched.
    """

    def __init__(self, engine: Engine, watched: Watched | None = None) -> None:
        path = sqlite_path(engine)
        self._watched = watched
        self._every = watched.every if watched is not None else POLL_SECONDS
        try:
            self._connection = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
            self._version = self._data_version()
            self._seen = self._look()
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
                    if self._watched is None:
                        return True
                    seen = self._look()
                    if seen != self._seen:
                        self._seen = seen
                        return True
                left = deadline - time.monotonic()
                if left <= 0:
                    return False
                self._closed.wait(min(self._every, left))
        return False

    def close(self) -> None:
        """End a `wait` in another thread and close the connection."""
        self._closed.set()
        with self._waiting:
            self._connection.close()

    def _look(self) -> Any:
        return self._connection.execute(self._watched.fingerprint).fetchone() if self._watched is not None else None

    def _data_version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])
