"""Airflow's `airflow.lineage.hook`.  Written by tools/build_compat.py."""

from tradewind.authoring.lineage import AssetLineageInfo as AssetLineageInfo
from tradewind.authoring.lineage import HookLineage as HookLineage
from tradewind.authoring.lineage import HookLineageCollector as HookLineageCollector
from tradewind.authoring.lineage import HookLineageReader as HookLineageReader
from tradewind.authoring.lineage import NoOpCollector as NoOpCollector
from tradewind.authoring.lineage import get_hook_lineage_collector as get_hook_lineage_collector

__all__ = [
    "AssetLineageInfo",
    "HookLineage",
    "HookLineageCollector",
    "HookLineageReader",
    "NoOpCollector",
    "get_hook_lineage_collector",
]
