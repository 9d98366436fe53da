"""Airflow's `airflow.sdk.io`.  Written by tools/build_compat.py."""

from tradewind.authoring.object_storage import ObjectStoragePath as ObjectStoragePath

__all__ = ["ObjectStoragePath"]
