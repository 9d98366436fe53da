"""Airflow's `airflow.sdk.bases.notifier`.  Written by tools/build_compat.py."""

from tradewind.authoring.notifier import BaseNotifier as BaseNotifier

__all__ = ["BaseNotifier"]
