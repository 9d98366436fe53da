"""Airflow's `airflow.lineage.entities`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "Column": "it needs lineage, which this version lacks",
        "File": "it needs lineage, which this version lacks",
        "Table": "it needs lineage, which this version lacks",
        "Tag": "it needs lineage, which this version lacks",
        "User": "it needs lineage, which this version lacks",
    },
)
