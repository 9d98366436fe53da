"""Airflow's `airflow.sdk.execution_time.context`.  Written by tools/build_compat.py."""

from tradewind.authoring.context import context_to_airflow_vars as context_to_airflow_vars
from tradewind.authoring.state import NEVER_EXPIRE as NEVER_EXPIRE

__all__ = ["NEVER_EXPIRE", "context_to_airflow_vars"]
