"""Airflow's `airflow.io.path`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "ObjectStoragePath": "it needs object storage paths, which this version lacks",
    },
)
