"""Airflow's `airflow.providers.standard.sensors.bash`.  Written by tools/build_compat.py."""

from tradewind.authoring.file_sensors import BashSensor as BashSensor

__all__ = ["BashSensor"]
