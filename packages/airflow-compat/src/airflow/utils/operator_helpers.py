"""Airflow's `airflow.utils.operator_helpers`.  Written by tools/build_compat.py."""

from tradewind.authoring.callables import fitting_kwargs as determine_kwargs
from tradewind.authoring.context import context_to_airflow_vars as context_to_airflow_vars

__all__ = ["context_to_airflow_vars", "determine_kwargs"]
