"""Airflow's `airflow.utils.types`.  Written by tools/build_compat.py."""

from airflow._package import later
from tradewind.authoring.notset import NOTSET as NOTSET
from tradewind.authoring.notset import ArgNotSet as ArgNotSet
from tradewind.spec.states import DagRunType as DagRunType

__getattr__ = later(
    __name__,
    {
        "EdgeInfoType": "it belongs to the inside of Airflow",
    },
)

__all__ = ["NOTSET", "ArgNotSet", "DagRunType"]
