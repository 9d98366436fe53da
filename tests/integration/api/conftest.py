"""Servers for the tests of the API."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from api_lab import Api, door, running

from support.actions_lab import NOW
from tradewind.store import Store
from tradewind.testing.clock import VirtualClock


@pytest.fixture(scope="session", autouse=True)
def server() -> Iterator[None]:
    """The server behind all tests of this folder."""
    with door.opened():
        yield


@pytest.fixture
def present() -> VirtualClock:
    """A clock that shows the time of the lab."""
    return VirtualClock(NOW)


@pytest.fixture
def api(store: Store, present: VirtualClock, tmp_path: Path) -> Iterator[Api]:
    """A server that wants a login; the test runs once per kind of database."""
    with running(store, present, tmp_path / "logs") as made:
        yield made


@pytest.fixture
def sqlite_api(sqlite_store: Store, present: VirtualClock, tmp_path: Path) -> Iterator[Api]:
    """A server on SQLite, for what does not depend on the database."""
    with running(sqlite_store, present, tmp_path / "logs") as made:
        yield made


@pytest.fixture
def open_api(sqlite_store: Store, present: VirtualClock, tmp_path: Path) -> Iterator[Api]:
    """A server without a login."""
    with running(sqlite_store, present, tmp_path / "logs", no_auth=True) as made:
        yield made
