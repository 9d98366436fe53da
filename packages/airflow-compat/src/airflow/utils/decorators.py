"""Airflow's `airflow.utils.decorators`.  Written by tools/build_compat.py."""

from tradewind.authoring.helpers import apply_defaults as apply_defaults

__all__ = ["apply_defaults"]
