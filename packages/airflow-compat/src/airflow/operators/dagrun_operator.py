"""Airflow's `airflow.operators.dagrun_operator`.  Written by tools/build_compat.py."""

from tradewind.authoring.operators.trigger_dagrun import TriggerDagRunOperator as TriggerDagRunOperator

__all__ = ["TriggerDagRunOperator"]
