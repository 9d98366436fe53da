"""Airflow's `airflow.utils.template`.  Written by tools/build_compat.py."""

from tradewind.authoring.templates import literal as literal

__all__ = ["literal"]
