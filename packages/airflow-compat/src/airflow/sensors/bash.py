"""Airflow's `airflow.sensors.bash`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "BashSensor": "a sensor that Tradewind does not have yet",
    },
)
