"""Airflow's `airflow.partition_mappers`.  Written by tools/build_compat.py."""
