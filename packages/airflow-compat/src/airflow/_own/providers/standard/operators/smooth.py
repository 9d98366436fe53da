"""Airflow's `airflow.providers.standard.operators.smooth`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "SmoothOperator": "an operator that Tradewind does not have yet",
    },
)
