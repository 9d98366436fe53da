"""Airflow's `airflow.contrib`.  Written by tools/build_compat.py."""

raise ImportError(
    "airflow.contrib does not exist any more: install provider packages, e.g. apache-airflow-providers-ssh"
)
