"""Airflow's `airflow.operators.branch_operator`.  Written by tools/build_compat.py."""

from tradewind.authoring.operators.branch import BaseBranchOperator as BaseBranchOperator

__all__ = ["BaseBranchOperator"]
