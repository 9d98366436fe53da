"""Which runs of a DAG to make now, what the next one will be, and whether a queued run may start.

Called by `services.scheduler` when a DAG, the clock or the number of its active runs changed; `next_run`
also by the API.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from tradewind.core import catchup
from tradewind.core.catchup import LeftOut
from tradewind.core.phrases import say
from tradewind.core.timetables import Timetable
from tradewind.core.timetables.foreseen import Unforeseen
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
    @property
    def awaits_interval(self) -> bool: ...


@dataclass(slots=True)
class Plan:
    """What the schedule asks for now."""

    create: list[NextRun] = field(default_factory=list)
    """The runs to make, oldest first."""
    following: NextRun | None = None
    """The next one after them; it may be due already, when there is no place for it or there was enough to do."""
    left_out: dict[int, LeftOut] = field(default_factory=dict)
    """Index in `create` -> the fire times right before it that the catchup policy leaves out."""
    overlapped: list[NextRun] = field(default_factory=list)
    """Runs that are not made because others are active (overlap policy)."""
    unforeseen: bool = False
    """Only the code of the timetable knows what follows: it must be asked."""


_FIRST, _LAST = datetime(10, 1, 1, tzinfo=UTC), datetime(9990, 1, 1, tzinfo=UTC)
"""No schedule looks beyond these: intervals and time zones need some years more."""


def bounds(spec: DagSpec) -> tuple[datetime | None, datetime | None]:
    """The earliest and the latest logical date: the widest that the dates of the DAG and of its tasks allow.

    As in Airflow the end dates of tasks count only when every task has one.  `datetime.min` and `max`, as people write
    for "always", are moved to where there is still room to reckon.
    """
    starts = [spec.start_date, *(task.start_date for task in spec.tasks)]
    latest = spec.end_date
    ends = [task.end_date for task in spec.tasks if task.end_date is not None]
    if ends and len(ends) == len(spec.tasks):
        latest = max(ends if latest is None else [*ends, latest])
    earliest = min((at for at in starts if at is not None), default=None)
    if earliest is not None:
        earliest = max(earliest, _FIRST)
    if latest is not None:
        latest = min(latest, _LAST)
    return earliest, latest


def next_run(spec: DagSpec, timetable: Timetable, last_automated: Interval | None, now: datetime) -> NextRun | None:
    """The next run that the schedule makes, due or not; None when there is no more.

    Raises `Unforeseen` for a custom timetable whose forecast does not say.
    """
    if not may_be_scheduled(spec):
        return None
    earliest, latest = bounds(spec)
    run = catchup.next_run(spec, timetable, last_automated, earliest, latest, now)
    return None if run is None else jittered(spec, timetable, run)


def next_run_since(
    spec: DagSpec, timetable: Timetable, last_automated: Interval | None, since: datetime, now: datetime
) -> NextRun | None:
    """The first run after the last one that starts at `since` or later; None when there is no more.

    However many lie between, they are not looked at: a DAG that waits for its place may be months behind.  `timetable`
    must be `rhythmic`.
    """
    if not may_be_scheduled(spec):
        return None
    earliest, latest = bounds(spec)
    cutoff = since - timedelta(seconds=spec.schedule_jitter)
    while True:
        run = timetable.since(last_automated, earliest, latest, cutoff, now)
        if run is None:
            return None
        found = jittered(spec, timetable, run)
        if found.run_after >= since:
            return found
        last_automated = run.covered


def plan(
    spec: DagSpec,
    timetable: Timetable,
    last_automated: Interval | None,
    active: int,
    now: datetime,
    limit: int,
) -> Plan:
    """The runs to make now, and the next one after them.

    `last_automated`: data interval of the newest scheduled run; `active`: queued and running runs of the DAG;
    `limit`: most runs to make in one go.  When `max_active_runs` is reached the next run may be due already:
    it is made when an active run ends.
    """
    found = Plan()
    most = most_active(spec, timetable)
    room = most if spec.overlap == "cancel_running" else most - active
    last = last_automated
    due: list[tuple[NextRun, LeftOut | None]] = []
    try:
        found.following = following = next_run(spec, timetable, last, now)
        while following is not None and following.run_after <= now and len(due) < limit:
            if spec.overlap == "queue" and len(due) >= room:
                break
            due.append((following, _left_out(spec, timetable, last, following, now)))
            last = following.covered
            found.following = following = next_run(spec, timetable, last, now)
    except Unforeseen:
        found.following, found.unforeseen = None, True
    if spec.overlap == "skip":
        made = due[: max(0, room)]
        found.overlapped = [run for run, _ in due[max(0, room) :]]
    elif spec.overlap == "cancel_running":
        # each would end the one before it: only the newest are worth starting
        made = due[-most:]
        found.overlapped = [run for run, _ in due[:-most]]
    else:
        made = due
    found.create = [run for run, _ in made]
    found.left_out = {index: gone for index, (_, gone) in enumerate(made) if gone is not None}
    return found


def most_active(spec: DagSpec, timetable: Timetable) -> int:
    """How many runs of the DAG may be active."""
    limit = timetable.active_runs_limit
    return spec.max_active_runs if limit is None else min(spec.max_active_runs, limit)


def may_be_scheduled(spec: DagSpec) -> bool:
    """Whether the DAG allows runs that its schedule makes."""
    return spec.allowed_run_types is None or DagRunType.SCHEDULED in spec.allowed_run_types


def _left_out(
    spec: DagSpec, timetable: Timetable, last: Interval | None, run: NextRun, now: datetime
) -> LeftOut | None:
    if (spec.catchup and spec.catchup_policy is None) or last is None or not timetable.rhythmic:
        return None
    return catchup.left_out(timetable, last, *bounds(spec), run, now)


def jittered(spec: DagSpec, timetable: Timetable, run: NextRun) -> NextRun:
    """The run, starting later by an amount that its id decides: less than `schedule_jitter`, and at most half of the
    time until the following fire time, so that runs keep their order and none hides the one before it.

    Its id and its data interval stay those of the fire time.
    """
    if not spec.schedule_jitter or not timetable.rhythmic:
        return run
    run_id = scheduled_run_id(run)
    most = timedelta(seconds=spec.schedule_jitter)
    following = timetable.next_run(run.covered, None, None, True, run.run_after)
    if following is not None:
        most = min(most, (following.run_after - run.run_after) / 2)
    digest = hashlib.sha256(f"{spec.dag_id}\n{run_id}".encode()).digest()
    share = int.from_bytes(digest[:8], "big") / 2**64
    return replace(run, run_after=run.run_after + share * most, run_id=run_id)


def scheduled_run_id(run: NextRun) -> str:
    """The id of a scheduled run, made from its fire time as in Airflow 3: the same run never gets a second one."""
    return run.run_id or run_id_for(DagRunType.SCHEDULED, run.run_after)


def start_conditions(
    run: QueuedRun, running: int, max_active_runs: int, paused: bool, *, now: datetime | None = None
) -> dict[str, str]:
    """All that keeps a queued run from starting: word -> sentence with numbers; empty when it may start.

    `running`: running runs of the DAG.  A backfill has its own limit and is not held by `max_active_runs`.
    """
    found: dict[str, str] = {}
    if paused:
        found["paused"] = say("dag.paused")
    if now is not None and run.run_after > now:
        found["run_after"] = say("run.not_before", at=run.run_after)
    if run.awaits_interval:
        found["timetable"] = say("run.interval")
    if run.run_type is not DagRunType.BACKFILL and running >= max_active_runs:
        found["max_active_runs"] = say("run.max_active_runs", count=max_active_runs, running=say("are", count=running))
    return found


def may_start(run: QueuedRun, running: int, max_active_runs: int, paused: bool, *, now: datetime | None = None) -> bool:
    """Whether a queued run may start; see `start_conditions`."""
    return not start_conditions(run, running, max_active_runs, paused, now=now)
