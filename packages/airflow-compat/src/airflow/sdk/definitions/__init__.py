"""Airflow's `airflow.sdk.definitions`.  Written by tools/build_compat.py."""
