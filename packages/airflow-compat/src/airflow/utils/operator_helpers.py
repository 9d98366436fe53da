"""Airflow's `airflow.utils.operator_helpers`.  Written by tools/build_compat.py."""

from tradewind.authoring.callables import fitting_kwargs as determine_kwargs
from tradewind.authoring.callables import make_kwargs_callable as make_kwargs_callable
from tradewind.authoring.context import AIRFLOW_VAR_NAME_FORMAT_MAPPING as AIRFLOW_VAR_NAME_FORMAT_MAPPING
from tradewind.authoring.context import DEFAULT_FORMAT_PREFIX as DEFAULT_FORMAT_PREFIX
from tradewind.authoring.context import ENV_VAR_FORMAT_PREFIX as ENV_VAR_FORMAT_PREFIX
from tradewind.authoring.context import context_to_airflow_vars as context_to_airflow_vars

__all__ = [
    "AIRFLOW_VAR_NAME_FORMAT_MAPPING",
    "DEFAULT_FORMAT_PREFIX",
    "ENV_VAR_FORMAT_PREFIX",
    "context_to_airflow_vars",
    "determine_kwargs",
    "make_kwargs_callable",
]
