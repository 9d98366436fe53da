"""Airflow's `airflow.sdk.state`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "AssetScope": "it needs state stores of one's own, which this version lacks",
        "BaseStoreBackend": "it needs state stores of one's own, which this version lacks",
        "TaskScope": "it needs state stores of one's own, which this version lacks",
    },
)
