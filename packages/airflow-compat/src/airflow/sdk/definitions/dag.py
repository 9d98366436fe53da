"""Airflow's `airflow.sdk.definitions.dag`.  Written by tools/build_compat.py."""

from tradewind.authoring.dag import DAG as DAG
from tradewind.authoring.dag import dag as dag

__all__ = ["DAG", "dag"]
