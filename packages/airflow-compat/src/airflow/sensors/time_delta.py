"""Airflow's `airflow.sensors.time_delta`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "TimeDeltaSensor": "a sensor that Tradewind does not have yet",
        "TimeDeltaSensorAsync": "a sensor that Tradewind does not have yet",
    },
)
