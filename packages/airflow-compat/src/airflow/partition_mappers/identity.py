"""Airflow's `airflow.partition_mappers.identity`.  Written by tools/build_compat.py."""

from tradewind.authoring.partitions import IdentityMapper as IdentityMapper

__all__ = ["IdentityMapper"]
