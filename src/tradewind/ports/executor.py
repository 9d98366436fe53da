"""Where attempts run.  Called by `services.scheduler`; implemented by each module of `executors`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tradewind.spec import wire


@dataclass(frozen=True, slots=True)
class Claimed:
    """A worker asks to start an attempt; it waits for `Executor.grant`."""

    attempt_id: str
    at: datetime
    hostname: str
    pid: int


@dataclass(frozen=True, slots=True)
class Finished:
    """A worker reported the outcome of an attempt."""

    outcome: wire.Outcome


@dataclass(frozen=True, slots=True)
class Lost:
    """The process of an attempt is gone and nothing of it runs any more."""

    attempt_id: str
    at: datetime
    reason: str
    """One sentence, e.g. `worker process 4711 was killed by signal 9`."""
    own_fault: bool = False
    """The process ended itself (an exit status, or a crash such as SIGSEGV): a failure of the task, which uses up one
    of its own retries."""


@dataclass(frozen=True, slots=True)
class SlotsChanged:
    """The executor can take more work than it said before."""


Report = Claimed | Finished | Lost | SlotsChanged
Serve = Callable[[wire.Request], object]
"""Answers a request of a task; raises a `tradewind.errors` class that is sent back by name."""


class Executor(Protocol):
    """Runs attempts.  `submit`, `grant` and `cancel` return at once; what happens comes back as reports.

    A report may come from any thread.  For every submitted work there is exactly one `Finished` or `Lost`, unless
    `grant` refused it.
    """

    name: str
    slots: int
    """How many attempts may be submitted and unfinished at once."""

    def start(self, report: Callable[[Report], None], serve: Serve) -> None:
        """Begin.  `report` takes facts, `serve` answers the requests of tasks (called on executor threads)."""
        ...

    def submit(self, work: wire.Work) -> None:
        """Hand over one attempt (or callback)."""
        ...

    def grant(self, attempt_id: str, granted: bool) -> None:
        """Answer a claim."""
        ...

    def cancel(self, attempt_id: str) -> None:
        """End a running attempt: SIGTERM, after the grace period SIGKILL.  Reported as `Lost`."""
        ...

    def bury(self, attempt_ids: list[str]) -> None:
        """Kill whatever still runs on this host of attempts of a dead executor; returns when they are gone."""
        ...

    def stop(self, grace: float) -> None:
        """End all: SIGTERM to running attempts, SIGKILL after `grace` seconds; returns when nothing is left."""
        ...
