"""Airflow's `airflow.providers.standard.operators.empty`.  Written by tools/build_compat.py."""

from tradewind.authoring.operators.empty import EmptyOperator as EmptyOperator

__all__ = ["EmptyOperator"]
