"""Airflow's `airflow.api_fastapi.auth`.  Written by tools/build_compat.py."""
