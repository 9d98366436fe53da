"""Which fire times that passed still get a run, and which are left out.  Called by `core.runs`.

`catchup=False` and `True` are Airflow's and answered by the timetables themselves.  The finer policies are stated on
fire times: none (of those that passed), a window that ends now, the newest few.  They hold no state: a fire time that
waits for a place under `max_active_runs` until it is out of the window is left out, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tradewind.core.timetables import Timetable
from tradewind.spec.dag import CatchupPolicy, DagSpec
from tradewind.spec.schedule import Interval, NextRun

JUST_NOW = timedelta(minutes=1)
"""A fire time that passed within this time is not missed: nobody looks at the clock at the very instant."""
MOST_COUNTED = 1000
"""So many left out fire times are counted at most."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Fire times that get no run."""

    times: tuple[datetime, ...]
    more: bool = False
    """There are more than were counted."""


def next_run(
    spec: DagSpec,
    timetable: Timetable,
    last: Interval | None,
    earliest: datetime | None,
    latest: datetime | None,
    now: datetime,
) -> NextRun | None:
    """The next run under the policy of the DAG, due or not; None when there is no more."""
    policy = spec.catchup_policy or CatchupPolicy(kind="all" if spec.catchup else "latest")
    if spec.catchup_policy is None or policy.kind == "all" or not timetable.rhythmic:
        return timetable.next_run(last, earliest, latest, policy.kind == "all", now)
    match policy.kind:
        case "none":
            cutoff = now - JUST_NOW
        case "window":
            cutoff = now - timedelta(seconds=policy.seconds)
        case _:
            cutoff = timetable.back(last, earliest, now, policy.runs or 1)
    return timetable.since(last, earliest, latest, cutoff, now)


def left_out(
    timetable: Timetable,
    last: Interval | None,
    earliest: datetime | None,
    latest: datetime | None,
    until: NextRun,
    now: datetime,
) -> LeftOut | None:
    """The fire times between the last run and `until`, both excluded; None when there are none.

    What lies before the first run of a DAG was not missed: the DAG was not there.
    """
    if last is None or not timetable.rhythmic:
        return None
    times: list[datetime] = []
    while len(times) <= MOST_COUNTED:
        run = timetable.next_run(last, earliest, latest, True, now)
        if run is None or run.covered.end >= until.covered.end:
            break
        times.append(run.run_after)
        last = run.covered
    if not times:
        return None
    return LeftOut(tuple(times[:MOST_COUNTED]), len(times) > MOST_COUNTED)
