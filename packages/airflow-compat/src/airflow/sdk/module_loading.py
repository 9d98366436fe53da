"""Airflow's `airflow.sdk.module_loading`.  Written by tools/build_compat.py."""

from tradewind.authoring.module_loading import import_string as import_string
from tradewind.authoring.module_loading import is_valid_dotpath as is_valid_dotpath
from tradewind.authoring.module_loading import iter_namespace as iter_namespace
from tradewind.authoring.module_loading import qualname as qualname

__all__ = ["import_string", "is_valid_dotpath", "iter_namespace", "qualname"]
