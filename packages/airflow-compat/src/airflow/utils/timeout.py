"""Airflow's `airflow.utils.timeout`.  Written by tools/build_compat.py."""

from tradewind.authoring.provider_tools.time_limit import timeout as timeout

__all__ = ["timeout"]
