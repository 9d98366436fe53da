"""Airflow's `airflow.providers.standard.sensors.time_delta`.  Written by tools/build_compat.py."""

from tradewind.authoring.time_sensors import TimeDeltaSensor as TimeDeltaSensor
from tradewind.authoring.time_sensors import TimeDeltaSensorAsync as TimeDeltaSensorAsync
from tradewind.authoring.time_sensors import WaitSensor as WaitSensor

__all__ = ["TimeDeltaSensor", "TimeDeltaSensorAsync", "WaitSensor"]
