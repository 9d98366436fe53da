"""Airflow's `airflow.operators.dummy`.  Written by tools/build_compat.py."""

from tradewind.authoring.operators.empty import EmptyOperator as DummyOperator
from tradewind.authoring.operators.empty import EmptyOperator as EmptyOperator

__all__ = ["DummyOperator", "EmptyOperator"]
