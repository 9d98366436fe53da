"""Airflow's `airflow.sdk.definitions.partition_mappers`.  Written by tools/build_compat.py."""
