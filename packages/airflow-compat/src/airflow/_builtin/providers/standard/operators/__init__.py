"""Airflow's `airflow.providers.standard.operators`.  Written by tools/build_compat.py."""
