"""Airflow's `airflow.operators.datetime`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "BranchDateTimeOperator": "an operator that Tradewind does not have yet",
    },
)
