"""Airflow's `airflow.providers.smtp.operators`.  Written by tools/build_compat.py."""
