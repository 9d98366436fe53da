"""Airflow's `airflow.sdk.providers_manager_runtime`.  Written by tools/build_compat.py."""

from tradewind.authoring.providers import ProvidersManager as ProvidersManagerTaskRuntime

__all__ = ["ProvidersManagerTaskRuntime"]
