"""Airflow's `airflow.io.path`.  Written by tools/build_compat.py."""

from tradewind.authoring.object_storage import ObjectStoragePath as ObjectStoragePath

__all__ = ["ObjectStoragePath"]
