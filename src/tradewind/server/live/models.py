"""The events of the stream, as the client reads them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from tradewind.server.hidden import CONTENT
from tradewind.server.models.common import Answer


class HelloEvent(Answer):
    """The stream has begun: from here on nothing is missed."""

    kind: Literal["hello"] = "hello"
    position: int


class ResetEvent(Answer):
    """Something was missed: fetch what is shown anew."""

    kind: Literal["reset"] = "reset"
    position: int


class RunChange(Answer):
    """What a run is now."""

    id: int
    run_id: str
    run_type: str
    state: str
    reason: str | None
    run_after: datetime
    logical_date: datetime | None
    queued_at: datetime | None
    start_date: datetime | None
    end_date: datetime | None
    note: str | None
    version_number: int


class RunEvent(Answer):
    """A run was made or changed.  Topics: `dags`, that of the DAG, that of the run."""

    kind: Literal["run"] = "run"
    position: int
    dag_id: str
    run: RunChange
    new: bool
    """It was made just now."""
    refetch: bool
    """So many task instances changed that they are not sent one by one: fetch the tasks of the run anew."""


class TaskChange(Answer):
    """What a task instance is now.  Times are milliseconds since 1970 (UTC)."""

    task_id: str
    map_index: int
    name: Annotated[str | None, CONTENT]
    state: str | None
    try_number: int
    queued: int | None
    start: int | None
    end: int | None
    has_note: bool
    reason: str | None


class TasksEvent(Answer):
    """Task instances of a run changed.  Topics: that of the run, that of a task instance."""

    kind: Literal["tasks"] = "tasks"
    position: int
    dag_id: str
    run_id: str
    run_pk: int
    items: list[TaskChange]


class CellsEvent(Answer):
    """Cells of the grid changed.  Topic: that of the DAG."""

    kind: Literal["cells"] = "cells"
    position: int
    dag_id: str
    run_id: str
    run_pk: int
    tasks: list[str]
    codes: list[int]
    """For each task the byte of its state; see `state_codes`."""


class DagEvent(Answer):
    """A DAG changed.  Topics: `dags`, that of the DAG."""

    kind: Literal["dag"] = "dag"
    position: int
    dag_id: str
    paused: bool
    stale: bool
    has_import_errors: bool
    next_run_after: datetime | None
    next_logical_date: datetime | None
    version_id: int
    """Another number than before: there is a new version."""


class GoneEvent(Answer):
    """A DAG, or a run of it, was deleted.  Topics: `dags`, that of the DAG, that of the run."""

    kind: Literal["gone"] = "gone"
    position: int
    dag_id: str
    run_id: str | None


Hinted = Literal["home", "hitl", "imports", "assets", "backfills", "pools"]


class HintEvent(Answer):
    """Something of this topic changed: fetch it anew if it is shown.  At most one in two seconds."""

    kind: Literal["hint"] = "hint"
    position: int
    topic: Hinted


class ServiceState(Answer):
    """A kind of process."""

    kind: str
    healthy: bool


class HealthEvent(Answer):
    """A service came or went.  Topic: `health`."""

    kind: Literal["health"] = "health"
    position: int
    services: list[ServiceState]


LiveEvent = Annotated[
    HelloEvent | ResetEvent | RunEvent | TasksEvent | CellsEvent | DagEvent | GoneEvent | HintEvent | HealthEvent,
    Field(discriminator="kind"),
]
"""The `data` of an event; `kind` is also the name of the event."""
