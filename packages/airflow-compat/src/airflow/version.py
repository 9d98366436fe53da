"""Airflow's `airflow.version`.  Written by tools/build_compat.py."""

version = "3.3.2+tradewind"

__all__ = ["version"]
