"""What the leader and the triggerers ask of the database about triggers.  Implemented by `store.triggers`.

A trigger is a row: the leader writes it with the step that defers its task, a triggerer claims it and writes what it
brought, the leader turns that into a step, once.  Deleting the row cancels the trigger.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

from tradewind.spec.external import ExternalWait
from tradewind.spec.ids import TaskKey

Outcome = Literal["event", "failed", "success", "failure", "skipped"]
"""What became of a trigger: an event, an error of its own, or the end of its task as success, failure or skipped."""


@dataclass(frozen=True, slots=True)
class NewTrigger:
    """A trigger to wait for, written with the step that defers its task.  The arguments are sealed by the store."""

    id: str
    run_pk: int
    ti_id: str
    kind: str
    """`task`: a triggerer runs it; `engine`: the leader resolves it itself."""
    trigger_class: str
    kwargs: str
    """JSON text of a dict."""
    next_kwargs: str
    created_at: datetime
    log_path: str
    """Of the task's log, relative to the log folder."""
    queue: str | None = None
    priority_weight: int = 1
    awaits: ExternalWait | None = None
    """Of kind `engine`."""


@dataclass(frozen=True, slots=True)
class TriggerChange:
    """A trigger that was acted on (`drop` false: its task goes on with what it brought) or that nobody needs."""

    run_pk: int
    id: str
    drop: bool = True
    event: str | None = None
    """JSON text of what the leader found, for a trigger of kind `engine`; sealed by the store."""
    at: datetime | None = None
    """When, with `event`."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A trigger of kind `engine` that waits."""

    id: str
    run_pk: int
    key: TaskKey
    trigger_class: str
    wait: ExternalWait


@dataclass(frozen=True, slots=True)
class FiredTrigger:
    """A trigger that has something to say and was not acted on."""

    id: str
    run_pk: int
    key: TaskKey
    outcome: Outcome
    at: datetime
    xcoms: tuple[tuple[str, str], ...] = ()
    """(key, JSON text) that it leaves when it ends its task."""
    event: str | None = None
    """JSON text of what the leader found itself; None when a triggerer wrote it into the row."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """What a task goes on with."""

    next_kwargs: str
    """JSON text of a dict."""
    event: str | None
    """JSON text; None when the trigger failed: then `next_kwargs` tells how."""
    lost: bool = False
    """What it brought cannot be read: the try goes on as if its trigger had failed."""


class DeferralStore(Protocol):
    """The leader's side."""

    def fired(self, limit: int) -> list[FiredTrigger]:
        """Triggers that fired and were not acted on, the first ones first."""
        ...

    def resumed(self, trigger_id: str) -> Resumed | None:
        """What the task of a trigger that was acted on goes on with; None when it is gone."""
        ...

    def pools_with_deferred(self) -> frozenset[str]:
        """Names of the pools in which deferred tasks keep their slots."""
        ...


class SubscriptionStore(Protocol):
    """What the leader asks for tasks that wait for other DAGs.  Implemented by `store.subscriptions`."""

    def waiting(self) -> list[Subscription]:
        """All triggers of kind `engine` that wait."""
        ...

    def external(self, wait: ExternalWait) -> Mapping[str, Any]:
        """How what is waited for stands; see `wire.GetExternal`."""
        ...


@dataclass(frozen=True, slots=True)
class ClaimedTrigger:
    """A trigger that a triggerer has to run."""

    id: str
    kind: str
    """`task`, or `watcher`: of an asset."""
    classpath: str
    kwargs: str
    """JSON text of a dict."""
    log_path: str | None
    """Of the task's log, relative to the log folder."""
    bundle_path: str = ""
    """Folder from which its module may be imported, besides what is installed."""
    about: dict[str, object] = field(default_factory=dict)
    """Of its task instance: dag_id, run_id, task_id, map_index, try_number, id."""


@dataclass(frozen=True, slots=True)
class TriggerReport:
    """What a trigger brought."""

    id: str
    outcome: Outcome
    event: str
    """JSON text: the payload of an event; {"error", "traceback"} of a failure; {key: JSON text} of XComs."""
    at: datetime


class TriggerStore(Protocol):
    """The triggerer's side.  All calls come from one thread."""

    def claim(self, triggerer_id: str, limit: int, queues: Sequence[str] | None, now: datetime) -> list[ClaimedTrigger]:
        """Take up to `limit` triggers that nobody runs, of these queues (None: those without a queue)."""
        ...

    def held(self, triggerer_id: str) -> frozenset[str]:
        """Ids of the triggers that this triggerer is to run: what is missing here was cancelled or moved."""
        ...

    def wanted(self, trigger_ids: Sequence[str]) -> frozenset[str]:
        """Those that somebody still waits for: a trigger that is not held here but wanted has moved."""
        ...

    def report(self, triggerer_id: str, reports: Sequence[TriggerReport], now: datetime) -> None:
        """Write what triggers brought, once: nothing is written for one that is not held any more."""
        ...

    def free_dead(self, now: datetime, ttl: timedelta) -> int:
        """Let go of the triggers of triggerers that are gone; returns how many."""
        ...

    def release(self, triggerer_id: str) -> None:
        """Let go of all triggers of this triggerer: it stops."""
        ...
