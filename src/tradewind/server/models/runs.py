"""DAG runs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from tradewind.server.models.common import (
    Answer,
    BatchBody,
    Body,
    DagVersionResponse,
    Note,
    Text,
    display_name,
    version_of,
)
from tradewind.spec.states import DagRunState, DagRunType
from tradewind.store.reads import Row

TriggeredBy = Literal["cli", "operator", "rest_api", "ui", "test", "timetable", "asset", "backfill"]
_TRIGGERED_BY = frozenset({"cli", "operator", "rest_api", "ui", "test", "timetable", "asset", "backfill"})


class DAGRunResponse(Answer):
    """A DAG run."""

    dag_run_id: str
    dag_id: str
    logical_date: datetime | None
    queued_at: datetime | None
    start_date: datetime | None
    end_date: datetime | None
    duration: float | None
    data_interval_start: datetime | None
    data_interval_end: datetime | None
    run_after: datetime
    last_scheduling_decision: datetime | None
    run_type: DagRunType
    state: DagRunState
    triggered_by: TriggeredBy | None
    triggering_user_name: str | None
    conf: dict[str, Any] | None
    note: str | None
    dag_versions: list[DagVersionResponse]
    bundle_version: str | None = None
    dag_display_name: str
    partition_key: str | None
    partition_date: datetime | None = None


class DAGRunCollectionResponse(Answer):
    """A page of runs; by cursor it has cursors, and counts no further than `total_entries_limit`."""

    dag_runs: list[DAGRunResponse]
    total_entries: int | None = None
    total_entries_limit: int | None = None
    next_cursor: str | None = None
    previous_cursor: str | None = None


class TriggerDAGRunPostBody(Body):
    """A run to make; an empty `dag_run_id` is none, as forms send it."""

    logical_date: AwareDatetime | None
    dag_run_id: Text | None = Field(default=None, max_length=250)
    data_interval_start: AwareDatetime | None = None
    data_interval_end: AwareDatetime | None = None
    run_after: AwareDatetime | None = None
    conf: dict[str, Any] | None = None
    note: Note | None = None
    partition_key: Text | None = Field(default=None, max_length=250)


class DAGRunPatchBody(Body):
    """What can be changed of a run."""

    state: Literal["queued", "success", "failed"] | None = None
    note: Note | None = None


class DAGRunClearBody(Body):
    """How to clear a run."""

    dry_run: bool = True
    only_failed: bool = False
    only_new: bool = False
    run_on_latest_version: bool | None = None
    include_dependent_dags: bool = True
    """What an `ExternalTaskMarker` in it stands for in other DAGs, too."""
    note: Note | None = None


class DAGRunsBatchBody(BatchBody):
    """A filter on runs of all DAGs."""

    states: list[DagRunState | None] | None = None
    conf_contains: str | None = None


def run_answer(row: Row) -> DAGRunResponse:
    """From a row of `reads.runs`."""
    triggered_by = row["triggered_by"]
    return DAGRunResponse(
        dag_run_id=row["run_id"],
        dag_id=row["dag_id"],
        logical_date=row["logical_date"],
        queued_at=row["queued_at"],
        start_date=row["start_date"],
        end_date=row["end_date"],
        duration=row["duration"],
        data_interval_start=row["data_interval_start"],
        data_interval_end=row["data_interval_end"],
        run_after=row["run_after"],
        # decisions are made on events, not in rounds: the last change is the last time it was looked at
        last_scheduling_decision=row["updated_at"],
        run_type=DagRunType(row["run_type"]),
        state=DagRunState(row["state"]),
        triggered_by=triggered_by if triggered_by in _TRIGGERED_BY else None,
        triggering_user_name=row["triggering_user_name"],
        conf=row["conf"],
        note=row["note"],
        dag_versions=[version_of(row)],
        dag_display_name=display_name(row),
        partition_key=row["partition_key"],
        partition_date=row["partition_date"],
    )
