"""Airflow's `airflow.models.xcom_arg`.  Written by tools/build_compat.py."""

from airflow._package import later
from tradewind.authoring.xcom_arg import PlainXComArg as PlainXComArg
from tradewind.authoring.xcom_arg import XComArg as XComArg

__getattr__ = later(
    __name__,
    {
        "ConcatXComArg": "it needs dynamic task mapping, which this version lacks",
        "MapXComArg": "it needs dynamic task mapping, which this version lacks",
        "ZipXComArg": "it needs dynamic task mapping, which this version lacks",
    },
)

__all__ = ["PlainXComArg", "XComArg"]
