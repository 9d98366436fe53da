"""Airflow's `airflow.sdk.execution_time`.  Written by tools/build_compat.py."""
