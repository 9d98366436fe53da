"""The trigger that a task starts with, as a plain value.  Called by `compile`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tradewind.authoring.problems import ArgumentTypeError
from tradewind.spec import serde
from tradewind.spec.dag import StartTrigger


def start_trigger(where: str, task: Any) -> StartTrigger | None:
    """The trigger that a task starts with, or None.  Raises ArgumentTypeError naming what is wrong."""
    if not getattr(task, "start_from_trigger", False):
        return None
    args = getattr(task, "start_trigger_args", None)
    if args is None:
        raise ArgumentTypeError(
            f"{where} has start_from_trigger=True without start_trigger_args",
            fix="set start_trigger_args = StartTriggerArgs(trigger_cls=..., next_method=...), or leave it False",
        )
    timeout = args.timeout
    try:
        return StartTrigger(
            trigger_class=str(args.trigger_cls),
            trigger_kwargs=serde.dumps(dict(args.trigger_kwargs or {})),
            next_method=str(args.next_method),
            next_kwargs=serde.dumps(dict(args.next_kwargs or {})),
            timeout=timeout.total_seconds() if isinstance(timeout, dt.timedelta) else timeout,
        )
    except serde.SerdeError as error:
        raise ArgumentTypeError(
            f"{where}: start_trigger_args cannot be kept: {error}", fix="use plain values: texts, numbers, dates, lists"
        ) from error
