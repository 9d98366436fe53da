"""Airflow's `airflow.sdk.definitions.deadline`.  Written by tools/build_compat.py."""

from tradewind.authoring.deadlines import AsyncCallback as AsyncCallback
from tradewind.authoring.deadlines import AverageRuntimeDeadline as AverageRuntimeDeadline
from tradewind.authoring.deadlines import BaseDeadlineReference as BaseDeadlineReference
from tradewind.authoring.deadlines import DagRunLogicalDateDeadline as DagRunLogicalDateDeadline
from tradewind.authoring.deadlines import DagRunQueuedAtDeadline as DagRunQueuedAtDeadline
from tradewind.authoring.deadlines import DeadlineAlert as DeadlineAlert
from tradewind.authoring.deadlines import DeadlineReference as DeadlineReference
from tradewind.authoring.deadlines import FixedDatetimeDeadline as FixedDatetimeDeadline
from tradewind.authoring.deadlines import SyncCallback as SyncCallback
from tradewind.authoring.deadlines import VariableInterval as VariableInterval
from tradewind.authoring.deadlines import deadline_reference as deadline_reference

__all__ = [
    "AsyncCallback",
    "AverageRuntimeDeadline",
    "BaseDeadlineReference",
    "DagRunLogicalDateDeadline",
    "DagRunQueuedAtDeadline",
    "DeadlineAlert",
    "DeadlineReference",
    "FixedDatetimeDeadline",
    "SyncCallback",
    "VariableInterval",
    "deadline_reference",
]
