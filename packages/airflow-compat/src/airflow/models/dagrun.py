"""Airflow's `airflow.models.dagrun`.  Written by tools/build_compat.py."""

from tradewind.runtime.dag_run import RuntimeDagRun as DagRun

__all__ = ["DagRun"]
