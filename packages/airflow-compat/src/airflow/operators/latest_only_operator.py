"""Airflow's `airflow.operators.latest_only_operator`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "LatestOnlyOperator": "an operator that Tradewind does not have yet",
    },
)
