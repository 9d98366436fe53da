"""Airflow's `airflow.sdk.definitions._internal`.  Written by tools/build_compat.py."""
