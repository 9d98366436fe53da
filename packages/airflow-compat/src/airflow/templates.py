"""Airflow's `airflow.templates`.  Written by tools/build_compat.py."""

from tradewind.authoring.jinja_env import FILTERS as FILTERS
from tradewind.authoring.jinja_env import NativeEnvironment as NativeEnvironment
from tradewind.authoring.jinja_env import SandboxedEnvironment as SandboxedEnvironment
from tradewind.authoring.jinja_env import ds_filter as ds_filter
from tradewind.authoring.jinja_env import ds_nodash_filter as ds_nodash_filter
from tradewind.authoring.jinja_env import ts_filter as ts_filter
from tradewind.authoring.jinja_env import ts_nodash_filter as ts_nodash_filter
from tradewind.authoring.jinja_env import ts_nodash_with_tz_filter as ts_nodash_with_tz_filter

__all__ = [
    "FILTERS",
    "NativeEnvironment",
    "SandboxedEnvironment",
    "ds_filter",
    "ds_nodash_filter",
    "ts_filter",
    "ts_nodash_filter",
    "ts_nodash_with_tz_filter",
]
