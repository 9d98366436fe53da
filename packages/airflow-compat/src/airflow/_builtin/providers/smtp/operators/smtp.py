"""Airflow's `airflow.providers.smtp.operators.smtp`.  Written by tools/build_compat.py."""

from tradewind.authoring.operators.smtp import EmailOperator as EmailOperator

__all__ = ["EmailOperator"]
