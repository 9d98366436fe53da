"""YAML, read and written safely.  Airflow: `airflow.utils.yaml`, which stands in for the package `yaml`."""

from __future__ import annotations

from typing import Any

import yaml
from yaml import FullLoader, YAMLError

try:
    from yaml import CSafeDumper as SafeDumper
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # PyYAML was built without its library in C, which is only faster
    from yaml import SafeDumper, SafeLoader  # type: ignore[assignment]

__all__ = ["FullLoader", "SafeDumper", "SafeLoader", "YAMLError", "dump", "full_load", "load", "safe_dump", "safe_load"]


def safe_load(stream: Any) -> Any:
    """The plain values of a text or a file."""
    return yaml.load(stream, SafeLoader)


def dump(data: Any, *args: Any, **kwargs: Any) -> Any:
    """Plain values as YAML, into a file when one is given, else as text."""
    return yaml.dump(data, *args, **{"Dumper": SafeDumper, **kwargs})


def __getattr__(name: str) -> Any:
    return getattr(yaml, name)


safe_dump = dump
load, full_load = yaml.load, yaml.full_load
