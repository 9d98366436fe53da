"""Assets, their events, and what consumers wait with."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import AwareDatetime, Field, field_validator

from tradewind.server.models.common import Answer, Body, Note, Text
from tradewind.server.models.monitoring import short_id
from tradewind.store.reads import Row


class DagScheduleAssetReference(Answer):
    """A DAG that waits for an asset."""

    dag_id: str
    created_at: datetime
    updated_at: datetime


class TaskAssetReference(Answer):
    """A task that makes or uses an asset."""

    dag_id: str
    task_id: str
    created_at: datetime
    updated_at: datetime


class AssetAliasResponse(Answer):
    """An alias."""

    id: int
    name: str
    group: str


class AssetWatcherResponse(Answer):
    """A watcher of an asset."""

    name: str
    trigger_id: int
    """A number made from the id of its watch."""
    created_date: datetime


class LastAssetEventResponse(Answer):
    """The newest event of an asset."""

    id: int | None
    timestamp: datetime | None


class AssetResponse(Answer):
    """An asset."""

    id: int
    name: str
    uri: str
    group: str
    extra: dict[str, Any] | None
    created_at: datetime
    updated_at: datetime
    scheduled_dags: list[DagScheduleAssetReference]
    producing_tasks: list[TaskAssetReference]
    consuming_tasks: list[TaskAssetReference]
    aliases: list[AssetAliasResponse]
    watchers: list[AssetWatcherResponse]
    last_asset_event: LastAssetEventResponse | None


class AssetCollectionResponse(Answer):
    """A page of assets."""

    assets: list[AssetResponse]
    total_entries: int


class AssetAliasCollectionResponse(Answer):
    """A page of aliases."""

    asset_aliases: list[AssetAliasResponse]
    total_entries: int


class DagRunAssetReference(Answer):
    """A run that consumed an event."""

    run_id: str
    dag_id: str
    logical_date: datetime | None
    start_date: datetime
    """Of a run that waits: when it was queued; clients of Airflow want a time here."""
    end_date: datetime | None
    state: str
    data_interval_start: datetime | None
    data_interval_end: datetime | None
    partition_key: str | None
    triggering: bool
    """Whether this event is the last one that the run consumed, the one that made it."""
    tolerated: bool
    """The run succeeded although a task failed."""


class AssetEventResponse(Answer):
    """An event of an asset."""

    id: int
    asset_id: int
    uri: str | None
    name: str | None
    group: str | None
    extra: dict[str, Any] | None
    source_task_id: str | None
    source_dag_id: str | None
    source_run_id: str | None
    source_map_index: int
    created_dagruns: list[DagRunAssetReference]
    timestamp: datetime
    partition_key: str | None


class AssetEventCollectionResponse(Answer):
    """A page of events."""

    asset_events: list[AssetEventResponse]
    total_entries: int


class QueuedEventResponse(Answer):
    """An asset that a DAG has seen since its last run."""

    dag_id: str
    asset_id: int
    created_at: datetime
    dag_display_name: str


class QueuedEventCollectionResponse(Answer):
    """What consumers have seen since their last run."""

    queued_events: list[QueuedEventResponse]
    total_entries: int


class AssetEventAccessControl(Body):
    """Which teams may consume an event.  There are no teams here: everybody may, and nothing else can be asked for."""

    consumer_teams: list[str] | None = None
    allow_global: bool = True


class CreateAssetEventsBody(Body):
    """An event to append."""

    asset_id: int = Field(ge=0, lt=2**63)
    partition_key: Text | None = Field(default=None, min_length=1, max_length=250)
    extra: dict[str, Any] = {}
    access_control: AssetEventAccessControl | None = None

    @field_validator("access_control")
    @classmethod
    def _everybody(cls, value: AssetEventAccessControl | None) -> AssetEventAccessControl | None:
        if value is not None and (value.consumer_teams or not value.allow_global):
            raise ValueError("there are no teams: every event is for everybody; leave access_control out")
        return value


class MaterializeAssetBody(Body):
    """The run that makes an asset anew."""

    dag_run_id: Text | None = Field(default=None, min_length=1, max_length=250)
    logical_date: AwareDatetime | None = None
    data_interval_start: AwareDatetime | None = None
    data_interval_end: AwareDatetime | None = None
    run_after: AwareDatetime | None = None
    conf: dict[str, Any] | None = None
    note: Note | None = None
    partition_key: Text | None = Field(default=None, max_length=250)


def asset_answer(row: Row) -> AssetResponse:
    """From a row of `reads.assets`."""
    last = row["last_asset_event"]
    return AssetResponse(
        **_some(row, "id", "name", "uri", "group", "extra", "created_at", "updated_at"),
        scheduled_dags=[DagScheduleAssetReference(**_some(use, *_DAG)) for use in row["scheduled_dags"]],
        producing_tasks=[TaskAssetReference(**_some(use, *_TASK)) for use in row["producing_tasks"]],
        consuming_tasks=[TaskAssetReference(**_some(use, *_TASK)) for use in row["consuming_tasks"]],
        aliases=[alias_answer(alias) for alias in row["aliases"]],
        watchers=[_watcher(row, each) for each in row["watchers"]],
        last_asset_event=LastAssetEventResponse(**last) if last else None,
    )


def _watcher(asset: Row, row: Row) -> AssetWatcherResponse:
    return AssetWatcherResponse(
        name=row["name"], trigger_id=short_id(f"{asset['name']}/{row['name']}"), created_date=row["created_at"]
    )


_DAG = ("dag_id", "created_at", "updated_at")
_TASK = ("dag_id", "task_id", "created_at", "updated_at")
_RUN = (
    "run_id",
    "dag_id",
    "logical_date",
    "start_date",
    "end_date",
    "state",
    "data_interval_start",
    "data_interval_end",
    "partition_key",
)


def _some(row: Row, *names: str) -> dict[str, Any]:
    return {name: row[name] for name in names}


def alias_answer(row: Row) -> AssetAliasResponse:
    """From a row of `reads.assets.aliases`."""
    return AssetAliasResponse(**_some(row, "id", "name", "group"))


def asset_event_answer(row: Row) -> AssetEventResponse:
    """From a row of `reads.assets.events`."""
    sources = ("source_task_id", "source_dag_id", "source_run_id")
    return AssetEventResponse(
        **_some(row, "id", "asset_id", "uri", "name", "group", "extra", "partition_key", *sources),
        source_map_index=-1 if row["source_map_index"] is None else row["source_map_index"],
        created_dagruns=[_consumer(run) for run in row["created_dagruns"]],
        timestamp=row["at"],
    )


def _consumer(run: Row) -> DagRunAssetReference:
    fields = _some(run, *_RUN)
    fields["start_date"] = run["start_date"] or run["queued_at"] or run["run_after"]
    return DagRunAssetReference(**fields, triggering=bool(run["triggering"]), tolerated=bool(run["tolerated"]))


def queued_answer(rows: list[Row]) -> QueuedEventCollectionResponse:
    """From the rows of `reads.assets.queued`."""
    names = ("dag_id", "asset_id", "created_at", "dag_display_name")
    events = [QueuedEventResponse(**_some(row, *names)) for row in rows]
    return QueuedEventCollectionResponse(queued_events=events, total_entries=len(events))
