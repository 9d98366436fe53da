"""Airflow's `airflow.sdk.definitions.xcom_arg`.  Written by tools/build_compat.py."""

from tradewind.authoring.xcom_arg import XComArg as XComArg

__all__ = ["XComArg"]
