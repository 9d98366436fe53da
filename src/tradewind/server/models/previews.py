"""What an action would make or touch."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from pydantic import AwareDatetime

from tradewind.server.models.backfills import EstimateResponse, estimate_answer
from tradewind.server.models.common import Answer, Body, Text
from tradewind.store.previews import ClearPreview, DeletePreview, RunsPreview


class SchedulePreviewBody(Body):
    """What the DAG file would say; what is left out stays as it is."""

    dag_id: Text
    cron: Text | None = None
    timezone: Text | None = None
    start_date: AwareDatetime | None = None
    end_date: AwareDatetime | None = None
    catchup: bool | None = None


class UnpauseBody(Body):
    """How to unpause."""

    confirm_past_runs: bool = False


class RunsPreviewResponse(Answer):
    """The runs that a schedule would make at once."""

    dag_id: str
    sentence: str
    dag_is_paused: bool
    count: int | None
    """Null: only the code of the timetable knows."""
    exact: bool
    first: datetime | None
    last: datetime | None
    next_run_after: datetime | None
    estimate: EstimateResponse


class DeletePreviewResponse(Answer):
    """What would be deleted."""

    dag_id: str
    sentence: str
    runs: int
    unfinished: int
    task_instances: int
    backfills: int


class ClearedResponse(Answer):
    """What would run again of a DAG."""

    dag_id: str
    runs: list[str]
    tasks: dict[str, int]
    task_instances: int


class ClearPreviewResponse(ClearedResponse):
    """What would run again."""

    sentence: str
    dependents: list[ClearedResponse]
    """Of other DAGs, which `ExternalTaskMarker`s lead to."""


class UnpauseResponse(Answer):
    """What was done."""

    dag_id: str
    changed: bool
    """False: it was not paused."""


def runs_answer(found: RunsPreview) -> RunsPreviewResponse:
    """The runs that a schedule would make at once."""
    runs = found.runs
    return RunsPreviewResponse(
        dag_id=found.dag_id,
        sentence=found.sentence,
        dag_is_paused=found.paused,
        count=None if runs is None else runs.count,
        exact=runs is not None and runs.exact,
        first=None if runs is None else runs.first,
        last=None if runs is None else runs.last,
        next_run_after=None if runs is None or runs.following is None else runs.following.run_after,
        estimate=estimate_answer(found.estimate),
    )


def delete_answer(found: DeletePreview) -> DeletePreviewResponse:
    """What would be deleted."""
    return DeletePreviewResponse(**{name: getattr(found, name) for name in DeletePreviewResponse.model_fields})


def clear_answer(found: ClearPreview) -> ClearPreviewResponse:
    """What would run again."""
    return ClearPreviewResponse(
        **asdict(found.own),
        sentence=found.sentence,
        dependents=[ClearedResponse(**asdict(other)) for other in found.dependents],
    )
