"""Airflow's `airflow.models.baseoperatorlink`.  Written by tools/build_compat.py."""

from tradewind.authoring.notifier import BaseOperatorLink as BaseOperatorLink

__all__ = ["BaseOperatorLink"]
