"""Airflow's `airflow.providers.standard.operators.latest_only`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "LatestOnlyOperator": "an operator that Tradewind does not have yet",
    },
)
