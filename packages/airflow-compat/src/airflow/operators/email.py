"""Airflow's `airflow.operators.email`.  Written by tools/build_compat.py."""

from tradewind.authoring.operators.email import EmailOperator as EmailOperator

__all__ = ["EmailOperator"]
