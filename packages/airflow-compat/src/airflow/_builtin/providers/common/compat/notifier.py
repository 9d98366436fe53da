"""Airflow's `airflow.providers.common.compat.notifier`.  Written by tools/build_compat.py."""

from tradewind.authoring.notifier import BaseNotifier as BaseNotifier

__all__ = ["BaseNotifier"]
