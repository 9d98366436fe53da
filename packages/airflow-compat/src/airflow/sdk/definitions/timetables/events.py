"""Airflow's `airflow.sdk.definitions.timetables.events`.  Written by tools/build_compat.py."""

from tradewind.authoring.schedules import EventsTimetable as EventsTimetable

__all__ = ["EventsTimetable"]
