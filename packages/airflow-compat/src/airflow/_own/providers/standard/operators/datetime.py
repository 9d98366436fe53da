"""Airflow's `airflow.providers.standard.operators.datetime`.  Written by tools/build_compat.py."""

from tradewind.authoring.operators.branch_time import BranchDateTimeOperator as BranchDateTimeOperator

__all__ = ["BranchDateTimeOperator"]
