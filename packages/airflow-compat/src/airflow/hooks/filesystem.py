"""Airflow's `airflow.hooks.filesystem`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "FSHook": "a helper of Airflow 2 that Tradewind does not have yet",
    },
)
