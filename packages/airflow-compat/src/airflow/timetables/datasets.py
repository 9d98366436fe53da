"""Airflow's `airflow.timetables.datasets`.  Written by tools/build_compat.py."""

from tradewind.authoring.schedules import AssetOrTimeSchedule as DatasetOrTimeSchedule

__all__ = ["DatasetOrTimeSchedule"]
