"""Airflow's `airflow.sdk.execution_time.context`.  Written by tools/build_compat.py."""

from tradewind.authoring.state import NEVER_EXPIRE as NEVER_EXPIRE

__all__ = ["NEVER_EXPIRE"]
