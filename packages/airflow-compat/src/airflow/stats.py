"""Airflow's `airflow.stats`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "Stats": "it needs metrics of tasks, which this version lacks",
    },
)
