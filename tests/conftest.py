"""Fixtures for all tests: a store per test, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tradewind.store import Store
from tradewind.testing.clock import VirtualClock
from tradewind.testing.postgres import PostgresServer, PostgresUnavailable, may_skip, start_postgres

TEST_KEY = "dGVzdHMtdXNlLXRoaXMta2V5LWFuZC1ub2JvZHktZWw="
BOTH = [pytest.param("sqlite"), pytest.param("postgresql", marks=pytest.mark.postgres)]

# the machines that run the tests differ: a slow example is no fault, and a failure must be found again
settings.register_profile(
    "tradewind",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("tradewind")


LONG_FIRST = ("ui", "e2e", "oracle", "simulation", "integration", "contracts")
"""Folders whose files take long, the longest first; all others after them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Processes take whole files in this order (`--dist loadfile`): nobody is left alone with a long one in the end."""
    folders = Path(__file__).parent

    def place(item: pytest.Item) -> int:
        folder = item.path.relative_to(folders).parts[0] if item.path.is_relative_to(folders) else ""
        return LONG_FIRST.index(folder) if folder in LONG_FIRST else len(LONG_FIRST)

    items.sort(key=place)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Half as many more processes than cores: a third of the time a test waits for what it started."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores + cores // 2


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One cluster for all tests of this process."""
    try:
        server = start_postgres()
    except PostgresUnavailable as error:
        if may_skip(os.environ):
            pytest.skip(str(error))
        pytest.fail(str(error), pytrace=False)
    with server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """An empty database, dropped after the test."""
    name = postgres_server.create_database()
    yield postgres_server.url(name)
    postgres_server.drop_database(name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("template") / "tradewind.db"
    with Store(f"sqlite:///{path}", TEST_KEY) as store:
        store.migrate()
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    """The name of a migrated database, to be copied."""
    name = postgres_server.create_database()
    with Store(postgres_server.url(name), TEST_KEY) as store:
        store.migrate()
    return name


@pytest.fixture
def sqlite_store_url(sqlite_template: Path, tmp_path: Path) -> str:
    """URL of a migrated SQLite database of this test."""
    path = tmp_path / "tradewind.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_store_url(postgres_server: PostgresServer, postgres_template: str) -> Iterator[str]:
    """URL of a migrated PostgreSQL database of this test."""
    name = postgres_server.create_database(postgres_template)
    yield postgres_server.url(name)
    postgres_server.drop_database(name)


@pytest.fixture(params=BOTH)
def store_url(request: pytest.FixtureRequest) -> str:
    """URL of a migrated database of this test; the test runs once per kind of database."""
    kind = {"sqlite": "sqlite_store_url", "postgresql": "postgres_store_url"}[request.param]
    return str(request.getfixturevalue(kind))


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a database without tables; the test runs once per kind of database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """A migrated, empty store; the test runs once per kind of database."""
    with Store(store_url, TEST_KEY) as made:
        yield made


@pytest.fixture
def sqlite_store(sqlite_store_url: str) -> Iterator[Store]:
    """A migrated, empty store on SQLite, for tests of what does not depend on the database."""
    with Store(sqlite_store_url, TEST_KEY) as made:
        yield made


@pytest.fixture
def postgres_store(postgres_store_url: str) -> Iterator[Store]:
    """A migrated, empty store on PostgreSQL."""
    with Store(postgres_store_url, TEST_KEY) as made:
        yield made


@pytest.fixture
def clock() -> VirtualClock:
    """A clock that the test moves."""
    return VirtualClock()
