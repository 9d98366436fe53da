"""What an action would make or touch."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from tradewind.server.models.backfills import EstimateResponse, estimate_answer
from tradewind.server.models.common import Answer, Body, Text
from tradewind.server.models.phrases import PhraseValue, TextValue, part_answers
from tradewind.store.previews import ClearPreview, DeletePreview, MarkPreview, PausePreview, RunsPreview, TriggerPreview

MapIndex = Annotated[int, Field(ge=-1, le=2**31 - 1)]


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
    """Null: only the code of the timetable knows, and it did not answer."""
    unknown: str | None
    """Then why."""
    exact: bool
    first: datetime | None
    last: datetime | None
    """Logical dates of the oldest and the newest; `last` is null when more are due than the code had time to count."""
    dates: list[datetime]
    """Logical dates of the first ones, up to 100."""
    next_run_after: datetime | None
    estimate: EstimateResponse


class MarkTasksPreviewBody(Body):
    """Which task instances to mark, and as what."""

    dag_run_id: Text
    task_id: Text | Annotated[list[Text | tuple[Text, MapIndex]], Field(min_length=1, max_length=10_000)]
    """Several: all instances of these tasks; a pair of a task and a map index: this one."""
    map_index: MapIndex | None = None
    """Of those without one; null: all instances of a mapped task."""
    new_state: Literal["success", "failed", "skipped"]
    include_upstream: bool = False
    include_downstream: bool = False
    include_future: bool = False
    include_past: bool = False


class MarkRunPreviewBody(Body):
    """Which run to mark, and as what."""

    dag_run_id: Text
    new_state: Literal["success", "failed"]


class NamedRun(Body):
    """A run."""

    dag_id: Text
    dag_run_id: Text


class RunsActionPreviewBody(Body):
    """What to do with which runs."""

    action: Literal["clear", "mark", "delete"]
    dag_runs: Annotated[list[NamedRun], Field(min_length=1, max_length=100)]
    new_state: Literal["success", "failed"] | None = None
    """For `mark`."""
    only_failed: bool = True
    """For `clear`."""
    include_dependent_dags: bool = True
    """For `clear`."""


class TouchedRuns(Answer):
    """What is touched of a DAG."""

    dag_id: str
    runs: list[str]
    tasks: dict[str, int]
    task_instances: int


class RefusedRun(Answer):
    """A run that the action would fail for, and why."""

    dag_id: str
    dag_run_id: str
    why: str


class RunsActionPreviewResponse(Answer):
    """What an action on several runs touches."""

    parts: list[TouchedRuns]
    task_instances: int
    unfinished: int
    """Runs among those to delete that are not over."""
    refused: list[RefusedRun]


class MarkPreviewResponse(Answer):
    """What would change its state."""

    dag_id: str
    sentence: str
    runs: list[str]
    tasks: dict[str, int]
    task_instances: int
    states: dict[str, int]
    """The state they get (`no_status`: they run again) -> how many."""


class TriggerPreviewResponse(Answer):
    """The run that would be made."""

    dag_id: str
    sentence: str
    dag_run_id: str
    """An id that was not given may get a suffix when it is taken."""
    run_type: str
    run_after: datetime
    logical_date: datetime | None
    data_interval_start: datetime | None
    data_interval_end: datetime | None
    conf: dict[str, Any]
    tasks: int
    waits: list[str]
    """What holds its start up; empty: it starts at once."""
    waits_said: list[TextValue | PhraseValue]
    """The same as data."""
    estimate: EstimateResponse


class PausePreviewResponse(Answer):
    """What pausing would hold up."""

    dag_id: str
    sentence: str
    paused: bool
    """It is already."""
    running: int
    """Runs that go on."""
    queued: int
    """Runs that wait."""
    next_run_after: datetime | None


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
        unknown=found.unknown,
        exact=runs is not None and runs.exact,
        first=None if runs is None else runs.first,
        last=None if runs is None else runs.last,
        dates=[] if runs is None else list(runs.dates),
        next_run_after=None if runs is None or runs.following is None else runs.following.run_after,
        estimate=estimate_answer(found.estimate),
    )


def delete_answer(found: DeletePreview) -> DeletePreviewResponse:
    """What would be deleted."""
    return DeletePreviewResponse(**{name: getattr(found, name) for name in DeletePreviewResponse.model_fields})


def mark_answer(found: MarkPreview) -> MarkPreviewResponse:
    """What would change its state."""
    return MarkPreviewResponse(**{name: getattr(found, name) for name in MarkPreviewResponse.model_fields})


def pause_answer(found: PausePreview) -> PausePreviewResponse:
    """What pausing would hold up."""
    return PausePreviewResponse(**{name: getattr(found, name) for name in PausePreviewResponse.model_fields})


def trigger_answer(found: TriggerPreview) -> TriggerPreviewResponse:
    """The run that would be made."""
    run = found.run
    return TriggerPreviewResponse(
        dag_id=run.dag_id,
        sentence=found.sentence,
        dag_run_id=run.run_id,
        run_type=run.run_type.value,
        run_after=run.run_after,
        logical_date=run.logical_date,
        data_interval_start=run.interval.start if run.interval else None,
        data_interval_end=run.interval.end if run.interval else None,
        conf=run.conf,
        tasks=found.tasks,
        waits=[str(wait) for wait in found.waits],
        waits_said=part_answers(found.waits),
        estimate=estimate_answer(found.estimate),
    )


def clear_answer(found: ClearPreview) -> ClearPreviewResponse:
    """What would run again."""
    return ClearPreviewResponse(
        **asdict(found.own),
        sentence=found.sentence,
        dependents=[ClearedResponse(**asdict(other)) for other in found.dependents],
    )
