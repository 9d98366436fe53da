"""Which runs of a DAG to make now, what the next one will be, and whether a queued run may start.

Called by `services.scheduler` when a DAG, the clock or the number of its active runs changed; `next_run`
also by the API.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from tradewind.core.timetables import Timetable
from tradewind.spec.dag import DagSpec
from tradewind.spec.ids import run_id_for
from tradewind.spec.schedule import Interval, NextRun
from tradewind.spec.states import DagRunType


class QueuedRun(Protocol):
    """What `may_start` reads of a run; views and records have it."""

    @property
    def run_type(self) -> DagRunType: ...
    @property
    def run_after(self) -> datetime: ...


def bounds(spec: DagSpec) -> tuple[datetime | None, datetime | None]:
    """The earliest and the latest logical date: the widest that the dates of the DAG and of its tasks
    allow."""
    starts = [spec.start_date, *(task.start_date for task in spec.tasks)]
    ends = [spec.end_date, *(task.end_date for task in spec.tasks)]
    return (
        min((at for at in starts if at is not None), default=None),
        max((at for at in ends if at is not None), default=None),
    )


def next_run(spec: DagSpec, timetable: Timetable, last_automated: Interval | None, now: datetime) -> NextRun | None:
    """The next run that the schedule makes, due or not; None when there is no more."""
    earliest, latest = bounds(spec)
    return timetable.next_run(last_automated, earliest, latest, spec.catchup, now)


def plan(
    spec: DagSpec,
    timetable: Timetable,
    last_automated: Interval | None,
    active: int,
    now: datetime,
    limit: int,
) -> tuple[list[NextRun], NextRun | None]:
    """The runs to make now, oldest first, and the next one after them.

    `last_automated`: data interval of the newest scheduled run; `active`: queued and running runs of the DAG;
    `limit`: most runs to make in one go.  When `max_active_runs` is reached the next run may be due already:
    it is made when an active run ends.
    """
    earliest, latest = bounds(spec)
    room = spec.max_active_runs
    if timetable.active_runs_limit is not None:
        room = min(room, timetable.active_runs_limit)
    room = min(limit, room - active)
    runs: list[NextRun] = []
    following = timetable.next_run(last_automated, earliest, latest, spec.catchup, now)
    while following is not None and following.run_after <= now and len(runs) < room:
        runs.append(following)
        following = timetable.next_run(following.covered, earliest, latest, spec.catchup, now)
    return runs, following


def scheduled_run_id(run: NextRun) -> str:
    """The id of a scheduled run, made from its fire time as in Airflow 3: the same run never gets a second one."""
    return run.run_id or run_id_for(DagRunType.SCHEDULED, run.run_after)


def start_conditions(
    run: QueuedRun, running: int, max_active_runs: int, paused: bool, *, now: datetime | None = None
) -> dict[str, str]:
    """All that keeps a queued run from starting: word -> sentence with numbers; empty when it may start.

    `running`: running runs of the DAG.  A backfill has its own limit and is not held by `max_active_runs`.
    """
    found = {}
    if paused:
        found["paused"] = "the DAG is paused"
    if now is not None and run.run_after > now:
        found["run_after"] = f"it may not start before {run.run_after.isoformat()}"
    if run.run_type is not DagRunType.BACKFILL and running >= max_active_runs:
        found["max_active_runs"] = (
            f"the DAG allows {max_active_runs} running runs (max_active_runs), {running} are running"
        )
    return found


def may_start(run: QueuedRun, running: int, max_active_runs: int, paused: bool, *, now: datetime | None = None) -> bool:
    """Whether a queued run may start; see `start_conditions`."""
    return not start_conditions(run, running, max_active_runs, paused, now=now)
