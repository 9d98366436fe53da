"""What a task leaves behind when it waits for a trigger, and how it goes on afterwards.  Called by `task_runner`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from tradewind.authoring.external_state import awaited_by
from tradewind.authoring.triggers.base import written
from tradewind.errors import AirflowRescheduleException, TaskAwaitingInput, TaskDeferred
from tradewind.runtime.masking import masker
from tradewind.spec import serde, wire
from tradewind.spec.external import ExternalWait
from tradewind.spec.moments import later


class Deferral(NamedTuple):
    """A wait, as it travels in the outcome of the attempt."""

    trigger_class: str
    trigger_kwargs: str
    next_method: str
    next_kwargs: str
    deadline: datetime | None
    queue: str | None
    awaits: ExternalWait | None = None
    """What the leader resolves without the trigger."""


NO_WAIT = Deferral("", "{}", "", "{}", None, None)
"""Of an attempt that did not defer."""


def deferral(
    task: Any, raised: TaskDeferred, now: datetime, started: datetime | None, limit: timedelta | None
) -> Deferral:
    """The wait that the operator asked for, ended by its timeout or by the `limit` (execution_timeout) of a task that
    `started` then, whatever comes first.

    Raises TypeError for what cannot be kept, AttributeError when the operator has no such method.
    """
    method: Any = raised.method_name
    if not isinstance(method, str) or not callable(getattr(task, method, None)):
        raise AttributeError(
            f"{type(task).__name__} has no method {raised.method_name!r}, which defer(method_name=...) names"
        )
    trigger_class, trigger_kwargs = written(raised.trigger)
    try:
        next_kwargs = serde.dumps(dict(raised.kwargs or {}))
    except serde.SerdeError as error:
        raise TypeError(f"the kwargs of defer() cannot be kept: {error}") from error
    ends = [later(now, raised.timeout)] if raised.timeout is not None else []
    if limit is not None and started is not None:
        ends.append(later(started, limit))
    queue = getattr(raised.trigger, "trigger_queue", None)
    return Deferral(
        trigger_class,
        trigger_kwargs,
        raised.method_name,
        next_kwargs,
        min(ends, default=None),
        queue if isinstance(queue, str) else None,
        awaited_by(raised.trigger),
    )


def called_earlier(raised: AirflowRescheduleException) -> Deferral:
    """The wait of a sensor that looks again later, but sooner when what it waits for in other DAGs is there."""
    if not isinstance(raised.awaits, ExternalWait) or not isinstance(raised.until, datetime):
        return NO_WAIT
    return NO_WAIT._replace(awaits=raised.awaits, deadline=raised.until.astimezone(UTC))


def question(task: Any, raised: TaskAwaitingInput, now: datetime) -> Deferral:
    """The wait for an answer of people.

    Raises TypeError for kwargs, which an answer cannot carry, AttributeError when the operator has no such method.
    """
    method: Any = raised.method_name
    if not isinstance(method, str) or not callable(getattr(task, method, None)):
        raise AttributeError(
            f"{type(task).__name__} has no method {method!r}, which TaskAwaitingInput(method_name=...) names"
        )
    if raised.kwargs:
        raise TypeError(f"kwargs of TaskAwaitingInput are not kept: {raised.kwargs!r}; keep them in an XCom")
    limit: Any = raised.timeout
    if limit is not None and not isinstance(limit, timedelta):
        raise TypeError(f"the timeout of TaskAwaitingInput must be a timedelta, not {limit!r}")
    return Deferral("", "{}", method, "{}", None if limit is None else later(now, limit), None)


def resume(task: Any, work: wire.TaskWork, context: Any, request: Callable[[wire.Request], Any]) -> Any:
    """Call the method where the task goes on.  Raises what it raises."""
    assert work.next_method is not None
    arguments = serde.loads(work.next_kwargs) if work.next_kwargs else {}
    if work.answered:
        arguments["event"] = answer_event(request(wire.GetAnswer(work.ti_id)))
    elif work.trigger_event is not None:
        arguments["event"] = serde.loads(work.trigger_event)
    with masker.lent(arguments):  # this process need not be the one that knew them
        return task.resume_execution(work.next_method, arguments, context)


def answer_event(answer: dict[str, Any]) -> dict[str, Any]:
    """What the operator is told, with times as times again after their way over the wire."""
    at = answer.get("responded_at")
    if isinstance(at, str):
        at = datetime.fromisoformat(at)
    return answer if at is None else {**answer, "responded_at": at.astimezone(UTC)}
