"""Airflow's `airflow.triggers.base`.  Written by tools/build_compat.py."""

from tradewind.authoring.triggers.base import BaseEventTrigger as BaseEventTrigger
from tradewind.authoring.triggers.base import BaseTaskEndEvent as BaseTaskEndEvent
from tradewind.authoring.triggers.base import BaseTrigger as BaseTrigger
from tradewind.authoring.triggers.base import StartTriggerArgs as StartTriggerArgs
from tradewind.authoring.triggers.base import TaskFailedEvent as TaskFailedEvent
from tradewind.authoring.triggers.base import TaskSkippedEvent as TaskSkippedEvent
from tradewind.authoring.triggers.base import TaskSuccessEvent as TaskSuccessEvent
from tradewind.authoring.triggers.base import TriggerEvent as TriggerEvent

__all__ = [
    "BaseEventTrigger",
    "BaseTaskEndEvent",
    "BaseTrigger",
    "StartTriggerArgs",
    "TaskFailedEvent",
    "TaskSkippedEvent",
    "TaskSuccessEvent",
    "TriggerEvent",
]
