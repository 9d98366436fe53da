"""Airflow's `airflow.models.asset`.  Written by tools/build_compat.py."""

from tradewind.authoring.provider_tools.out_of_reach import expand_alias_to_assets as expand_alias_to_assets

__all__ = ["expand_alias_to_assets"]
