"""When retries, reschedules and timeouts of runs are due.  Used by `services.runbook`.

Entries are never taken out before their time: whoever takes one looks whether it still counts.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator
from datetime import datetime

from tradewind.core import flow
from tradewind.core.view import TIMED, RunView, TaskView
from tradewind.spec.ids import TaskKey


class Agenda:
    """A heap of times."""

    def __init__(self) -> None:
        self._due: list[tuple[datetime, int, int, TaskKey | None]] = []
        """(when, sequence number, run, task); without a task it is the run's timeout."""
        self._sequence = itertools.count()

    def task(self, run: RunView, task: TaskView) -> None:
        """Note a task that waits for a time; nothing for any other."""
        if task.state in TIMED and task.next_at is not None:
            heapq.heappush(self._due, (task.next_at, next(self._sequence), run.pk, task.key))

    def timeout(self, run: RunView) -> None:
        """Note when the run will have taken too long, if it can."""
        at = flow.timeout_at(run)
        if at is not None:
            heapq.heappush(self._due, (at, next(self._sequence), run.pk, None))

    def next_due(self) -> datetime | None:
        """The earliest time."""
        return self._due[0][0] if self._due else None

    def take(self, now: datetime) -> Iterator[tuple[int, TaskKey | None]]:
        """Take out what is due, earliest first: run, and task or None for the run's timeout."""
        while self._due and self._due[0][0] <= now:
            _, _, run_pk, key = heapq.heappop(self._due)
            yield run_pk, key
