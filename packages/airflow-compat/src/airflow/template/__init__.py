"""Airflow's `airflow.template`.  Written by tools/build_compat.py."""
