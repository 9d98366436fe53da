"""Airflow's `airflow.operators.subdag`.  Written by tools/build_compat.py."""

raise ImportError("airflow.operators.subdag does not exist any more: use airflow.sdk.TaskGroup")
