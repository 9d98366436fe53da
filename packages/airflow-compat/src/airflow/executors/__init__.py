"""Airflow's `airflow.executors`.  Written by tools/build_compat.py."""
