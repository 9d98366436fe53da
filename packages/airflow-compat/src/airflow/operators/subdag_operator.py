"""Airflow's `airflow.operators.subdag_operator`.  Written by tools/build_compat.py."""

raise ImportError("airflow.operators.subdag_operator does not exist any more: use airflow.sdk.TaskGroup")
