"""Airflow's `airflow.providers.standard`.  Written by tools/build_compat.py."""

from airflow._package import beside

__path__ = beside(__path__, __name__)
