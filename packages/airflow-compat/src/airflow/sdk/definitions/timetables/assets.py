"""Airflow's `airflow.sdk.definitions.timetables.assets`.  Written by tools/build_compat.py."""

from tradewind.authoring.schedules import AssetOrTimeSchedule as AssetOrTimeSchedule

__all__ = ["AssetOrTimeSchedule"]
