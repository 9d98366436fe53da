"""Airflow's `airflow.sdk.observability`.  Written by tools/build_compat.py."""
