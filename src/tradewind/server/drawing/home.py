"""The first page: what needs people, what runs, what comes; and the schedule of all DAGs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import Query

from tradewind.core.rhythm import missed_at, usual_gap
from tradewind.errors import InvalidError
from tradewind.server.api.responses import errors
from tradewind.server.auth import Principal, User
from tradewind.server.context import Context, ServerContext
from tradewind.server.drawing.common import RunBar
from tradewind.server.drawing.common import router as make_router
from tradewind.server.drawing.questions import OnTimeout, may_answer, on_timeout
from tradewind.server.models.common import Answer
from tradewind.server.params import QueryTime
from tradewind.store.reads import Row

router = make_router()
DAY = timedelta(hours=24)
AHEAD = timedelta(hours=12)
GRACE = timedelta(minutes=5)
"""A run that is due and not there for so long is late."""
SHOWN = 20
MOST_RUNS = 2000
MOST_PLANNED = 400
LONGEST = timedelta(days=31)


class FailureGroupFacts(Answer):
    """Failures that are the same one: one task, one exception."""

    fingerprint: str
    dag_id: str
    task_id: str | None
    """Null: the run failed without a task that did."""
    error_type: str | None
    message: str
    count: int
    first_at: datetime
    last_at: datetime
    last_run_id: str
    last_map_index: int
    healed: bool
    """A newer run of the DAG succeeded since."""
    tolerated: bool
    """The newest finished run had the failure and succeeded all the same."""


class ApprovalFacts(Answer):
    """A question that waits for an answer."""

    dag_id: str
    run_id: str
    task_id: str
    map_index: int
    subject: str
    asked_at: datetime
    people: list[str]
    """Who may answer; empty: anybody who may run DAGs."""
    may_answer: bool
    """Whoever looks may."""
    due_at: datetime | None
    """When it is too late; null: never."""
    on_timeout: OnTimeout | None
    """What happens then: the `defaults` count as the answer, it is asked again by the next try, or the task fails."""
    defaults: list[str] | None


class ImportErrorFacts(Answer):
    """A DAG file that does not load."""

    id: int
    relative_fileloc: str
    line: int | None
    message: str
    at: datetime
    dag_id: str | None


class LateFacts(Answer):
    """What is late."""

    kind: Literal["deadline", "schedule"]
    """`deadline`: the run missed one; `schedule`: the run was due and is not there."""
    dag_id: str
    run_id: str | None
    name: str | None
    due_at: datetime


class StaleAssetFacts(Answer):
    """An asset that was not updated for longer than usual."""

    asset_id: int
    name: str
    uri: str
    last_at: datetime
    usual_gap_seconds: float


class PlannedFacts(Answer):
    """A run that a schedule will make."""

    dag_id: str
    run_after: datetime
    logical_date: datetime | None


class RunningFacts(Answer):
    """A run that runs now."""

    dag_id: str
    run_id: str
    run_type: str
    start_date: datetime | None
    run_after: datetime


class HomeCounts(Answer):
    """How many there are, or were in the last 24 hours."""

    dags: int
    paused_dags: int
    running_runs: int
    queued_runs: int
    failed_runs: int
    succeeded_runs: int
    tolerated_runs: int
    """Of those that succeeded: a task failed, and the run went on."""
    required_actions: int
    import_errors: int


class HomeResponse(Answer):
    """What needs me, what runs, what comes."""

    position: int
    now: datetime
    counts: HomeCounts
    failures: list[FailureGroupFacts]
    approvals: list[ApprovalFacts]
    import_errors: list[ImportErrorFacts]
    late: list[LateFacts]
    stale_assets: list[StaleAssetFacts]
    running: list[RunningFacts]
    planned: list[PlannedFacts]
    """In the next 12 hours, the earliest first, at most 100."""
    planned_more: bool
    dags_folder: str | None
    """Where the first DAG file goes; told only while there is no DAG."""


class ScheduleRun(RunBar):
    """A run on the schedule."""

    dag_id: str


class ScheduleResponse(Answer):
    """What ran and what will run in a span of time."""

    position: int
    start: datetime
    end: datetime
    now: datetime
    runs: list[ScheduleRun]
    runs_more: bool
    """There were more runs than are shown."""
    planned: list[PlannedFacts]
    planned_more: bool


@router.get("/home", responses=errors())
def get_home(context: Context, user: User) -> HomeResponse:
    """What needs people now, and what comes next."""
    return home_of(context, user)


def home_of(context: ServerContext, user: Principal) -> HomeResponse:
    """The same for `server.warm`, which asks for nobody."""
    now = context.now()
    since = now - DAY
    position = context.store.reads.changes.position()
    reads = context.store.reads.home
    counts = reads.counts(since)
    planned, more = context.store.reads.schedule.planned(now, now + AHEAD, now, 100)
    return HomeResponse(
        position=position,
        now=now,
        counts=HomeCounts(
            dags=counts.dags,
            paused_dags=counts.paused,
            running_runs=counts.running,
            queued_runs=counts.queued,
            failed_runs=counts.failed,
            succeeded_runs=counts.succeeded,
            tolerated_runs=counts.tolerated,
            required_actions=counts.required_actions,
            import_errors=counts.import_errors,
        ),
        failures=[
            FailureGroupFacts(**{name: getattr(group, name) for name in FailureGroupFacts.model_fields})
            for group in reads.failures(since, SHOWN)
        ],
        approvals=[_approval(context, user, row) for row in reads.questions(SHOWN)],
        import_errors=[ImportErrorFacts(**row) for row in reads.import_errors(SHOWN)],
        late=[LateFacts(**row) for row in reads.late(now, since, now - GRACE, SHOWN)],
        stale_assets=_stale(context, now),
        running=[
            RunningFacts(**{name: row[name] for name in RunningFacts.model_fields}) for row in reads.running(SHOWN)
        ],
        planned=[
            PlannedFacts(dag_id=run.dag_id, run_after=run.run_after, logical_date=run.logical_date) for run in planned
        ],
        planned_more=more,
        dags_folder=str(context.dags_folder) if counts.dags == 0 and context.dags_folder is not None else None,
    )


@router.get("/schedule", responses=errors())
def get_schedule(
    context: Context,
    start: Annotated[QueryTime | None, Query(alias="from", description="Default: 12 hours ago.")] = None,
    end: Annotated[QueryTime | None, Query(alias="to", description="Default: in 12 hours.")] = None,
    dag_id: Annotated[list[str] | None, Query(max_length=100, description="Only of these DAGs.")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_RUNS)] = 1000,
) -> ScheduleResponse:
    """The runs of all DAGs in a span of time: those that were, are and will be."""
    now = context.now()
    since, until = start or now - AHEAD, end or now + AHEAD
    if not since < until or until - since > LONGEST:
        raise InvalidError(
            f"the schedule shows up to {LONGEST.days} days, from one time to a later one", fix="ask for less"
        )
    position = context.store.reads.changes.position()
    runs, runs_more = context.store.reads.schedule.ran(since, until, limit, dag_id)
    planned, more = context.store.reads.schedule.planned(max(since, now), until, now, MOST_PLANNED, dag_id)
    return ScheduleResponse(
        position=position,
        start=since,
        end=until,
        now=now,
        runs=[_schedule_run(row) for row in runs],
        runs_more=runs_more,
        planned=[
            PlannedFacts(dag_id=run.dag_id, run_after=run.run_after, logical_date=run.logical_date) for run in planned
        ],
        planned_more=more,
    )


def _approval(context: ServerContext, user: Principal, row: Row) -> ApprovalFacts:
    due_at = row["next_at"]
    return ApprovalFacts(
        dag_id=row["dag_id"],
        run_id=row["run_id"],
        task_id=row["task_id"],
        map_index=row["map_index"],
        subject=row["subject"],
        asked_at=row["created_at"],
        people=[str(person.get("name") or person.get("id")) for person in row["assigned_users"]],
        may_answer=may_answer(context, user, row["dag_id"], [person["id"] for person in row["assigned_users"]]),
        due_at=due_at,
        on_timeout=None if due_at is None else on_timeout(row["defaults"], row),
        defaults=row["defaults"],
    )


def _stale(context: ServerContext, now: datetime) -> list[StaleAssetFacts]:
    """Assets with a rhythm (at least three gaps between updates) that missed a beat."""
    found = []
    for row in context.store.reads.home.asset_rhythms():
        times: list[datetime] = row["times"]
        gap, missed = usual_gap(times), missed_at(times)
        if gap is not None and missed is not None and missed < now:
            found.append(
                StaleAssetFacts(
                    asset_id=row["id"], name=row["name"], uri=row["uri"], last_at=times[0], usual_gap_seconds=gap
                )
            )
    found.sort(key=lambda fact: fact.last_at)
    return found[:SHOWN]


def _schedule_run(row: Row) -> ScheduleRun:
    values: dict[str, Any] = {name: row.get(name) for name in ScheduleRun.model_fields}
    return ScheduleRun(**values)
