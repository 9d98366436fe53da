"""Airflow's `airflow.timetables`.  Written by tools/build_compat.py."""
