"""Airflow's `airflow.providers.standard.sensors.filesystem`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "FileSensor": "a sensor that Tradewind does not have yet",
    },
)
