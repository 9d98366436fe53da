"""Airflow's `airflow.providers.standard.utils`.  Written by tools/build_compat.py."""
