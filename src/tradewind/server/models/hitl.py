"""What tasks ask people, as Airflow's API tells it (`hitlDetails`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from tradewind.server.models.common import Answer, Body, Text
from tradewind.server.models.task_instances import (
    TaskInstanceHistoryResponse,
    TaskInstanceResponse,
    task_instance_answer,
)
from tradewind.store.reads import Row


class HITLUser(Answer):
    """Somebody who was asked, or who answered."""

    id: str
    name: str


class UpdateHITLDetailPayload(Body):
    """An answer."""

    chosen_options: Annotated[list[Text], Field(min_length=1)]
    params_input: dict[str, Any] = {}


class HITLDetailResponse(Answer):
    """An answer that was written."""

    responded_by: HITLUser
    responded_at: datetime
    chosen_options: list[str]
    params_input: dict[str, Any]


class BaseHITLDetail(Answer):
    """A question, and its answer once there is one."""

    options: list[str]
    subject: str
    body: str | None
    defaults: list[str] | None
    multiple: bool
    params: dict[str, Any]
    assigned_users: list[HITLUser]
    created_at: datetime
    responded_by_user: HITLUser | None
    responded_at: datetime | None
    chosen_options: list[str] | None
    params_input: dict[str, Any]
    response_received: bool


class HITLDetail(BaseHITLDetail):
    """What a task instance asks."""

    task_instance: TaskInstanceResponse


class HITLDetailCollection(Answer):
    """A page of questions."""

    hitl_details: list[HITLDetail]
    total_entries: int


class HITLDetailHistory(BaseHITLDetail):
    """What a task instance asked in one of its tries."""

    task_instance: TaskInstanceHistoryResponse


def question_fields(row: Row) -> dict[str, Any]:
    """From the columns of a question."""
    by = row["responded_by_id"]
    return {
        "options": row["options"],
        "subject": row["subject"],
        "body": row["body"],
        "defaults": row["defaults"],
        "multiple": row["multiple"],
        "params": {name: _param(value) for name, value in row["params"].items()},
        "assigned_users": [HITLUser(id=user["id"], name=user["name"]) for user in row["assigned_users"]],
        "created_at": row["created_at"],
        "responded_by_user": None if by is None else HITLUser(id=by, name=row["responded_by_name"]),
        "responded_at": row["responded_at"],
        "chosen_options": row["chosen_options"],
        "params_input": row["params_input"] or {},
        "response_received": row["responded_at"] is not None,
    }


def _param(value: Any) -> Any:
    if isinstance(value, Mapping) and {"value", "schema", "description"} <= set(value):
        return dict(value)
    return {"value": value, "description": None, "schema": {}}


def question_answer(row: Row, instance: Row) -> HITLDetail:
    """From a question and its task instance."""
    return HITLDetail(**question_fields(row), task_instance=task_instance_answer(instance))
