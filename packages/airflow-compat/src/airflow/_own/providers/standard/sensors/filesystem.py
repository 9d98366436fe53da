"""Airflow's `airflow.providers.standard.sensors.filesystem`.  Written by tools/build_compat.py."""

from tradewind.authoring.file_sensors import FileSensor as FileSensor

__all__ = ["FileSensor"]
