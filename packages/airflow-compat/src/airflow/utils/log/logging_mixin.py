"""Airflow's `airflow.utils.log.logging_mixin`.  Written by tools/build_compat.py."""

from tradewind.authoring.logging_mixin import ExternalLoggingMixin as ExternalLoggingMixin
from tradewind.authoring.logging_mixin import LoggingMixin as LoggingMixin
from tradewind.authoring.logging_mixin import remove_escape_codes as remove_escape_codes

__all__ = ["ExternalLoggingMixin", "LoggingMixin", "remove_escape_codes"]
