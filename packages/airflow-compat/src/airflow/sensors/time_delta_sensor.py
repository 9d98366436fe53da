"""Airflow's `airflow.sensors.time_delta_sensor`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "TimeDeltaSensor": "a sensor that Tradewind does not have yet",
    },
)
