"""Airflow's `airflow.sdk.types`.  Written by tools/build_compat.py."""

from tradewind.authoring.notset import NOTSET as NOTSET
from tradewind.authoring.notset import ArgNotSet as ArgNotSet
from tradewind.spec.states import DagRunType as DagRunType

__all__ = ["NOTSET", "ArgNotSet", "DagRunType"]
