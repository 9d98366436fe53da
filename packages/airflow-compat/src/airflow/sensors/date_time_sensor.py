"""Airflow's `airflow.sensors.date_time_sensor`.  Written by tools/build_compat.py."""

from tradewind.authoring.time_sensors import DateTimeSensor as DateTimeSensor

__all__ = ["DateTimeSensor"]
