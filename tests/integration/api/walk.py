"""Asks every route of an application, inside this process: for tests that go through all of them.

Nothing listens, and no answer is checked against OpenAPI (the tests of the routes do that): a request costs what the
application costs.
"""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx
from fastapi import FastAPI
from fastapi.routing import APIRoute

from support.actions_lab import Lab
from tradewind.server.app import create_app
from tradewind.store import Store, tables
from tradewind.store.engine import write
from tradewind.testing.clock import VirtualClock

T = TypeVar("T")
STREAMS = {"/api/tradewind/events"}


class Walk:
    """An application, and who asks it."""

    def __init__(self, store: Store, clock: VirtualClock, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.store, self.clock, self.lab = store, clock, Lab(store)
        self.app: FastAPI = create_app(store, log_folder=folder, now=clock.now, monotonic=clock.monotonic)
        self.description: dict[str, Any] = self.app.openapi()
        # in a thread of its own: that of the tests may be in a loop already, which browsers leave behind
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=transport, base_url="http://localhost")

    def close(self) -> None:
        self._run(self._client.aclose())
        self._run(self._loop.shutdown_default_executor())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(30)
        self._loop.close()
        self.app.state.live.close()

    def user(self, name: str, role: str, **fields: Any) -> str:
        """A user, made without the time that hashing a password takes, and a token of his."""
        values = {"username": name, "password_hash": "none", "role": role, "created_at": self.clock.now(), **fields}
        with write(self.store.engine) as connection:
            connection.execute(tables.user.insert().values(**values))
        return self.token(name)

    def token(self, name: str) -> str:
        """A token of a user."""
        return str(self.app.state.context.tokens.issue(name))

    def ask(self, token: str | None, method: str, path: str, body: Any = None) -> httpx.Response:
        """One request."""
        headers = {} if token is None else {"authorization": f"Bearer {token}"}
        return self._run(self._client.request(method, path, headers=headers, json=body))

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    def routes(self) -> Iterator[tuple[str, str, set[str]]]:
        """(method, path, names in the path) of all routes of the API but those whose answer has no end."""
        for route in self.app.routes:
            if (
                isinstance(route, APIRoute)
                and route.path.startswith("/api/")
                and route.path not in STREAMS
                and route.include_in_schema
            ):
                for method in sorted(route.methods):
                    yield method, route.path, set(re.findall(r"\{(\w+)", route.path))


@contextmanager
def walking(store: Store, clock: VirtualClock, folder: Path) -> Iterator[Walk]:
    """A walk over the application of this store."""
    walk = Walk(store, clock, folder)
    try:
        yield walk
    finally:
        walk.close()


def filled(path: str, values: Mapping[str, Any]) -> str:
    """The path with its names replaced; 1 where there is no value."""
    return re.sub(r"\{([^}]*)\}", lambda found: str(values.get(found[1].split(":")[0], 1)), path)
