"""Simulations run on SQLite: the databases' own suites prove that both behave alike."""

from __future__ import annotations

import pytest

from tradewind.store import Store
from tradewind.store.vault import new_key


@pytest.fixture
def store(tmp_path):
    with Store(f"sqlite:///{tmp_path}/tradewind.db", new_key()) as store:
        store.migrate()
        yield store
