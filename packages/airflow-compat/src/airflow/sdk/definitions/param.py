"""Airflow's `airflow.sdk.definitions.param`.  Written by tools/build_compat.py."""

from tradewind.authoring.params import DagParam as DagParam
from tradewind.authoring.params import Param as Param
from tradewind.authoring.params import ParamsDict as ParamsDict

__all__ = ["DagParam", "Param", "ParamsDict"]
