"""Airflow's `airflow.sdk.definitions.edges`.  Written by tools/build_compat.py."""

from tradewind.authoring.edges import EdgeModifier as EdgeModifier
from tradewind.authoring.edges import Label as Label

__all__ = ["EdgeModifier", "Label"]
