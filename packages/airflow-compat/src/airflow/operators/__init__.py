"""Airflow's `airflow.operators`.  Written by tools/build_compat.py."""
