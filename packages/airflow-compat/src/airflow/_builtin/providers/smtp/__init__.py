"""Airflow's `airflow.providers.smtp`.  Written by tools/build_compat.py."""
