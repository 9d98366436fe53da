"""Airflow's `airflow.sensors`.  Written by tools/build_compat.py."""
