"""Airflow's `airflow.providers.standard.hooks.filesystem`.  Written by tools/build_compat.py."""

from tradewind.authoring.files import FSHook as FSHook

__all__ = ["FSHook"]
