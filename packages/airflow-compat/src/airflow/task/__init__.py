"""Airflow's `airflow.task`.  Written by tools/build_compat.py."""
