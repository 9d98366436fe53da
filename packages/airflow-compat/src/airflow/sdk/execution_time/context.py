"""Airflow's `airflow.sdk.execution_time.context`.  Written by tools/build_compat.py."""

from tradewind.authoring.context import AIRFLOW_VAR_NAME_FORMAT_MAPPING as AIRFLOW_VAR_NAME_FORMAT_MAPPING
from tradewind.authoring.context import DEFAULT_FORMAT_PREFIX as DEFAULT_FORMAT_PREFIX
from tradewind.authoring.context import ENV_VAR_FORMAT_PREFIX as ENV_VAR_FORMAT_PREFIX
from tradewind.authoring.context import context_to_airflow_vars as context_to_airflow_vars
from tradewind.authoring.state import NEVER_EXPIRE as NEVER_EXPIRE

__all__ = [
    "AIRFLOW_VAR_NAME_FORMAT_MAPPING",
    "DEFAULT_FORMAT_PREFIX",
    "ENV_VAR_FORMAT_PREFIX",
    "NEVER_EXPIRE",
    "context_to_airflow_vars",
]
