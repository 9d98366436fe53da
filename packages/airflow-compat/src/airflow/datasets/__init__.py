"""Airflow's `airflow.datasets`.  Written by tools/build_compat.py."""

from airflow._package import later
from tradewind.authoring.assets import AssetAlias as DatasetAlias
from tradewind.authoring.assets import AssetAll as DatasetAll
from tradewind.authoring.assets import AssetAny as DatasetAny
from tradewind.authoring.assets import Dataset as Dataset

__getattr__ = later(
    __name__,
    {
        "DatasetAliasEvent": "it needs assets as parts of a schedule, which this version lacks",
        "expand_alias_to_datasets": "it needs assets as parts of a schedule, which this version lacks",
    },
)

__all__ = ["Dataset", "DatasetAlias", "DatasetAll", "DatasetAny"]
