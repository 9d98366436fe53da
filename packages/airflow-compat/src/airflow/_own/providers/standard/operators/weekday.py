"""Airflow's `airflow.providers.standard.operators.weekday`.  Written by tools/build_compat.py."""

from tradewind.authoring.operators.branch_time import BranchDayOfWeekOperator as BranchDayOfWeekOperator

__all__ = ["BranchDayOfWeekOperator"]
