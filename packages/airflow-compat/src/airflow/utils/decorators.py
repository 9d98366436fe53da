"""Airflow's `airflow.utils.decorators`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "apply_defaults": "it has done nothing since Airflow 2.0; remove it",
    },
)
