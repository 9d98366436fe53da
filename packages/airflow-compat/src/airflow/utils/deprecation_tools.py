"""Airflow's `airflow.utils.deprecation_tools`.  Written by tools/build_compat.py."""

from tradewind.authoring.provider_tools.old_names import add_deprecated_classes as add_deprecated_classes
from tradewind.authoring.provider_tools.old_names import getattr_with_deprecation as getattr_with_deprecation

__all__ = ["add_deprecated_classes", "getattr_with_deprecation"]
