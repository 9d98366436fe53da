"""Airflow's `airflow.models.deadline`.  Written by tools/build_compat.py."""

from tradewind.authoring.deadlines import ReferenceModels as ReferenceModels

__all__ = ["ReferenceModels"]
