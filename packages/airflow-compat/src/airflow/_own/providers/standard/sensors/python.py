"""Airflow's `airflow.providers.standard.sensors.python`.  Written by tools/build_compat.py."""

from tradewind.authoring.sensors import PythonSensor as PythonSensor

__all__ = ["PythonSensor"]
