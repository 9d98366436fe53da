"""Airflow's `airflow.sdk.definitions.asset.decorators`.  Written by tools/build_compat.py."""

from tradewind.authoring.asset_decorator import asset as asset

__all__ = ["asset"]
