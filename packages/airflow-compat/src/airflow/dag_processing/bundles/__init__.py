"""Airflow's `airflow.dag_processing.bundles`.  Written by tools/build_compat.py."""
