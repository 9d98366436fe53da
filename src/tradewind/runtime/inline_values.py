"""What tasks that run in this process keep for a while: large XComs in a folder of their own, state stores in memory.

Used by `inline.MemoryChannel`.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from typing import Any

from tradewind.errors import AirflowNotFoundException
from tradewind.spec import wire


class InlineValues:
    """Answers requests about blobs and state stores; `close` deletes the folder."""

    def __init__(self) -> None:
        self._folder: str | None = None
        self._blobs: dict[str, str] = {}
        self._states: dict[tuple[str, str], str] = {}
        """(owner, key) -> JSON text."""

    def answer(self, request: Any, task_id: str) -> Any:
        """The answer to a request of a task.  Raises AirflowNotFoundException for a blob that does not exist."""
        match request:
            case wire.ReserveBlob():
                if self._folder is None:
                    self._folder = tempfile.mkdtemp(prefix="tradewind-xcom-")
                blob_id = str(len(self._blobs))
                self._blobs[blob_id] = f"{self._folder}/{blob_id}{request.suffix}"
                return [blob_id, self._blobs[blob_id]]
            case wire.FindBlob():
                if request.blob_id not in self._blobs:
                    raise AirflowNotFoundException(f"there is no large XCom {request.blob_id} in this run")
                return self._blobs[request.blob_id]
        owner = f"task {task_id}" if request.asset is None else f"asset {request.asset[0]}"
        match request:
            case wire.GetState():
                return self._states.get((owner, request.key))
            case wire.SetState():
                self._states[owner, request.key] = request.value
                return None
        gone = [place for place in self._states if place[0] == owner and request.key in (None, place[1])]
        for place in gone:
            del self._states[place]
        return len(gone)

    def knows(self, blob_id: str) -> bool:
        """Whether this large value was made here."""
        return blob_id in self._blobs

    def close(self) -> None:
        """Delete what lies in files."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


def overlaid(stored: Iterable[Sequence[Any]], own: Iterable[Sequence[Any]]) -> list[list[Any]]:
    """Rows of task id, map index and value: those of the database, but for what was written here, which is newer."""
    rows = {(row[0], row[1]): list(row) for row in stored}
    for row in own:
        rows.pop((row[0], row[1]), None)
        rows[row[0], row[1]] = list(row)
    return list(rows.values())
