"""Airflow's `airflow.utils`.  Written by tools/build_compat.py."""
