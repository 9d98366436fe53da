"""Airflow's `airflow.models.pool`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "Pool": "the metadata database is out of reach here; use the REST API",
    },
)
