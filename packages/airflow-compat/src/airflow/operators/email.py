"""Airflow's `airflow.operators.email`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "EmailOperator": "it needs sending email, which this version lacks",
    },
)
