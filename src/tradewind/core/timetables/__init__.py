"""Timetables: from a schedule as data to the runs it makes.

`build` is called by the scheduler (through `core.runs`), the API and the CLI, and by `authoring` to check a
schedule.
"""

from __future__ import annotations

from datetime import timedelta

from tradewind.core.timetables.base import Length, Timetable
from tradewind.core.timetables.cron import CronIntervalTimetable, CronPartitionTimetable, CronTriggerTimetable
from tradewind.core.timetables.delta import DeltaIntervalTimetable, DeltaTriggerTimetable, Distance
from tradewind.core.timetables.foreseen import ForeseenTimetable
from tradewind.core.timetables.simple import (
    ContinuousTimetable,
    EventsTimetable,
    NullTimetable,
    OnceTimetable,
)
from tradewind.core.timetables.ticks import Cron
from tradewind.errors import AirflowTimetableInvalid
from tradewind.spec.dag import TimetableSpec

__all__ = ["CronPartitionTimetable", "ForeseenTimetable", "Timetable", "build", "partitions"]


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
            return EventsTimetable(spec.events, spec.restrict_to_events)
        case "cron_interval":
            if len(spec.crons) != 1:
                raise AirflowTimetableInvalid(f"a schedule with data intervals needs one cron, not {len(spec.crons)}")
            return CronIntervalTimetable(Cron(spec.crons[0], spec.timezone))
        case "cron_trigger":
            if not spec.crons:
                raise AirflowTimetableInvalid("the schedule has no cron", fix="give at least one cron expression")
            return CronTriggerTimetable(
                [Cron(cron, spec.timezone) for cron in spec.crons], _interval(spec), _immediately(spec)
            )
        case "cron_partition":
            return partitions(spec)
        case "delta_interval":
            return DeltaIntervalTimetable(Distance(timedelta(seconds=spec.delta), spec.months))
        case "delta_trigger":
            distance = Distance(timedelta(seconds=spec.delta), spec.months)
            return DeltaTriggerTimetable(distance, _interval(spec))
        case "custom":
            return ForeseenTimetable(spec.active_runs_limit)
    raise AirflowTimetableInvalid(f"unknown kind of timetable {spec.kind!r}")


def partitions(spec: TimetableSpec) -> CronPartitionTimetable:
    """The timetable of a schedule for partitions.  Raises `AirflowTimetableInvalid` when it is none."""
    if spec.kind != "cron_partition" or len(spec.crons) != 1:
        raise AirflowTimetableInvalid("a schedule for partitions needs one cron")
    return CronPartitionTimetable(
        Cron(spec.crons[0], spec.timezone), spec.run_offset, spec.key_format, _immediately(spec)
    )


def _interval(spec: TimetableSpec) -> Length:
    return Length(timedelta(seconds=spec.interval), spec.interval_months)


def _immediately(spec: TimetableSpec) -> bool | timedelta:
    given = spec.run_immediately
    return given if isinstance(given, bool) else timedelta(seconds=given)
