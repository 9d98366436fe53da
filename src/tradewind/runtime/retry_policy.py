"""Asks the retry policy of a task about a failed try.  Called by `task_runner`, in the worker, with the exception.

A policy is user code: whatever it raises is logged, and the task is retried as without it.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from tradewind.authoring.retry_policy import RetryAction, RetryDecision
from tradewind.errors import AirflowTaskTerminated

log = logging.getLogger("airflow.task")


class Decided(NamedTuple):
    """What a policy means for the outcome."""

    retry: bool = True
    delay: float | None = None
    """Seconds, 0 for at once; None: the task's own delay."""
    reason: str = ""


def ask_policy(task: Any, ti: Any, context: Mapping[str, Any], error: BaseException) -> Decided:
    """The decision of the task's policy; that of a task without one.  Raises only AirflowTaskTerminated."""
    policy = getattr(task, "retry_policy", None)
    if policy is None:
        return Decided()
    try:
        decision = policy.evaluate(error, ti.try_number, ti.max_tries, context)
        if not isinstance(decision, RetryDecision):
            raise TypeError(f"evaluate() must return a RetryDecision, not {decision!r}")
        delay = None if decision.retry_delay is None else decision.retry_delay / timedelta(seconds=1)
    except AirflowTaskTerminated:
        raise
    except BaseException:
        log.exception("the retry policy of %s failed; the task is retried as without it", ti.task_id)
        return Decided()
    reason = " ".join((decision.reason or "").split())
    log.info("the retry policy decided: %s%s", decision.action.value, f" ({reason})" if reason else "")
    if decision.action is RetryAction.FAIL:
        return Decided(retry=False, reason=reason)
    if decision.action is RetryAction.DEFAULT:
        return Decided()
    return Decided(delay=delay if delay is not None and delay >= 0 else None, reason=reason)
