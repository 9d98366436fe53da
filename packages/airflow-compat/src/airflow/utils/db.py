"""Airflow's `airflow.utils.db`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "create_session": "the metadata database is out of reach here; use the REST API",
        "provide_session": "the metadata database is out of reach here; use the REST API",
    },
)
