"""Airflow's `airflow.plugins_manager`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "AirflowPlugin": "it needs plugins, which this version lacks",
    },
)
