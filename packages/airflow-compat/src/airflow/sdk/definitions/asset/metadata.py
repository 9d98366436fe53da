"""Airflow's `airflow.sdk.definitions.asset.metadata`.  Written by tools/build_compat.py."""

from tradewind.authoring.assets import Metadata as Metadata

__all__ = ["Metadata"]
