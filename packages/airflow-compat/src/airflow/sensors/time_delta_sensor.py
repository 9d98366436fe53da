"""Airflow's `airflow.sensors.time_delta_sensor`.  Written by tools/build_compat.py."""

from tradewind.authoring.time_sensors import TimeDeltaSensor as TimeDeltaSensor

__all__ = ["TimeDeltaSensor"]
