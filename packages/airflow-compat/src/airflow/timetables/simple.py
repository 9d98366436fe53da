"""Airflow's `airflow.timetables.simple`.  Written by tools/build_compat.py."""

from tradewind.authoring.schedules import ContinuousTimetable as ContinuousTimetable
from tradewind.authoring.schedules import NullTimetable as NullTimetable
from tradewind.authoring.schedules import OnceTimetable as OnceTimetable

__all__ = ["ContinuousTimetable", "NullTimetable", "OnceTimetable"]
