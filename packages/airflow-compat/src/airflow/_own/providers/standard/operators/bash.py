"""Airflow's `airflow.providers.standard.operators.bash`.  Written by tools/build_compat.py."""

from tradewind.authoring.operators.bash import BashOperator as BashOperator

__all__ = ["BashOperator"]
