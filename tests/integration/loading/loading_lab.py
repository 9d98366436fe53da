"""A DAG folder, a parser with real child processes, and a store to save into."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tradewind.loading.bundle import FolderBundle
from tradewind.loading.parse import FileParser, Parsed
from tradewind.services.dag_processor import DagProcessor
from tradewind.services.task_api import TaskApi
from tradewind.spec.dag import ImportErrorSpec, ParsedFile
from tradewind.store import Store
from tradewind.store.reads import Page

WAIT = 30.0
"""Seconds that a test waits for a signal before it fails."""


class Clock:
    """The real time."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


@dataclass
class Folder:
    """DAG files, written as text."""

    root: Path
    bundle: FolderBundle
    parser: FileParser

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def parse(self, name: str, text: str | None = None) -> Parsed:
        if text is not None:
            self.write(name, text)
        return self.parser.parse(self.bundle, name)

    def error(self, name: str, text: str) -> ImportErrorSpec:
        """The one import error of a file that must have one."""
        file = self.parse(name, text).file
        assert file.dags == ()
        assert len(file.errors) == 1, file.errors
        error = file.errors[0]
        assert (error.relative_fileloc, error.fileloc) == (name, str(self.root / name))
        return error


@dataclass
class Heard:
    """What a processor saved; tests wait on it."""

    files: list[ParsedFile] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def __call__(self, file: ParsedFile) -> None:
        with self.changed:
            self.files.append(file)
            self.changed.notify_all()

    def wait(self, condition: Callable[[list[ParsedFile]], bool]) -> list[ParsedFile]:
        """Until the list satisfies the condition; returns it and starts a new one."""
        with self.changed:
            assert self.changed.wait_for(lambda: condition(self.files), WAIT), [
                (file.relative_fileloc, len(file.dags), [error.message for error in file.errors]) for file in self.files
            ]
            files, self.files = self.files, []
            return files

    def wait_for_file(self, name: str) -> ParsedFile:
        """Until this file was saved since the last wait."""
        files = self.wait(lambda files: any(file.relative_fileloc == name for file in files))
        return [file for file in files if file.relative_fileloc == name][-1]


class Told:
    """Waits for an event of telemetry."""

    def __init__(self) -> None:
        self._expected: tuple[str, dict[str, object]] | None = None
        self._happened = threading.Event()

    def __call__(self, event: str, fields: Mapping[str, object]) -> None:
        if self._expected and event == self._expected[0] and self._expected[1].items() <= fields.items():
            self._happened.set()

    def expect(self, event: str, **fields: object) -> None:
        self._expected = (event, fields)

    def wait(self) -> None:
        assert self._happened.wait(WAIT), self._expected


@dataclass
class Lab:
    """A folder, a store and processors between them."""

    root: Path
    store: Store
    heard: Heard
    opened: list[FileParser] = field(default_factory=list)

    def processor(self, *roots: Path, time_limit: float = 20.0, **kwargs: object) -> DagProcessor:
        """A new processor, as after a restart."""
        parser = FileParser(serve=TaskApi(self.store), time_limit=time_limit)
        self.opened.append(parser)
        folders = roots or (self.root,)
        arguments: dict[str, object] = {
            "store": self.store.dags,
            "leases": self.store.leases,
            "bundles": [FolderBundle(folder.name, folder) for folder in folders],
            "parser": parser,
            "clock": Clock(),
            "worker_id": f"processor-{len(self.opened)}",
            "owners": self.store.dags.owners,
            "on_parsed": self.heard,
            "vanish_grace": 0.05,
        }
        return DagProcessor(**(arguments | kwargs))  # type: ignore[arg-type]

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def dags(self) -> dict[str, bool]:
        """dag_id -> whether it is stale."""
        ids = self.store.dags.owners()
        return {record.dag_id: record.stale for record in self.store.scheduler.dags(self.known | set(ids))}

    known: set[str] = field(default_factory=set)

    def errors(self) -> dict[str, list[tuple[int | None, str]]]:
        """file -> (line, message) of its import errors."""
        found: dict[str, list[tuple[int | None, str]]] = {}
        for row in self.store.reads.import_errors.page(Page()).items:
            found.setdefault(row["relative_fileloc"], []).append((row["line"], row["message"]))
        return found
