"""Backfills, as Airflow's API shows them and with what Tradewind has beyond that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BeforeValidator, Field

from tradewind.core.backfill import Action, Pick, Planned, Reprocess, TaskChoice, date_of
from tradewind.core.estimate import Estimate
from tradewind.core.phrases import say
from tradewind.server.models.common import Answer, Body, CursorAnswer, Text, display_name
from tradewind.server.models.phrases import PhraseResponse, phrase_answer
from tradewind.spec.states import DagRunState
from tradewind.store.backfills import Plan, RetryPreview, Wanted
from tradewind.store.reads import Row


def _time(value: object) -> object:
    """A time without a zone is UTC, as in Airflow."""
    if isinstance(value, str):
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            return value
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at
    return value


def _day_or_time(value: object) -> object:
    if isinstance(value, str) and len(value) == 10:
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return _time(value)


Time = Annotated[AwareDatetime, BeforeValidator(_time)]
DayOrTime = Annotated[AwareDatetime | date, BeforeValidator(_day_or_time)]


class BackfillPostBody(Body):
    """Airflow's body."""

    dag_id: Text
    from_date: Time
    to_date: Time
    run_backwards: bool = False
    dag_run_conf: dict[str, Any] | None = None
    reprocess_behavior: Reprocess = Reprocess.NONE
    max_active_runs: int = 10
    run_on_latest_version: bool | None = None

    def wanted(self) -> Wanted:
        """What it asks for."""
        return Wanted(
            dag_id=self.dag_id,
            from_date=self.from_date,
            to_date=self.to_date,
            run_backwards=self.run_backwards,
            conf=self.dag_run_conf or None,
            reprocess_behavior=self.reprocess_behavior,
            max_active_runs=self.max_active_runs,
            run_on_latest_version=bool(self.run_on_latest_version),
        )


class TaskChoiceBody(Body):
    """Which tasks run."""

    task_ids: list[Text] = []
    task_regex: Text | None = None
    include_upstream: bool = False
    include_downstream: bool = False


class BackfillBody(Body):
    """All that a backfill can be."""

    dag_id: Text
    from_date: Time | None = None
    to_date: Time | None = None
    dates: list[DayOrTime] | None = Field(None, description="Instead of a range: logical dates, or days.")
    partition_keys: list[str] | None = Field(
        None, description="Instead of dates: keys of partitions, of a DAG that runs by them."
    )
    run_backwards: bool = False
    dag_run_conf: dict[str, Any] | None = None
    reprocess_behavior: Reprocess = Reprocess.NONE
    only: list[Pick] | None = Field(None, description="Instead of reprocess_behavior: exactly these.")
    tasks: TaskChoiceBody | None = None
    max_active_runs: int = 10
    stop_after: int | None = Field(None, description="Pause after so many failed runs.")
    run_on_latest_version: bool = False
    is_paused: bool = False

    def wanted(self) -> Wanted:
        """What it asks for."""
        tasks = self.tasks
        return Wanted(
            dag_id=self.dag_id,
            from_date=self.from_date,
            to_date=self.to_date,
            dates=self.dates,
            partition_keys=self.partition_keys,
            run_backwards=self.run_backwards,
            conf=self.dag_run_conf,
            reprocess_behavior=self.reprocess_behavior,
            only=self.only,
            tasks=None
            if tasks is None
            else TaskChoice(tuple(tasks.task_ids), tasks.task_regex, tasks.include_upstream, tasks.include_downstream),
            max_active_runs=self.max_active_runs,
            stop_after=self.stop_after,
            run_on_latest_version=self.run_on_latest_version,
            paused=self.is_paused,
            reason=str(say("recorded.made_paused")) if self.is_paused else None,
        )


class BackfillPatchBody(Body):
    """What can be changed while it goes on."""

    max_active_runs: int | None = None
    stop_after: int | None = None


class BackfillResponse(Answer):
    """Airflow's answer."""

    id: int
    dag_id: str
    from_date: datetime
    to_date: datetime
    dag_run_conf: dict[str, Any] | None
    is_paused: bool
    reprocess_behavior: Reprocess
    max_active_runs: int
    created_at: datetime
    completed_at: datetime | None
    updated_at: datetime
    dag_display_name: str


class BackfillCollectionResponse(Answer):
    """A page of them."""

    backfills: list[BackfillResponse]
    total_entries: int


class DryRunBackfillResponse(Answer):
    """A run that would be made, or made again."""

    logical_date: datetime | None
    partition_key: str | None = None
    partition_date: datetime | None = None


class DryRunBackfillCollectionResponse(Answer):
    """Those that a backfill would make."""

    backfills: list[DryRunBackfillResponse]
    total_entries: int


class BackfillDetailResponse(BackfillResponse):
    """A backfill with all that it is and how far it has come."""

    run_backwards: bool
    dates: list[datetime] | None
    partition_keys: list[str] | None
    only: list[Pick]
    tasks: dict[str, Any] | None
    stop_after: int | None
    run_on_latest_version: bool
    origin: str
    created_by: str | None
    reason: str | None
    expected: int | None
    """How many logical dates there will be, about."""
    planned: int
    """How many were decided so far."""
    runs: dict[str, int] | None = None
    """How many runs are in each state; those that succeeded although a task failed are `tolerated` and no `success`.
    In a list only when it was asked for."""
    skipped: int | None = None


class BackfillDetailCollectionResponse(CursorAnswer):
    """A page of them."""

    backfills: list[BackfillDetailResponse]


