"""Airflow's `airflow.utils.session`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "NEW_SESSION": "the metadata database is out of reach here; use the REST API",
        "create_session": "the metadata database is out of reach here; use the REST API",
        "provide_session": "the metadata database is out of reach here; use the REST API",
    },
)
