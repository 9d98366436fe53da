"""Airflow's `airflow.operators.email_operator`.  Written by tools/build_compat.py."""

from tradewind.authoring.operators.email import EmailOperator as EmailOperator

__all__ = ["EmailOperator"]
