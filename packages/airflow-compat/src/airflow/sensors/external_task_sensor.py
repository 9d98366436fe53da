"""Airflow's `airflow.sensors.external_task_sensor`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "ExternalTaskMarker": "a sensor that Tradewind does not have yet",
        "ExternalTaskSensor": "a sensor that Tradewind does not have yet",
    },
)
