"""Airflow's `airflow.providers.standard.triggers.external_task`.  Written by tools/build_compat.py."""

from tradewind.authoring.triggers.external_task import DagStateTrigger as DagStateTrigger
from tradewind.authoring.triggers.external_task import WorkflowTrigger as WorkflowTrigger

__all__ = ["DagStateTrigger", "WorkflowTrigger"]
