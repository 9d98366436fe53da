"""XComs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field, JsonValue

from tradewind.server.models.common import Answer, Body, Text, display_name
from tradewind.store.reads import Row


class XComResponse(Answer):
    """An XCom without its value."""

    key: str
    timestamp: datetime
    logical_date: datetime | None
    map_index: int
    task_id: str
    dag_id: str
    run_id: str
    dag_display_name: str
    task_display_name: str
    run_after: datetime


class XComResponseNative(XComResponse):
    """An XCom with its value as JSON."""

    value: Any
    download: str | None
    """Where all of a value is that is too large for an answer: `value` tells its size then.  Beyond Airflow's API."""


class XComResponseString(XComResponse):
    """An XCom with its value as one text."""

    value: str | None


class XComCollectionResponse(Answer):
    """A page of XComs."""

    xcom_entries: list[XComResponse]
    total_entries: int


class XComCreateBody(Body):
    """An XCom to write."""

    key: Text = Field(min_length=1, max_length=512)
    value: JsonValue
    map_index: int = Field(default=-1, ge=-1, le=2**31 - 1)


class XComUpdateBody(Body):
    """A new value of an XCom."""

    value: JsonValue
    map_index: int = Field(default=-1, ge=-1, le=2**31 - 1)


def xcom_fields(row: Row) -> dict[str, Any]:
    """From a row of `reads.xcoms`, all but the value."""
    task = row["spec"].task(row["task_id"]) if row["spec"] else None
    return {
        "key": row["key"],
        "timestamp": row["created_at"],
        "logical_date": row["logical_date"],
        "map_index": row["map_index"],
        "task_id": row["task_id"],
        "dag_id": row["dag_id"],
        "run_id": row["run_id"],
        "dag_display_name": display_name(row),
        "task_display_name": (task.task_display_name if task else "") or row["task_id"],
        "run_after": row["run_after"],
    }
