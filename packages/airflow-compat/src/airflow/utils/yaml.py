"""Airflow's `airflow.utils.yaml`.  Written by tools/build_compat.py."""

from tradewind.authoring.provider_tools.yaml_files import FullLoader as FullLoader
from tradewind.authoring.provider_tools.yaml_files import SafeDumper as SafeDumper
from tradewind.authoring.provider_tools.yaml_files import SafeLoader as SafeLoader
from tradewind.authoring.provider_tools.yaml_files import YAMLError as YAMLError
from tradewind.authoring.provider_tools.yaml_files import dump as dump
from tradewind.authoring.provider_tools.yaml_files import full_load as full_load
from tradewind.authoring.provider_tools.yaml_files import load as load
from tradewind.authoring.provider_tools.yaml_files import safe_dump as safe_dump
from tradewind.authoring.provider_tools.yaml_files import safe_load as safe_load

__all__ = [
    "FullLoader",
    "SafeDumper",
    "SafeLoader",
    "YAMLError",
    "dump",
    "full_load",
    "load",
    "safe_dump",
    "safe_load",
]
