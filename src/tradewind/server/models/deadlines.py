"""Deadlines, as Airflow's pages are told of them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from tradewind.server.models.common import Answer, CursorAnswer
from tradewind.store.reads import Row


class DeadlineResponse(Answer):
    """A deadline of a run, or of one of its tasks."""

    id: UUID
    deadline_time: datetime
    missed: bool
    created_at: datetime
    dag_id: str
    dag_run_id: str
    alert_name: str | None
    task_id: str | None
    """Beyond Airflow: the task that it is about."""
    reference_type: str
    state: Literal["asked", "pending", "met", "missed", "replaced", "none", "failed"]
    """asked: code of the user is to say when it is due, and failed: it could not; none: it does not apply; replaced:
    the run was cleared."""
    has_run: bool
    """False: a fire time that made no run; `dag_run_id` is what its id would have been."""


class DeadlineCollectionResponse(CursorAnswer):
    """A page of deadlines."""

    deadlines: list[DeadlineResponse]


def deadline_answer(row: Row) -> DeadlineResponse:
    """From a row of `deadline` with the id of its run."""
    return DeadlineResponse(
        id=UUID(row["id"]),
        deadline_time=row["due_at"],
        missed=row["state"] == "missed",
        created_at=row["created_at"],
        dag_id=row["dag_id"],
        dag_run_id=row["run_id"],
        alert_name=row["name"],
        task_id=row["task_id"] or None,
        reference_type=row["reference"],
        state=row["state"],
        has_run=row["dag_run_id"] is not None,
    )
