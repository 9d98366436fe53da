"""Airflow's `airflow.utils.dag_parsing_context`.  Written by tools/build_compat.py."""

from tradewind.authoring.context import AirflowParsingContext as AirflowParsingContext
from tradewind.authoring.context import get_parsing_context as get_parsing_context

__all__ = ["AirflowParsingContext", "get_parsing_context"]
