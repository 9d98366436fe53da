"""Airflow's `airflow.models.xcom_arg`.  Written by tools/build_compat.py."""

from tradewind.authoring.xcom_arg import ConcatXComArg as ConcatXComArg
from tradewind.authoring.xcom_arg import MapXComArg as MapXComArg
from tradewind.authoring.xcom_arg import PlainXComArg as PlainXComArg
from tradewind.authoring.xcom_arg import XComArg as XComArg
from tradewind.authoring.xcom_arg import ZipXComArg as ZipXComArg

__all__ = ["ConcatXComArg", "MapXComArg", "PlainXComArg", "XComArg", "ZipXComArg"]
