"""Airflow's `airflow.timetables.base`.  Written by tools/build_compat.py."""

from tradewind.authoring.run_times import DagRunInfo as DagRunInfo
from tradewind.authoring.run_times import DataInterval as DataInterval
from tradewind.authoring.run_times import TimeRestriction as TimeRestriction
from tradewind.authoring.timetable import Timetable as Timetable

__all__ = ["DagRunInfo", "DataInterval", "TimeRestriction", "Timetable"]
