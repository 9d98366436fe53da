"""Airflow's `airflow.utils.setup_teardown`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "SetupTeardownContext": "it belongs to the inside of Airflow",
    },
)
