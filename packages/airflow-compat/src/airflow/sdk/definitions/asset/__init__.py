"""Airflow's `airflow.sdk.definitions.asset`.  Written by tools/build_compat.py."""

from tradewind.authoring.assets import Asset as Asset
from tradewind.authoring.assets import AssetAlias as AssetAlias
from tradewind.authoring.assets import AssetAll as AssetAll
from tradewind.authoring.assets import AssetAny as AssetAny

__all__ = ["Asset", "AssetAlias", "AssetAll", "AssetAny"]
