"""Fixtures of the actions' tests."""

from __future__ import annotations

import pytest

from support.actions_lab import Lab
from tradewind.store import Store


@pytest.fixture
def lab(store: Store) -> Lab:
    """A store with short words for DAGs and runs."""
    return Lab(store)


@pytest.fixture
def sqlite_lab(sqlite_store: Store) -> Lab:
    """The same, for what does not depend on the database."""
    return Lab(sqlite_store)
