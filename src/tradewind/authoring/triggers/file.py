"""Waiting for files.  Airflow: `airflow.triggers.file`, `airflow.providers.standard.triggers.file`."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from tradewind.authoring.files import first_file
from tradewind.authoring.triggers.base import BaseEventTrigger, BaseTrigger, TriggerEvent


class FileTrigger(BaseTrigger):
    """Fires when `filepath` (a path or a glob pattern) is a file, or a folder that holds one.

    Looks every `poke_interval` seconds; `recursive` lets `**` reach into folders.
    """

    def __init__(self, filepath: str, recursive: bool = False, poke_interval: float = 5.0, **kwargs: Any) -> None:
        super().__init__()
        self.filepath = filepath
        self.recursive = recursive
        self.poke_interval = poke_interval

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Path and arguments."""
        return (
            f"{__name__}.FileTrigger",
            {"filepath": self.filepath, "recursive": self.recursive, "poke_interval": self.poke_interval},
        )

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Look until there is one."""
        while True:
            # a slow or remote file system must not hold up the other triggers
            found = await asyncio.to_thread(first_file, self.filepath, recursive=self.recursive)
            if found is not None:
                changed = dt.datetime.fromtimestamp(Path(found).stat().st_mtime, dt.UTC)
                self.log.info("Found %s, last modified %s", found, changed.isoformat())
                yield TriggerEvent(True)
                return
            await asyncio.sleep(self.poke_interval)


class FileDeleteTrigger(BaseEventTrigger):
    """For assets: each time that the file `filepath` is there it is deleted, and an event tells of it."""

    def __init__(self, filepath: str, poke_interval: float = 5.0, **kwargs: Any) -> None:
        super().__init__()
        self.filepath = filepath
        self.poke_interval = poke_interval

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Path and arguments."""
        return f"{__name__}.FileDeleteTrigger", {"filepath": self.filepath, "poke_interval": self.poke_interval}

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Delete the file whenever it appears."""
        while True:
            if await asyncio.to_thread(Path(self.filepath).is_file):
                await asyncio.to_thread(os.remove, self.filepath)
                self.log.info("The file %s was there and is deleted", self.filepath)
                yield TriggerEvent(True)
                return
            await asyncio.sleep(self.poke_interval)


class DirectoryFileDeleteTrigger(BaseEventTrigger):
    """For assets: as `FileDeleteTrigger`, for the file `filename` of the folder `directory`.

    The folder may come later.  Raises NotADirectoryError when it is something else.
    """

    def __init__(self, *, directory: str, filename: str, poke_interval: float = 5.0) -> None:
        super().__init__()
        self.directory = directory
        self.filename = filename
        self.poke_interval = poke_interval

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Path and arguments."""
        return (
            f"{__name__}.DirectoryFileDeleteTrigger",
            {"directory": self.directory, "filename": self.filename, "poke_interval": self.poke_interval},
        )

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Delete the file when it appears."""
        while True:
            if await asyncio.to_thread(self._take):
                self.log.info("The file %s was in %s and is deleted", self.filename, self.directory)
                yield TriggerEvent(True)
                return
            await asyncio.sleep(self.poke_interval)

    def _take(self) -> bool:
        folder = Path(self.directory)
        if folder.exists() and not folder.is_dir():
            raise NotADirectoryError(f"{self.directory} is not a folder")
        file = folder / self.filename
        if not file.is_file():
            return False
        file.unlink()
        return True
