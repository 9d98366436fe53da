"""Built-in timetables as objects that answer in Airflow's terms.  Called by `schedules` when code of a user, such as a
subclass of a timetable, asks; the scheduler asks `core.timetables` itself.
"""

from __future__ import annotations

import datetime as dt

from tradewind.authoring.run_times import DagRunInfo, DataInterval, TimeRestriction
from tradewind.authoring.timezone import coerce_datetime, plain, utcnow
from tradewind.core.timetables import build, partitions
from tradewind.spec.dag import TimetableSpec
from tradewind.spec.schedule import Interval, NextRun


def next_info(spec: TimetableSpec, last: DataInterval | None, restriction: TimeRestriction) -> DagRunInfo | None:
    """The run after the one with the data interval `last`; times are pendulum's, in UTC."""
    before = None if last is None else Interval(plain(last.start), plain(last.end))
    earliest, latest = (None if at is None else plain(at) for at in (restriction.earliest, restriction.latest))
    run = build(spec).next_run(before, earliest, latest, restriction.catchup, utcnow())
    return None if run is None else as_info(run)


def manual_interval(spec: TimetableSpec, run_after: dt.datetime) -> DataInterval:
    """The data interval of a manual run."""
    found = build(spec).manual_interval(plain(run_after))
    return DataInterval(coerce_datetime(found.start), coerce_datetime(found.end))


def partition_infos(spec: TimetableSpec, earliest: dt.datetime, latest: dt.datetime) -> list[DagRunInfo]:
    """A run for every partition date between two times, which are read as wall-clock times of the schedule's zone."""
    return [as_info(run) for run in partitions(spec).partitions(earliest, latest)]


def as_info(run: NextRun) -> DagRunInfo:
    """In Airflow's words."""
    interval = None
    if run.interval is not None:
        interval = DataInterval(coerce_datetime(run.interval.start), coerce_datetime(run.interval.end))
    return DagRunInfo(coerce_datetime(run.run_after), interval, coerce_datetime(run.partition_date), run.partition_key)
