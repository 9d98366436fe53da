"""Airflow's `airflow.listeners`.  Written by tools/build_compat.py."""

from tradewind.authoring.listeners import hookimpl as hookimpl

__all__ = ["hookimpl"]
