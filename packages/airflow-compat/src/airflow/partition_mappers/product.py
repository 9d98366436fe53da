"""Airflow's `airflow.partition_mappers.product`.  Written by tools/build_compat.py."""

from tradewind.authoring.partitions import ProductMapper as ProductMapper

__all__ = ["ProductMapper"]
