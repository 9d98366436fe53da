"""Airflow's `airflow.dag_processing`.  Written by tools/build_compat.py."""
