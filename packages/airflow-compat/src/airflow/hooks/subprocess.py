"""Airflow's `airflow.hooks.subprocess`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "SubprocessHook": "a helper of Airflow 2 that Tradewind does not have yet",
        "SubprocessResult": "a helper of Airflow 2 that Tradewind does not have yet",
    },
)
