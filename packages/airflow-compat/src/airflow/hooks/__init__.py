"""Airflow's `airflow.hooks`.  Written by tools/build_compat.py."""
