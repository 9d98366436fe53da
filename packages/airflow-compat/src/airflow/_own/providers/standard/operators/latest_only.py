"""Airflow's `airflow.providers.standard.operators.latest_only`.  Written by tools/build_compat.py."""

from tradewind.authoring.operators.latest_only import LatestOnlyOperator as LatestOnlyOperator

__all__ = ["LatestOnlyOperator"]
