"""Airflow's `airflow.partition_mappers.allowed_key`.  Written by tools/build_compat.py."""

from tradewind.authoring.partitions import AllowedKeyMapper as AllowedKeyMapper

__all__ = ["AllowedKeyMapper"]
