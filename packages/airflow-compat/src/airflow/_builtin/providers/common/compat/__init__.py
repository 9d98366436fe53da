"""Airflow's `airflow.providers.common.compat`.  Written by tools/build_compat.py."""
