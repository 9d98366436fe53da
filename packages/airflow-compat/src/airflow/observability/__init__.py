"""Airflow's `airflow.observability`.  Written by tools/build_compat.py."""
