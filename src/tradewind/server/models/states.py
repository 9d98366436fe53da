"""State stores of tasks and assets."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, JsonValue

from tradewind.server.models.common import Answer, Body
from tradewind.spec import serde
from tradewind.store.states import Entry


def _something(value: JsonValue) -> JsonValue:
    if value is None:
        raise ValueError("the value of an entry cannot be null; delete the entry instead")
    return value


Value = Annotated[JsonValue, AfterValidator(_something)]


class TaskStateStoreResponse(Answer):
    """An entry of a task instance."""

    key: str
    value: Any
    updated_at: datetime
    expires_at: datetime | None


class TaskStateStoreCollectionResponse(Answer):
    """Entries of a task instance."""

    task_state_store: list[TaskStateStoreResponse]
    total_entries: int


class TaskStateStoreBody(Body):
    """An entry to write; `expires_at` null: kept as long as its run."""

    value: Value
    expires_at: AwareDatetime | Literal["default"] | None = "default"


class TaskStateStorePatchBody(Body):
    """A new value of an entry, which expires when it did."""

    value: Value


class AssetStateStoreLastUpdatedBy(Answer):
    """Who wrote an entry: a task, a watcher, or somebody through the API."""

    kind: Literal["task", "watcher", "api"]
    dag_id: str | None = None
    run_id: str | None = None
    task_id: str | None = None
    map_index: int | None = None


class AssetStateStoreResponse(Answer):
    """An entry of an asset."""

    key: str
    value: Any
    updated_at: datetime
    last_updated_by: AssetStateStoreLastUpdatedBy | None = None


class AssetStateStoreCollectionResponse(Answer):
    """Entries of an asset."""

    asset_state_store: list[AssetStateStoreResponse]
    total_entries: int


class AssetStateStoreBody(Body):
    """An entry to write."""

    value: Value


def task_entry(entry: Entry) -> TaskStateStoreResponse:
    """From the store."""
    return TaskStateStoreResponse(
        key=entry.key, value=serde.display(entry.value), updated_at=entry.updated_at, expires_at=entry.expires_at
    )


def asset_entry(entry: Entry) -> AssetStateStoreResponse:
    """From the store."""
    return AssetStateStoreResponse(
        key=entry.key,
        value=serde.display(entry.value),
        updated_at=entry.updated_at,
        last_updated_by=_writer(entry.updated_by),
    )


def _writer(text: str | None) -> AssetStateStoreLastUpdatedBy | None:
    if text is None:
        return None
    known = json.loads(text)
    return AssetStateStoreLastUpdatedBy(**{"kind": "task", **known})
