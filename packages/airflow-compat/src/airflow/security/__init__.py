"""Airflow's `airflow.security`.  Written by tools/build_compat.py."""
