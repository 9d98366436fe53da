"""Airflow's `airflow.stats`.  Written by tools/build_compat.py."""

from tradewind.authoring.provider_tools.stats import Stats as Stats

__all__ = ["Stats"]
