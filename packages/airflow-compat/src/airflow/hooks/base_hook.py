"""Airflow's `airflow.hooks.base_hook`.  Written by tools/build_compat.py."""

from tradewind.authoring.hooks import BaseHook as BaseHook

__all__ = ["BaseHook"]
