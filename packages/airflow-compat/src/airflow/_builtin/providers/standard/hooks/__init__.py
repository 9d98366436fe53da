"""Airflow's `airflow.providers.standard.hooks`.  Written by tools/build_compat.py."""
