"""Airflow's `airflow.utils.hashlib_wrapper`.  Written by tools/build_compat.py."""

from tradewind.authoring.provider_tools.hashes import md5 as md5

__all__ = ["md5"]
