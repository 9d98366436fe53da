"""Triggers and their events.  Airflow: `airflow.triggers.base`.

A trigger is written down as the import path of its class and its arguments (`serialize`), and made again from them in a
triggerer's process, which runs `run` on an event loop shared with thousands of others.
"""

from __future__ import annotations

import abc
import dataclasses
import datetime as dt
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any, ClassVar

from tradewind.authoring.logging_mixin import LoggingMixin
from tradewind.spec import serde
from tradewind.spec.states import TaskInstanceState


@dataclasses.dataclass
class StartTriggerArgs:
    """What an operator with `start_from_trigger` waits for before it needs a worker for the first time."""

    trigger_cls: str
    """Import path of the trigger."""
    next_method: str
    trigger_kwargs: dict[str, Any] | None = None
    next_kwargs: dict[str, Any] | None = None
    timeout: dt.timedelta | None = None
    trigger_queue: str | None = None


class BaseTrigger(LoggingMixin, abc.ABC):
    """Something to wait for.  Subclasses implement `serialize` and `run`."""

    supports_triggerer_queue: ClassVar[bool] = True

    def __init__(self, **kwargs: Any) -> None:
        self.task_instance: Any = None
        """The task instance that waits; set by the triggerer."""
        self.trigger_id: Any = None
        """Identity of this trigger; set by the triggerer."""

    @abc.abstractmethod
    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Import path of the class and the arguments to make it again."""

    @abc.abstractmethod
    def run(self) -> AsyncIterator[TriggerEvent]:
        """An async generator: yields an event when what it waits for has come.

        It may be started again from the beginning by another triggerer, and must never block the event loop: others
        wait on the same one.
        """

    async def cleanup(self) -> None:
        """Called whenever the trigger ends in this process: fired, cancelled, or moved elsewhere."""

    async def on_kill(self) -> None:
        """Called before `cleanup` when the task needs the trigger no more (cleared, marked, timed out): end what runs
        elsewhere.  Not called when the trigger moves to another triggerer."""

    @staticmethod
    def repr(classpath: str, kwargs: Mapping[str, Any]) -> str:
        """Class and arguments as text."""
        return f"<{classpath} {', '.join(f'{name}={value}' for name, value in kwargs.items())}>"

    def __repr__(self) -> str:
        return self.repr(*self.serialize())


class BaseEventTrigger(BaseTrigger):
    """A trigger whose events update assets: it goes on after an event."""

    @staticmethod
    def hash(classpath: str, kwargs: Mapping[str, Any]) -> int:
        """Equal for equal triggers."""
        return hash((classpath, json.dumps(json.loads(serde.dumps(dict(kwargs))), sort_keys=True)))


class TriggerEvent:
    """What a trigger brings; `payload` becomes the argument `event` of the method where the task goes on."""

    def __init__(self, payload: Any = None, **kwargs: Any) -> None:
        self.payload = payload

    def __repr__(self) -> str:
        return f"TriggerEvent<{self.payload!r}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TriggerEvent) and type(other) is type(self) and vars(other) == vars(self)

    __hash__ = None  # type: ignore[assignment]  # payloads may be anything


class BaseTaskEndEvent(TriggerEvent):
    """Ends the task at once, without another worker.  `xcoms`: what the task leaves, by key."""

    task_instance_state: ClassVar[TaskInstanceState]

    def __init__(self, *, xcoms: dict[str, Any] | None = None, **kwargs: Any) -> None:
        if "payload" in kwargs:
            raise ValueError(f"{type(self).__name__} carries no payload; give xcoms={{...}}")
        super().__init__(str(self.task_instance_state))
        self.xcoms = xcoms


class TaskSuccessEvent(BaseTaskEndEvent):
    """The task succeeded."""

    task_instance_state = TaskInstanceState.SUCCESS


class TaskFailedEvent(BaseTaskEndEvent):
    """The task failed, and is not retried."""

    task_instance_state = TaskInstanceState.FAILED


class TaskSkippedEvent(BaseTaskEndEvent):
    """The task is skipped."""

    task_instance_state = TaskInstanceState.SKIPPED


def written(trigger: Any) -> tuple[str, str]:
    """Import path and arguments (JSON text) of a trigger.  Raises TypeError naming what cannot be kept."""
    if not isinstance(trigger, BaseTrigger):
        raise TypeError(f"a task waits for a trigger, an object of a subclass of BaseTrigger, not for {trigger!r}")
    found: Any = trigger.serialize()  # by users: it may be anything
    if not isinstance(found, tuple) or len(found) != 2 or not isinstance(found[0], str):
        raise TypeError(
            f"{type(trigger).__name__}.serialize() returned {found!r}; return (import path of the class, arguments)"
        )
    classpath, kwargs = found
    try:
        return classpath, serde.dumps(dict(kwargs))
    except serde.SerdeError as error:
        raise TypeError(f"the arguments of {type(trigger).__name__} cannot be kept: {error}") from error
