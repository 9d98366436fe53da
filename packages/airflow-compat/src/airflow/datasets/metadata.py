"""Airflow's `airflow.datasets.metadata`.  Written by tools/build_compat.py."""

from tradewind.authoring.assets import Metadata as Metadata

__all__ = ["Metadata"]
