"""Airflow's `airflow.utils.log.logging_mixin`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "LoggingMixin": "a helper of Airflow 2 that Tradewind does not have yet",
    },
)
