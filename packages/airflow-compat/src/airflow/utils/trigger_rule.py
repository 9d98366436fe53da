"""Airflow's `airflow.utils.trigger_rule`.  Written by tools/build_compat.py."""

from tradewind.spec.states import TriggerRule as TriggerRule

__all__ = ["TriggerRule"]
