"""Airflow's `airflow.models.variable`.  Written by tools/build_compat.py."""

from tradewind.authoring.variable import Variable as Variable

__all__ = ["Variable"]
