"""Airflow's `airflow.providers.standard.sensors.time`.  Written by tools/build_compat.py."""

from tradewind.authoring.time_sensors import TimeSensor as TimeSensor
from tradewind.authoring.time_sensors import TimeSensorAsync as TimeSensorAsync

__all__ = ["TimeSensor", "TimeSensorAsync"]
