"""Airflow's `airflow.sdk.bases`.  Written by tools/build_compat.py."""
