"""Airflow's `airflow.triggers.testing`.  Written by tools/build_compat.py."""

from tradewind.authoring.triggers.testing import FailureTrigger as FailureTrigger
from tradewind.authoring.triggers.testing import SuccessTrigger as SuccessTrigger

__all__ = ["FailureTrigger", "SuccessTrigger"]
