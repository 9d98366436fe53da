"""Waits for NOTIFY on PostgreSQL.  Made by `store.wakeup.open_wakeup`."""

from __future__ import annotations

import os
import select
import threading
import time

import psycopg
from sqlalchemy import Engine

from tradewind.store.engine import explain_postgres

RETRY_SECONDS = 1.0
"""Pause between attempts to reach a server that went away."""


class PostgresWakeUp:
    """Implements `ports.store.WakeUp` with LISTEN on a connection of its own, which it opens again when it
    breaks.
    """

    def __init__(self, engine: Engine, channel: str) -> None:
        self._engine = engine
        self._channel = channel
        self._closed = threading.Event()
        self._waiting = threading.Lock()
        try:
            self._connection: psycopg.Connection | None = self._connect()
        except psycopg.Error as error:
            raise explain_postgres(engine.url, error) from error
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
                except psycopg.Error:
                    # the caller meets the same at its next query and reports it; here it is tried again, at
                    # once when the connection broke, and after a pause when the server does not answer
                    broke = self._connection is not None
                    self._drop()
                    left = deadline - time.monotonic()
                    if not broke:
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
        if self._connection is None:
            self._connection = self._connect()
            return True  # what was notified in between is lost: let the caller look
        connection = self._connection
        if list(connection.notifies(timeout=0)):
            return True
        poll = select.poll()
        poll.register(connection.fileno(), select.POLLIN)
        poll.register(self._waker, select.POLLIN)
        poll.poll(max(0.0, deadline - time.monotonic()) * 1000)
        return False

    def _connect(self) -> psycopg.Connection:
        # with the parameters of all others, but outside the pool: it is held for as long as the leader lives
        arguments, parameters = self._engine.dialect.create_connect_args(self._engine.url)
        connection = psycopg.connect(*arguments, **parameters, autocommit=True)
        connection.execute(f'LISTEN "{self._channel}"')
        return connection

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
