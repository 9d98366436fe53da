"""When something is due that belongs to a run: retries, reschedules and timeouts of runs here, deadlines in
`services.deadlines`.  Used by `services.runbook`.

Entries of a task are not taken out before their time: whoever takes one looks whether it still counts.  Those of a run
that ended, or is read again, are dropped together.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator
from datetime import datetime
from typing import Generic, TypeVar

from tradewind.core import flow
from tradewind.core.view import TIMED, RunView, TaskView
from tradewind.spec.ids import TaskKey

T = TypeVar("T")

_FEW = 64
"""So many dropped entries are not worth a look at the whole heap."""


class Moments(Generic[T]):
    """A heap of times, each of a run.

    Dropping those of a run marks them; they are swept out when they are more than what counts, so that a drop costs
    what was put in before, and the heap is never larger than twice what counts.
    """

    def __init__(self) -> None:
        self._heap: list[tuple[datetime, int, int, T, list[int]]] = []
        """(when, sequence number, run, what, the run's count)"""
        self._counts: dict[int, list[int]] = {}
        """Run -> how many of its entries count, in a cell that goes when they are dropped."""
        self._sequence = itertools.count()
        self._dropped = 0

    def __len__(self) -> int:
        """How many entries are held, with those that were dropped and are not swept out yet."""
        return len(self._heap)

    def push(self, at: datetime, run_pk: int, what: T) -> None:
        """Note that something of a run is due then."""
        count = self._counts.setdefault(run_pk, [0])
        count[0] += 1
        heapq.heappush(self._heap, (at, next(self._sequence), run_pk, what, count))

    def drop(self, run_pk: int) -> None:
        """Nothing of this run is due any more."""
        count = self._counts.pop(run_pk, None)
        if count is None:
            return
        self._dropped += count[0]
        count[0] = 0
        if self._dropped > max(_FEW, len(self._heap) // 2):
            self._heap = [entry for entry in self._heap if entry[4][0]]
            heapq.heapify(self._heap)
            self._dropped = 0

    def next_due(self) -> datetime | None:
        """The earliest time."""
        while self._heap and not self._heap[0][4][0]:
            heapq.heappop(self._heap)
            self._dropped -= 1
        return self._heap[0][0] if self._heap else None

    def take(self, now: datetime) -> Iterator[tuple[int, T]]:
        """Take out what is due, earliest first: run, and what."""
        while (due := self.next_due()) is not None and due <= now:
            _, _, run_pk, what, count = heapq.heappop(self._heap)
            count[0] -= 1
            if not count[0]:
                del self._counts[run_pk]
            yield run_pk, what


class Agenda:
    """When retries, reschedules and timeouts of runs are due."""

    def __init__(self) -> None:
        self._due: Moments[TaskKey | None] = Moments()
        """Without a task it is the run's timeout."""

    def task(self, run: RunView, task: TaskView) -> None:
        """Note a task that waits for a time; nothing for any other."""
        if task.state in TIMED and task.next_at is not None:
            self._due.push(task.next_at, run.pk, task.key)

    def timeout(self, run: RunView) -> None:
        """Note when the run will have taken too long, if it can."""
        at = flow.timeout_at(run)
        if at is not None:
            self._due.push(at, run.pk, None)

    def forget(self, run_pk: int) -> None:
        """The run is over, or read again."""
        self._due.drop(run_pk)

    def next_due(self) -> datetime | None:
        """The earliest time."""
        return self._due.next_due()

    def take(self, now: datetime) -> Iterator[tuple[int, TaskKey | None]]:
        """Take out what is due, earliest first: run, and task or None for the run's timeout."""
        return self._due.take(now)
