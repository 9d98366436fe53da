"""Airflow's `airflow.utils.email`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "send_email": "it needs sending email, which this version lacks",
        "send_email_smtp": "it needs sending email, which this version lacks",
    },
)
