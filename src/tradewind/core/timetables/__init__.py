"""Timetables: from a schedule as data to the runs it makes.

`build` is called by the scheduler (through `core.runs`), the API and the CLI, and by `authoring` to check a
schedule.
"""

from __future__ import annotations

from datetime import timedelta

from tradewind.core.timetables.base import Timetable
from tradewind.core.timetables.cron import CronIntervalTimetable, CronTriggerTimetable
from tradewind.core.timetables.delta import DeltaIntervalTimetable, DeltaTriggerTimetable, Distance
from tradewind.core.timetables.simple import (
    ContinuousTimetable,
    EventsTimetable,
    NullTimetable,
    OnceTimetable,
)
from tradewind.core.timetables.ticks import Cron
from tradewind.errors import AirflowTimetableInvalid
from tradewind.spec.dag import TimetableSpec

__all__ = ["Timetable", "build"]


def build(spec: TimetableSpec) -> Timetable:
    """The timetable of a schedule.

    Raises `AirflowTimetableInvalid` when a cron, time zone or distance cannot be used.
    """
    match spec.kind:
        case "none":
            return NullTimetable()
        case "once":
            return OnceTimetable()
        case "continuous":
            return ContinuousTimetable()
        case "events":
            return EventsTimetable(spec.events)
        case "cron_interval":
            if len(spec.crons) != 1:
                raise AirflowTimetableInvalid(f"a schedule with data intervals needs one cron, not {len(spec.crons)}")
            return CronIntervalTimetable(Cron(spec.crons[0], spec.timezone))
        case "cron_trigger":
            if not spec.crons:
                raise AirflowTimetableInvalid("the schedule has no cron", fix="give at least one cron expression")
            immediately = spec.run_immediately
            return CronTriggerTimetable(
                [Cron(cron, spec.timezone) for cron in spec.crons],
                timedelta(seconds=spec.interval),
                immediately if isinstance(immediately, bool) else timedelta(seconds=immediately),
            )
        case "delta_interval":
            return DeltaIntervalTimetable(Distance(timedelta(seconds=spec.delta), spec.months))
        case "delta_trigger":
            distance = Distance(timedelta(seconds=spec.delta), spec.months)
            return DeltaTriggerTimetable(distance, timedelta(seconds=spec.interval))
    raise AirflowTimetableInvalid(f"unknown kind of timetable {spec.kind!r}")
