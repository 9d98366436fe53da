"""Airflow's `airflow.sdk.definitions.timetables`.  Written by tools/build_compat.py."""
