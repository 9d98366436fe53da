"""Airflow's `airflow.providers.standard.sensors.date_time`.  Written by tools/build_compat.py."""

from tradewind.authoring.time_sensors import DateTimeSensor as DateTimeSensor
from tradewind.authoring.time_sensors import DateTimeSensorAsync as DateTimeSensorAsync

__all__ = ["DateTimeSensor", "DateTimeSensorAsync"]
