"""Airflow's `airflow.triggers`.  Written by tools/build_compat.py."""
