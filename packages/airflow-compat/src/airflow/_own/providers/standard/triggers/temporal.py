"""Airflow's `airflow.providers.standard.triggers.temporal`.  Written by tools/build_compat.py."""

from tradewind.authoring.triggers.temporal import DateTimeTrigger as DateTimeTrigger
from tradewind.authoring.triggers.temporal import TimeDeltaTrigger as TimeDeltaTrigger

__all__ = ["DateTimeTrigger", "TimeDeltaTrigger"]
