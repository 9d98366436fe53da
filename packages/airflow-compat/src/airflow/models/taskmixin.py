"""Airflow's `airflow.models.taskmixin`.  Written by tools/build_compat.py."""

from tradewind.authoring.node import DependencyMixin as DependencyMixin
from tradewind.authoring.node import DependencyMixin as TaskMixin

__all__ = ["DependencyMixin", "TaskMixin"]
