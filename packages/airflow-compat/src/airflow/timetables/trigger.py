"""Airflow's `airflow.timetables.trigger`.  Written by tools/build_compat.py."""

from tradewind.authoring.schedules import CronPartitionTimetable as CronPartitionTimetable
from tradewind.authoring.schedules import CronTriggerTimetable as CronTriggerTimetable
from tradewind.authoring.schedules import DeltaTriggerTimetable as DeltaTriggerTimetable
from tradewind.authoring.schedules import MultipleCronTriggerTimetable as MultipleCronTriggerTimetable

__all__ = ["CronPartitionTimetable", "CronTriggerTimetable", "DeltaTriggerTimetable", "MultipleCronTriggerTimetable"]
