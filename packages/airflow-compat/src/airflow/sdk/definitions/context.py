"""Airflow's `airflow.sdk.definitions.context`.  Written by tools/build_compat.py."""

from tradewind.authoring.context import Context as Context
from tradewind.authoring.context import context_merge as context_merge
from tradewind.authoring.context import get_current_context as get_current_context
from tradewind.authoring.context import get_parsing_context as get_parsing_context

__all__ = ["Context", "context_merge", "get_current_context", "get_parsing_context"]
