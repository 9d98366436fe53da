"""Airflow's `airflow.api_fastapi`.  Written by tools/build_compat.py."""
