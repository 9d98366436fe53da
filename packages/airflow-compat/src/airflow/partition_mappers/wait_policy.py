"""Airflow's `airflow.partition_mappers.wait_policy`.  Written by tools/build_compat.py."""

from tradewind.authoring.partitions import MinimumCount as MinimumCount
from tradewind.authoring.partitions import WaitForAll as WaitForAll
from tradewind.authoring.partitions import WaitPolicy as WaitPolicy

__all__ = ["MinimumCount", "WaitForAll", "WaitPolicy"]
