"""Airflow's `airflow.sdk.definitions.asset`.  Written by tools/build_compat.py."""

from tradewind.authoring.assets import Asset as Asset
from tradewind.authoring.assets import AssetAccessControl as AssetAccessControl
from tradewind.authoring.assets import AssetAlias as AssetAlias
from tradewind.authoring.assets import AssetAll as AssetAll
from tradewind.authoring.assets import AssetAny as AssetAny
from tradewind.authoring.assets import AssetNameRef as AssetNameRef
from tradewind.authoring.assets import AssetRef as AssetRef
from tradewind.authoring.assets import AssetUriRef as AssetUriRef
from tradewind.authoring.assets import AssetWatcher as AssetWatcher
from tradewind.authoring.assets import BaseAsset as BaseAsset
from tradewind.authoring.assets import Dataset as Dataset
from tradewind.authoring.assets import Model as Model

__all__ = [
    "Asset",
    "AssetAccessControl",
    "AssetAlias",
    "AssetAll",
    "AssetAny",
    "AssetNameRef",
    "AssetRef",
    "AssetUriRef",
    "AssetWatcher",
    "BaseAsset",
    "Dataset",
    "Model",
]
