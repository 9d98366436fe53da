"""Airflow's `airflow.io`.  Written by tools/build_compat.py."""
