"""Airflow's `airflow.providers.standard.sensors.weekday`.  Written by tools/build_compat.py."""

from tradewind.authoring.time_sensors import DayOfWeekSensor as DayOfWeekSensor

__all__ = ["DayOfWeekSensor"]