class BackfillRunResponse(Answer):
    """What became of one logical date."""

    logical_date: datetime
    partition_key: str | None
    ordinal: int
    action: Action
    reason: str
    dag_run_id: str | None
    state: DagRunState | None
    tolerated: bool
    """The run succeeded although a task failed."""
    start_date: datetime | None
    end_date: datetime | None


class BackfillRunCollectionResponse(CursorAnswer):
    """A page of them, in the order of the backfill."""

    backfill_runs: list[BackfillRunResponse]


class PlannedRunResponse(Answer):
    """What would become of one logical date."""

    logical_date: datetime
    partition_key: str | None
    run_after: datetime
    action: Action
    reason: str
    dag_run_id: str | None
    state: DagRunState | None
    """Of the run that is there."""


class EstimateResponse(Answer):
    """How long it will take, in seconds, and how sure that is."""

    seconds: float | None
    low: float | None
    high: float | None
    per_run: float | None
    task_seconds: float | None
    confidence: str
    basis: str
    basis_said: PhraseResponse | None
    """`basis` as data."""


class BackfillPlanResponse(Answer):
    """What a backfill would do."""

    runs: list[PlannedRunResponse]
    """The first ones, in the order of the backfill."""
    counts: dict[Action, int]
    expected: int
    exact: bool
    """False: beyond the runs that were counted, the numbers are extrapolated."""
    tasks: list[str]
    estimate: EstimateResponse
    dag_is_paused: bool


class BackfillRetryResponse(Answer):
    """How many failed runs run again."""

    retried: int


class BackfillRetryPreviewResponse(Answer):
    """What a retry would let run again."""

    dag_id: str
    sentence: str
    run_count: int
    runs: list[str]
    """The first 500, in the order of the backfill; `tasks` and `task_instances` are of these."""
    tasks: dict[str, int]
    task_instances: int
    at_once: int
    """Most runs that run at a time."""
    dag_is_paused: bool
    """The runs wait until it is unpaused."""


def retry_preview_answer(found: RetryPreview) -> BackfillRetryPreviewResponse:
    """From `store.backfills`."""
    return BackfillRetryPreviewResponse(**asdict(found))


def backfill_answer(row: Row) -> BackfillResponse:
    """From a row of `store.backfills`."""
    return BackfillResponse(**_plain(row))


def backfill_detail(row: Row) -> BackfillDetailResponse:
    """From a row of `store.backfills`."""
    dates = row["dates"]
    return BackfillDetailResponse(
        **_plain(row),
        dates=None if dates is None else [datetime.fromisoformat(text) for text in dates],
        only=[Pick(word) for word in row["selection"].split(",")],
        runs=row.get("runs"),
        skipped=row.get("skipped"),
        **{name: row[name] for name in _MORE},
    )


_SAME = ("id", "dag_id", "from_date", "to_date", "max_active_runs", "created_at", "completed_at", "updated_at")
_MORE = (
    "run_backwards", "partition_keys", "tasks", "stop_after", "run_on_latest_version", "origin", "created_by", "reason",
    "expected", "planned",
)  # fmt: skip


def _plain(row: Row) -> dict[str, Any]:
    return {
        **{name: row[name] for name in _SAME},
        "dag_run_conf": row["conf"] if row["conf"] is not None else {},
        "is_paused": row["paused"],
        "reprocess_behavior": Reprocess(row["reprocess_behavior"]),
        "dag_display_name": display_name(row),
    }


def backfill_run_answer(row: Row) -> BackfillRunResponse:
    """From a row of `Backfills.runs`."""
    return BackfillRunResponse(
        **{
            name: row[name] for name in ("logical_date", "partition_key", "ordinal", "reason", "start_date", "end_date")
        },
        action=Action(row["action"]),
        dag_run_id=row["run_id"],
        state=None if row["state"] is None else DagRunState(row["state"]),
        tolerated=bool(row["tolerated"]),
    )


def dry_run_answer(items: Sequence[Planned], total: int) -> DryRunBackfillCollectionResponse:
    """Those that would run; Airflow leaves out the others."""
    return DryRunBackfillCollectionResponse(
        backfills=[
            DryRunBackfillResponse(
                logical_date=item.run.logical_date,
                partition_key=item.run.partition_key,
                partition_date=item.run.partition_date,
            )
            for item in items
            if item.action is not Action.SKIP
        ],
        total_entries=total,
    )


def plan_answer(plan: Plan) -> BackfillPlanResponse:
    """What a backfill would do."""
    return BackfillPlanResponse(
        runs=[
            PlannedRunResponse(
                logical_date=date_of(item.run),
                partition_key=item.run.partition_key,
                run_after=item.run.run_after,
                action=item.action,
                reason=item.reason,
                dag_run_id=None if item.existing is None else item.existing.run_id,
                state=None if item.existing is None else item.existing.state,
            )
            for item in plan.items
        ],
        counts=plan.counts,
        expected=plan.expected,
        exact=plan.exact,
        tasks=list(plan.tasks),
        estimate=estimate_answer(plan.estimate),
        dag_is_paused=plan.paused,
    )


def estimate_answer(found: Estimate) -> EstimateResponse:
    """An estimate."""
    told = {name: getattr(found, name) for name in EstimateResponse.model_fields if name != "basis_said"}
    return EstimateResponse(**told, basis_said=phrase_answer(found.basis))
