"""Airflow's `airflow.notifications`.  Written by tools/build_compat.py."""
