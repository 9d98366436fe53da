"""Airflow's `airflow.sdk.definitions._internal.types`.  Written by tools/build_compat.py."""

from tradewind.authoring.notset import NOTSET as NOTSET
from tradewind.authoring.notset import NOTSET as SET_DURING_EXECUTION
from tradewind.authoring.notset import ArgNotSet as ArgNotSet
from tradewind.authoring.notset import is_arg_set as is_arg_set

__all__ = ["NOTSET", "SET_DURING_EXECUTION", "ArgNotSet", "is_arg_set"]
