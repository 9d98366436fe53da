"""Airflow's `airflow.models.connection`.  Written by tools/build_compat.py."""

from tradewind.authoring.connection import Connection as Connection

__all__ = ["Connection"]
