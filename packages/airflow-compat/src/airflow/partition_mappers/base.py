"""Airflow's `airflow.partition_mappers.base`.  Written by tools/build_compat.py."""

from tradewind.authoring.partitions import PartitionMapper as PartitionMapper
from tradewind.authoring.partitions import RollupMapper as RollupMapper

__all__ = ["PartitionMapper", "RollupMapper"]
