"""Airflow's `airflow.operators.latest_only_operator`.  Written by tools/build_compat.py."""

from tradewind.authoring.operators.latest_only import LatestOnlyOperator as LatestOnlyOperator

__all__ = ["LatestOnlyOperator"]
