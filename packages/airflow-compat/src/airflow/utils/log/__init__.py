"""Airflow's `airflow.utils.log`.  Written by tools/build_compat.py."""
