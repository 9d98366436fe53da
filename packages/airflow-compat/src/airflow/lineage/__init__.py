"""Airflow's `airflow.lineage`.  Written by tools/build_compat.py."""
