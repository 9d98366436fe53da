"""Airflow's `airflow.models.skipmixin`.  Written by tools/build_compat.py."""

from tradewind.authoring.operators.branch import SkipMixin as SkipMixin

__all__ = ["SkipMixin"]
