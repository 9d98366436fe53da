"""Airflow's `airflow.sensors.date_time_sensor`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "DateTimeSensor": "a sensor that Tradewind does not have yet",
    },
)
