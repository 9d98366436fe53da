"""Airflow's `airflow.sdk.definitions.deadline`.  Written by tools/build_compat.py."""

from tradewind.authoring.deadlines import AsyncCallback as AsyncCallback
from tradewind.authoring.deadlines import BaseDeadlineReference as BaseDeadlineReference
from tradewind.authoring.deadlines import DeadlineAlert as DeadlineAlert
from tradewind.authoring.deadlines import DeadlineReference as DeadlineReference
from tradewind.authoring.deadlines import SyncCallback as SyncCallback
from tradewind.authoring.deadlines import VariableInterval as VariableInterval
from tradewind.authoring.deadlines import deadline_reference as deadline_reference

__all__ = [
    "AsyncCallback",
    "BaseDeadlineReference",
    "DeadlineAlert",
    "DeadlineReference",
    "SyncCallback",
    "VariableInterval",
    "deadline_reference",
]
