"""Fixtures of the authoring tests."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from authoring_kit import Bundle

from tradewind.authoring import comms
from tradewind.authoring.loader import close_bundle


@pytest.fixture
def bundle(tmp_path: Path) -> Iterator[Bundle]:
    """An empty bundle, taken off `sys.path` afterwards."""
    root = tmp_path / "dags"
    root.mkdir()
    yield Bundle(root)
    close_bundle(root)


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in list(os.environ):
        if name.startswith(("AIRFLOW_", "TRADEWIND_")):
            monkeypatch.delenv(name)
    before = comms.set_channel(None)
    yield
    comms.set_channel(before)
