"""A DAG folder, a parser with real child processes, and a store to save into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from loading_lab import Folder, Heard, Lab, Told

from tradewind.loading.bundle import FolderBundle
from tradewind.loading.parse import FileParser
from tradewind.store import Store
from tradewind.telemetry import attach


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "dags"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def quick_parser() -> Iterator[FileParser]:
    """Shared: its template process takes a moment to start."""
    with FileParser(time_limit=1.0) as parser:
        yield parser


@pytest.fixture
def folder(root: Path, quick_parser: FileParser) -> Folder:
    return Folder(root, FolderBundle("dags", root), quick_parser)


@pytest.fixture
def lab(root: Path, sqlite_store: Store) -> Iterator[Lab]:
    lab = Lab(root, sqlite_store, Heard())
    yield lab
    for parser in lab.opened:
        parser.close()


@pytest.fixture
def told() -> Iterator[Told]:
    told = Told()
    detach = attach(told)
    yield told
    detach()
