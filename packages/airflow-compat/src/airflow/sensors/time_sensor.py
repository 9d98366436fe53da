"""Airflow's `airflow.sensors.time_sensor`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "TimeSensor": "a sensor that Tradewind does not have yet",
        "TimeSensorAsync": "a sensor that Tradewind does not have yet",
    },
)
