"""Triggers for tests of triggerers.  Airflow: `airflow.triggers.testing`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from tradewind.authoring.triggers.base import BaseTrigger, TriggerEvent


class SuccessTrigger(BaseTrigger):
    """Fires at once."""

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Path and arguments."""
        return f"{__name__}.SuccessTrigger", {}

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Fire."""
        yield TriggerEvent(True)


class FailureTrigger(BaseTrigger):
    """Fails at once."""

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Path and arguments."""
        return f"{__name__}.FailureTrigger", {}

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Raise ValueError."""
        if self.trigger_id is not NotImplemented:
            raise ValueError("this trigger fails on purpose")
        yield TriggerEvent(False)
