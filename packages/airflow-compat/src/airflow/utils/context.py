"""Airflow's `airflow.utils.context`.  Written by tools/build_compat.py."""

from tradewind.authoring.context import KNOWN_CONTEXT_KEYS as KNOWN_CONTEXT_KEYS
from tradewind.authoring.context import Context as Context
from tradewind.authoring.context import context_merge as context_merge
from tradewind.authoring.deprecations import AirflowContextDeprecationWarning as AirflowContextDeprecationWarning
from tradewind.runtime.accessors import ConnectionAccessor as ConnectionAccessor
from tradewind.runtime.accessors import VariableAccessor as VariableAccessor

__all__ = [
    "KNOWN_CONTEXT_KEYS",
    "AirflowContextDeprecationWarning",
    "ConnectionAccessor",
    "Context",
    "VariableAccessor",
    "context_merge",
]
