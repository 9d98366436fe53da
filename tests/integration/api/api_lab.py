"""A real server on a free port, a client that checks every answer against the OpenAPI description."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI
from jsonschema import Draft202012Validator, FormatChecker

from support.actions_lab import Lab
from tradewind.server.app import create_app
from tradewind.store import Store, tables
from tradewind.store.engine import write
from tradewind.testing.clock import VirtualClock

PASSWORD = "correct horse"
CONFIGURATION = {"core": {"dags_folder": "/dags", "fernet_key": "< hidden >"}, "tradewind": {"slots": "4"}}
ROLES = ("viewer", "user", "op", "admin")


_description: dict[str, Any] = {}


class Checker:
    """Checks answers against what OpenAPI says of them."""

    def __init__(self, app: FastAPI) -> None:
        if not _description:  # the same for every application, and dear to make
            _description.update(app.openapi())
        self.description = _description
        self.seen: set[tuple[str, str, int]] = set()
        paths = [(self._regex(path), path) for path in self.description["paths"]]
        # literal segments before parameters, as the application tries them
        self._paths = sorted(paths, key=lambda item: item[1].count("{"))

    @staticmethod
    def _regex(path: str) -> re.Pattern[str]:
        return re.compile(re.sub(r"\\\{[^/]+?\\\}", "[^/]+", re.escape(path)))

    def operation(self, method: str, raw_path: str) -> tuple[str, dict[str, Any]] | None:
        for regex, path in self._paths:
            operations = self.description["paths"][path]
            if method.lower() in operations and regex.fullmatch(raw_path):
                return path, operations[method.lower()]
        return None

    def __call__(self, response: httpx.Response) -> None:
        if response.headers.get("content-type", "").startswith(("application/x-ndjson", "text/event-stream")):
            return  # a stream: the test reads it
        response.read()
        request = response.request
        found = self.operation(request.method, request.url.raw_path.decode().split("?")[0])
        if found is None or response.status_code == 500:
            return
        path, operation = found
        told = operation["responses"].get(str(response.status_code))
        assert told is not None, f"{request.method} {path} answered {response.status_code}, which OpenAPI does not name"
        self.seen.add((request.method, path, response.status_code))
        kind = response.headers.get("content-type", "").split(";")[0]
        if response.status_code == 204:
            assert not response.content
        elif kind == "application/json":
            schema = told["content"][kind]["schema"]
            whole = {**schema, "components": self.description["components"]}
            Draft202012Validator(whole, format_checker=FormatChecker()).validate(response.json())


class Api:
    """A running server, and clients for it."""

    def __init__(self, store: Store, app: FastAPI, clock: VirtualClock, url: str, log_folder: Path) -> None:
        self.store, self.app, self.clock, self.url, self.log_folder = store, app, clock, url, log_folder
        self.lab = Lab(store)
        self.checker = Checker(app)
        self._clients: list[httpx.Client] = []
        self.anonymous = self.client()
        self._tokens: dict[str, str] = {}

    def client(self, token: str | None = None) -> httpx.Client:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        hooks: dict[str, list[Any]] = {"response": [self.checker]}
        made = httpx.Client(base_url=self.url, headers=headers, event_hooks=hooks, timeout=30, verify=False)
        self._clients.append(made)
        return made

    def token(self, role: str) -> str:
        """A token of a user with this role; the user is made at the first time."""
        if role not in self._tokens:
            values = {"username": role, "password_hash": "none", "role": role, "created_at": self.clock.now()}
            with write(self.store.engine) as connection:  # without the time that hashing a password takes
                connection.execute(tables.user.insert().values(**values))
            self._tokens[role] = self.app.state.context.tokens.issue(role)
        return self._tokens[role]

    def as_role(self, role: str) -> httpx.Client:
        return self.client(self.token(role))

    @cached_property
    def v2(self) -> httpx.Client:
        """A client of the administrator, below /api/v2."""
        made = self.as_role("admin")
        made.base_url = f"{self.url}/api/v2"
        return made

    def close(self) -> None:
        for client in self._clients:
            client.close()


class Door:
    """One server for all tests; it serves the application of the test that runs."""

    def __init__(self) -> None:
        self.app: Any = None
        self.url = ""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.app(scope, receive, send)

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Listen for as long as the block runs."""
        started = threading.Event()

        class Server(uvicorn.Server):
            async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                await super().startup(sockets)
                started.set()

        with socket.create_server(("127.0.0.1", 0)) as listener:
            # asyncio sets it on sockets of its own only; without it every answer waits for a delayed acknowledgement
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            server = Server(uvicorn.Config(self, log_level="critical", lifespan="off", access_log=False))
            thread = threading.Thread(target=server.run, args=([listener],))
            thread.start()
            try:
                assert started.wait(60)
                self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
                yield
            finally:
                server.should_exit = True
                thread.join(60)
                assert not thread.is_alive()


door = Door()


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The address of the application, served for as long as the block runs."""
    before, door.app = door.app, app
    try:
        yield door.url
    finally:
        door.app = before


@contextmanager
def running(store: Store, clock: VirtualClock, folder: Path, **options: Any) -> Iterator[Api]:
    """A server for this store."""
    folder.mkdir(exist_ok=True)
    options = {"configuration": CONFIGURATION.copy, "test_connections": True, **options}
    app = create_app(store, log_folder=folder, now=clock.now, monotonic=clock.monotonic, **options)
    with serving(app) as url:
        api = Api(store, app, clock, url, folder)
        try:
            yield api
        finally:
            api.close()
            app.state.live.close()
