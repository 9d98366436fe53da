"""Airflow's `airflow.triggers.shared_stream`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "AdvanceItem": "it needs triggers that share one stream, which this version lacks",
        "SharedStreamProducer": "it needs triggers that share one stream, which this version lacks",
    },
)
