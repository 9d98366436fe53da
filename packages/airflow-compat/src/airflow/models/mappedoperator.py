"""Airflow's `airflow.models.mappedoperator`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "MappedOperator": "it needs dynamic task mapping, which this version lacks",
        "OperatorPartial": "it needs dynamic task mapping, which this version lacks",
    },
)
