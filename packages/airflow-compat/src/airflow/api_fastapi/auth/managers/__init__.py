"""Airflow's `airflow.api_fastapi.auth.managers`.  Written by tools/build_compat.py."""
