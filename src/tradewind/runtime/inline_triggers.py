"""Triggers of tasks that run in this process: waited for here and now, without a triggerer.  Called by `inline`."""

from __future__ import annotations

import asyncio
import json
import traceback
from datetime import UTC, datetime
from typing import Any, NamedTuple

from tradewind.authoring.deferral import FAIL_METHOD, TRIGGER_FAILURE, TRIGGER_TIMEOUT
from tradewind.authoring.module_loading import import_string
from tradewind.authoring.triggers.base import BaseTaskEndEvent, BaseTrigger, TriggerEvent
from tradewind.runtime.logs import one_line
from tradewind.spec import serde, wire


class Resumption(NamedTuple):
    """Where a task goes on; or, with `state`, how its trigger ended it."""

    next_method: str
    next_kwargs: str
    event: str | None = None
    state: str | None = None
    xcoms: tuple[wire.XComValue, ...] = ()


def wait_for(outcome: wire.Outcome, about: Any) -> Resumption:
    """Run the trigger of a deferred task to its first event.  `about` becomes its `task_instance`.

    An error of the trigger is a resumption that fails, as a triggerer would have it.
    """
    try:
        trigger = import_string(outcome.trigger_class)(**serde.loads(outcome.trigger_kwargs))
        trigger.task_instance = about
        limit = None
        if outcome.deadline is not None:
            limit = max(0.0, (outcome.deadline - datetime.now(UTC)).total_seconds())
        event = asyncio.run(_first(trigger, limit))
    except TimeoutError:
        return Resumption(FAIL_METHOD, json.dumps({"error": TRIGGER_TIMEOUT}))
    except Exception as error:
        text = {"error": f"{TRIGGER_FAILURE}: {one_line(error)}", "traceback": traceback.format_exception(error)}
        return Resumption(FAIL_METHOD, json.dumps(text))
    if isinstance(event, BaseTaskEndEvent):
        xcoms = tuple(wire.XComValue(key=key, value=serde.dumps(value)) for key, value in (event.xcoms or {}).items())
        return Resumption("", "{}", state=event.task_instance_state.value, xcoms=xcoms)
    return Resumption(outcome.next_method, outcome.next_kwargs, serde.dumps(event.payload))


async def _first(trigger: BaseTrigger, limit: float | None) -> TriggerEvent:
    events = trigger.run()
    try:
        async with asyncio.timeout(limit):
            async for event in events:
                return event
        raise RuntimeError("the trigger ended without an event")
    finally:
        close = getattr(events, "aclose", None)
        if close is not None:
            await close()
        await trigger.cleanup()
