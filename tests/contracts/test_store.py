"""The SQL store passes the suites of the ports, on SQLite and on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select, update

from tradewind.ports.store import RunSnapshot
from tradewind.store import Store, tables
from tradewind.store.engine import read, write
from tradewind.testing.contracts.store import RunsContract, SignalsContract, StepsContract
from tradewind.testing.contracts.store_dags import DagsContract
from tradewind.testing.contracts.store_leases import LeasesContract
from tradewind.testing.contracts.store_values import World


@pytest.fixture
def world(store: Store) -> World:
    return World(store)


class TestRuns(RunsContract):
    pass


class TestSteps(StepsContract):
    def change_from_outside(self, world: World, run: RunSnapshot) -> None:
        assert isinstance(world.store, Store)
        with write(world.store.engine) as connection:
            connection.execute(
                update(tables.dag_run)
                .where(tables.dag_run.c.id == run.run.id)
                .values(revision=tables.dag_run.c.revision + 1)
            )


class TestSignals(SignalsContract):
    pass


class TestLeases(LeasesContract):
    pass


class TestDags(DagsContract):
    @pytest.fixture
    def world(self, store: Store, tmp_path: Path) -> World:
        folder = tmp_path / "dags"
        folder.mkdir()
        return World(store, str(folder))

    def import_errors(self, world: World) -> list[tuple[str, str]]:
        assert isinstance(world.store, Store)
        table = tables.import_error
        query = select(table.c.relative_fileloc, table.c.message).order_by(table.c.relative_fileloc, table.c.message)
        with read(world.store.engine) as connection:
            return [(row[0], row[1]) for row in connection.execute(query)]
