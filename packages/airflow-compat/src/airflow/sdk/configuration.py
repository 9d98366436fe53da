"""Airflow's `airflow.sdk.configuration`.  Written by tools/build_compat.py."""

from tradewind.authoring.conf import conf as conf

__all__ = ["conf"]
