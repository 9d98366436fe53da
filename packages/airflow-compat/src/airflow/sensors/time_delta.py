"""Airflow's `airflow.sensors.time_delta`.  Written by tools/build_compat.py."""

from tradewind.authoring.time_sensors import TimeDeltaSensor as TimeDeltaSensor
from tradewind.authoring.time_sensors import TimeDeltaSensorAsync as TimeDeltaSensorAsync

__all__ = ["TimeDeltaSensor", "TimeDeltaSensorAsync"]
