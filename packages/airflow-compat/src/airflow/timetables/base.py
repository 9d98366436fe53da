"""Airflow's `airflow.timetables.base`.  Written by tools/build_compat.py."""

from airflow._package import later
from tradewind.authoring.schedules import Timetable as Timetable

__getattr__ = later(
    __name__,
    {
        "DagRunInfo": "it needs custom timetables, which this version lacks",
        "DataInterval": "it needs custom timetables, which this version lacks",
        "TimeRestriction": "it needs custom timetables, which this version lacks",
    },
)

__all__ = ["Timetable"]
