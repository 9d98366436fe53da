"""Airflow's `airflow.providers.standard.sensors`.  Written by tools/build_compat.py."""
