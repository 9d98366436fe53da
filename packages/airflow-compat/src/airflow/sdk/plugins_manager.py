"""Airflow's `airflow.sdk.plugins_manager`.  Written by tools/build_compat.py."""

from tradewind.authoring.plugins import AirflowPlugin as AirflowPlugin

__all__ = ["AirflowPlugin"]
