"""Airflow's `airflow.partition_mappers.fixed_key`.  Written by tools/build_compat.py."""

from tradewind.authoring.partitions import FixedKeyMapper as FixedKeyMapper

__all__ = ["FixedKeyMapper"]
