"""Airflow's `airflow.utils.weight_rule`.  Written by tools/build_compat.py."""

from tradewind.spec.states import WeightRule as WeightRule

__all__ = ["WeightRule"]
