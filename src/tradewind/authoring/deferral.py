"""How an operator gives its worker back and goes on later: `defer` and what comes after it.

Part of `operator.BaseOperator`; `start_triggers` compiles `start_trigger_args`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, NoReturn

from tradewind.errors import TaskDeferralError, TaskDeferralTimeout, TaskDeferred

FAIL_METHOD = "__fail__"
"""In place of the method's name: the trigger failed or timed out."""
TRIGGER_TIMEOUT = "Trigger timeout"
TRIGGER_FAILURE = "Trigger failure"


class Deferrable:
    """Mixin of `BaseOperator`."""

    start_trigger_args: Any = None
    """What the task waits for before it needs a worker: a `StartTriggerArgs`."""
    start_from_trigger: bool = False
    """Whether the task starts with the trigger of `start_trigger_args`, without a worker."""

    waits_inside: bool = False
    """Whether its waits are the engine's choice and not its author's: then what runs at the start of a try
    (`pre_execute`, `on_execute_callback`) does not run again after one."""

    def defer(
        self,
        *,
        trigger: Any,
        method_name: str,
        kwargs: dict[str, Any] | None = None,
        timeout: dt.timedelta | float | None = None,
    ) -> NoReturn:
        """Give the worker back until `trigger` fires; then `method_name(context, event=..., **kwargs)` is called in a
        worker.  Ends the present call.  `timeout` (or seconds): how long to wait at most.
        """
        raise TaskDeferred(trigger=trigger, method_name=method_name, kwargs=kwargs, timeout=timeout)

    def resume_execution(self, next_method: str, next_kwargs: dict[str, Any] | None, context: Any) -> Any:
        """Go on after a wait.  Raises `TaskDeferralTimeout` or `TaskDeferralError` when it brought nothing, and
        AttributeError when the operator has no such method.
        """
        arguments = dict(next_kwargs or {})
        if next_method == FAIL_METHOD:
            self.raise_trigger_failed(arguments)
        method = getattr(self, next_method, None)
        if not callable(method):
            raise AttributeError(
                f"{type(self).__name__} has no method {next_method!r}, where task {getattr(self, 'task_id', '?')!r} "
                "wanted to go on after its wait"
            )
        return method(context, **arguments)

    def raise_trigger_failed(self, about: Mapping[str, Any]) -> NoReturn:
        """Raise what a failed wait means for the task; `about` has `error`, and `traceback` as lines."""
        error = str(about.get("error") or "Unknown")
        lines = about.get("traceback")
        if lines:
            self.log.error("Trigger failed:\n%s", "".join(lines))  # type: ignore[attr-defined]
        if error == TRIGGER_TIMEOUT:
            raise TaskDeferralTimeout("the task waited longer than the timeout of its deferral")
        raise TaskDeferralError(error)

    def expand_start_from_trigger(self, *, context: Any = None) -> bool:
        """Whether the task starts with its trigger (Airflow)."""
        return self.start_from_trigger

    def expand_start_trigger_args(self, *, context: Any = None) -> Any:
        """The trigger it starts with (Airflow)."""
        return self.start_trigger_args
