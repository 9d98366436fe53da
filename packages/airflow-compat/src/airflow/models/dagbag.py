"""Airflow's `airflow.models.dagbag`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "DagBag": "the metadata database is out of reach here; use the REST API",
    },
)
