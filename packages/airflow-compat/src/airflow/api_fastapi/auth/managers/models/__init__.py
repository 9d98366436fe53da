"""Airflow's `airflow.api_fastapi.auth.managers.models`.  Written by tools/build_compat.py."""
