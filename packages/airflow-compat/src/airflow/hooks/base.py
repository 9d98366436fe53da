"""Airflow's `airflow.hooks.base`.  Written by tools/build_compat.py."""

from airflow._package import later
from tradewind.authoring.hooks import BaseHook as BaseHook

__getattr__ = later(
    __name__,
    {
        "DiscoverableHook": "it belongs to the inside of Airflow",
    },
)

__all__ = ["BaseHook"]
