"""Logical dates of the runs before and after a run, by the schedule alone: `prev_ds`, `next_ds` and their kin.

Called by `context`, at first use: reading a cron loads croniter.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pendulum

from tradewind.authoring.custom_timetables import spec_of
from tradewind.runtime.dag_run import RuntimeDagRun, as_pendulum
from tradewind.spec.dag import TimetableSpec


def neighbour(dag: Any, run: RuntimeDagRun, *, later: bool) -> pendulum.DateTime | None:
    """The logical date that the schedule has next to the run's, None when it has none.

    For a run that was made by hand it is the run's own, as in Airflow 2.
    """
    if run.logical_date is None:
        return None
    if run.external_trigger:
        return run.logical_date
    return as_pendulum(_by_schedule(spec_of(dag.timetable), run.logical_date.astimezone(UTC), later=later))


def latest_window(dag: Any, run: RuntimeDagRun) -> tuple[datetime, datetime] | None:
    """From when until when (UTC) a scheduled run is the newest one: the end of its data interval and that of the next.

    None for a run without a place in the schedule, and when the schedule has none after it.
    """
    left = run.data_interval_end or run.logical_date
    if left is None:
        return None
    at = left.astimezone(UTC)
    right = _by_schedule(spec_of(dag.timetable), at, later=True)
    return None if right is None else (at, right)


def _by_schedule(spec: TimetableSpec, at: datetime, *, later: bool) -> datetime | None:
    if spec.kind in ("cron_interval", "cron_trigger"):
        from tradewind.core.timetables.ticks import Cron  # loads croniter: 15 ms that few tasks need

        crons = [Cron(expression, spec.timezone) for expression in spec.crons]
        return min(cron.after(at) for cron in crons) if later else max(cron.before(at) for cron in crons)
    if spec.kind in ("delta_interval", "delta_trigger"):
        sign = 1 if later else -1
        moved = pendulum.instance(at).add(months=sign * spec.months) + sign * timedelta(seconds=spec.delta)
        return moved.astimezone(UTC)
    if spec.kind == "events":
        others = [event for event in spec.events if (event > at if later else event < at)]
        return (min if later else max)(others, default=None)
    return None
