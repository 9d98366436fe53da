"""Which log a request is about: a try of a task instance, and of the files of a try that was lost one.  Called by
`server.live.log_routes`, whose routes all take it the same way.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Query

from tradewind.errors import NotFoundError
from tradewind.server.api.logs import log_attempts
from tradewind.server.context import Context, ServerContext
from tradewind.server.logs import inside
from tradewind.server.models.common import Answer
from tradewind.server.params import MAX_INT, DagId, MapIndex, RunId, TaskId
from tradewind.store.reads import Row

ACTIVE = frozenset({"queued", "running"})
TryNumber = Annotated[int | None, Query(ge=0, le=MAX_INT, description="Without it: the newest try.")]
FilePlace = Annotated[
    int | None,
    Query(
        alias="file", ge=0, le=10_000, description="Place in `files`: a try that was lost has several.  Default: last."
    ),
]


class LogFile(Answer):
    """One file of the log of a try."""

    attempt_id: str
    size: int
    """Bytes."""
    active: bool
    """It may grow."""
    there: bool
    """This server has the file."""


class AskedLog:
    """The files of a try, and the one that was asked for."""

    def __init__(self, folder: Path, attempts: list[Row], try_number: int, place: int | None) -> None:
        self.try_number = try_number
        paths = [inside(folder, attempt["log_path"]) for attempt in attempts]
        self.files = [_file(attempt, path) for attempt, path in zip(attempts, paths, strict=True)]
        if not self.files:
            raise NotFoundError("this try has no log yet", fix="wait until it has started")
        self.place = len(self.files) - 1 if place is None else place
        if self.place >= len(self.files):
            raise NotFoundError(f"the log of this try has {len(self.files)} files, there is none at {place}")
        self.path = paths[self.place]
        self.file = self.files[self.place]

    @property
    def active(self) -> bool:
        """Its attempt was not over when this was asked."""
        return self.file.active

    def there(self) -> Path:
        """The path of the file.  Raises NotFoundError when it is not there."""
        if self.path is None or not self.file.there:
            raise NotFoundError("the log is not in the log folder of this server")
        return self.path


def _file(attempt: Row, path: Path | None) -> LogFile:
    size = None
    if path is not None:
        try:
            size = path.stat().st_size
        except OSError:
            size = None
    return LogFile(attempt_id=attempt["id"], size=size or 0, active=attempt["state"] in ACTIVE, there=size is not None)


def _find(
    context: ServerContext,
    key: tuple[str, str, str, int],
    try_number: int | None,
    place: int | None,
) -> AskedLog:
    row = context.store.reads.task_instances.get(*key)
    if row is None:
        dag_id, run_id, task_id, map_index = key
        raise NotFoundError(
            f"there is no task instance {task_id!r} (map index {map_index}) in run {run_id!r} of DAG {dag_id!r}"
        )
    number = row["try_number"] if try_number is None else try_number
    return AskedLog(context.log_folder, log_attempts(context, row, number), number, place)


def _ask(
    context: Context,
    dag_id: DagId,
    run_id: RunId,
    task_id: TaskId,
    map_index: MapIndex = -1,
    try_number: TryNumber = None,
    place: FilePlace = None,
) -> Callable[[], AskedLog]:
    """Asks for the log: the first time for the newest try, if no other was named, then for the same one."""
    found: list[AskedLog] = []

    def ask() -> AskedLog:
        number, file = (found[0].try_number, found[0].place) if found else (try_number, place)
        found[:] = [_find(context, (dag_id, run_id, task_id, map_index), number, file)]
        return found[0]

    return ask


def _asked(ask: Annotated[Callable[[], AskedLog], Depends(_ask)]) -> AskedLog:
    return ask()


Log = Annotated[AskedLog, Depends(_asked)]
"""The log that the path and the query name."""
LogAgain = Annotated[Callable[[], AskedLog], Depends(_ask)]
"""The same, as it is whenever it is called."""
