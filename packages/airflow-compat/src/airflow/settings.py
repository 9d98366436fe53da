"""Airflow's `airflow.settings`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "Session": "the metadata database is out of reach here; use the REST API",
        "engine": "the metadata database is out of reach here; use the REST API",
    },
)
