"""Airflow's `airflow.partition_mappers.chain`.  Written by tools/build_compat.py."""

from tradewind.authoring.partitions import ChainMapper as ChainMapper

__all__ = ["ChainMapper"]
