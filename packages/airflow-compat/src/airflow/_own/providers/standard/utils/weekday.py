"""Airflow's `airflow.providers.standard.utils.weekday`.  Written by tools/build_compat.py."""

from tradewind.authoring.dates import WeekDay as WeekDay

__all__ = ["WeekDay"]
