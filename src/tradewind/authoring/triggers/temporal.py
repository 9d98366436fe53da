"""Waiting for an instant.  Airflow: `airflow.triggers.temporal`, `airflow.providers.standard.triggers.temporal`."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from typing import Any

from tradewind.authoring.timezone import plain
from tradewind.authoring.triggers.base import BaseTrigger, TaskSuccessEvent, TriggerEvent

_LONGEST = 3600.0
"""Seconds of one sleep: a clock that was set is noticed after that time at the latest."""


class DateTimeTrigger(BaseTrigger):
    """Fires at `moment` (aware), with it as payload; `end_from_trigger`: the task ends there, as a success."""

    def __init__(self, moment: dt.datetime, *, end_from_trigger: bool = False) -> None:
        super().__init__()
        if not isinstance(moment, dt.datetime):
            raise TypeError(f"moment must be a datetime, not {moment!r}")
        if moment.tzinfo is None:
            raise ValueError(f"moment {moment.isoformat()} has no time zone; use timezone.utcnow() or give tzinfo")
        self.moment = plain(moment)
        self.end_from_trigger = end_from_trigger

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Path and arguments."""
        return (
            f"{DateTimeTrigger.__module__}.DateTimeTrigger",
            {"moment": self.moment, "end_from_trigger": self.end_from_trigger},
        )

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Sleep until the moment."""
        self.log.info("Waiting until %s", self.moment.isoformat())
        while (left := (self.moment - dt.datetime.now(dt.UTC)).total_seconds()) > 0:
            await asyncio.sleep(min(left, _LONGEST))
        if self.end_from_trigger:
            yield TaskSuccessEvent()
        else:
            yield TriggerEvent(self.moment)


class TimeDeltaTrigger(DateTimeTrigger):
    """Fires when `delta` has passed from now; it is kept as the instant."""

    def __init__(self, delta: dt.timedelta, *, end_from_trigger: bool = False) -> None:
        super().__init__(dt.datetime.now(dt.UTC) + delta, end_from_trigger=end_from_trigger)
