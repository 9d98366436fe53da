"""Airflow's `airflow.providers.standard.triggers`.  Written by tools/build_compat.py."""
