"""Airflow's `airflow.providers_manager`.  Written by tools/build_compat.py."""

from tradewind.authoring.providers import DialectInfo as DialectInfo
from tradewind.authoring.providers import HookInfo as HookInfo
from tradewind.authoring.providers import ProviderInfo as ProviderInfo
from tradewind.authoring.providers import ProvidersManager as ProvidersManager

__all__ = ["DialectInfo", "HookInfo", "ProviderInfo", "ProvidersManager"]
