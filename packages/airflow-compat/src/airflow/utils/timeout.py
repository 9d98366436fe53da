"""Airflow's `airflow.utils.timeout`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "timeout": "use execution_timeout of the task",
    },
)
