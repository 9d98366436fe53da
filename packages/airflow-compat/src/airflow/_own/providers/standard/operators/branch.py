"""Airflow's `airflow.providers.standard.operators.branch`.  Written by tools/build_compat.py."""

from tradewind.authoring.operators.branch import BaseBranchOperator as BaseBranchOperator
from tradewind.authoring.operators.branch import BranchMixIn as BranchMixIn

__all__ = ["BaseBranchOperator", "BranchMixIn"]
