"""Airflow's `airflow.sdk.definitions.timetables.interval`.  Written by tools/build_compat.py."""

from tradewind.authoring.schedules import CronDataIntervalTimetable as CronDataIntervalTimetable
from tradewind.authoring.schedules import DeltaDataIntervalTimetable as DeltaDataIntervalTimetable

__all__ = ["CronDataIntervalTimetable", "DeltaDataIntervalTimetable"]
