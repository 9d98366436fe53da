"""Airflow's `airflow.notifications.basenotifier`.  Written by tools/build_compat.py."""

from tradewind.authoring.notifier import BaseNotifier as BaseNotifier

__all__ = ["BaseNotifier"]
