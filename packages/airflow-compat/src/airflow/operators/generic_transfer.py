"""Airflow's `airflow.operators.generic_transfer`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "GenericTransfer": "an operator that Tradewind does not have yet",
    },
)
