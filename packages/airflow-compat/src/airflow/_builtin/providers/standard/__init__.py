"""Airflow's `airflow.providers.standard`.  Written by tools/build_compat.py."""
