"""The unfinished runs of one DAG: how many count against `max_active_runs`, and which starts next.  Kept by
`services.runbook`, asked by `services.calendar`.

All questions cost the same however many runs wait.
"""

from __future__ import annotations

import heapq
from collections import Counter
from datetime import datetime

from tradewind.core.view import RunView
from tradewind.spec.states import HOLDS_SLOT, DagRunState, DagRunType


class Lineup:
    """Runs of one DAG by key; the queued ones in the order in which they start."""

    def __init__(self) -> None:
        self.runs: dict[int, RunView] = {}
        self.active = 0
        """Queued and running runs that are no backfills: those have a limit of their own."""
        self._queued: set[int] = set()
        self._queued_active = 0
        self._aside: set[int] = set()
        self._waiting: list[tuple[datetime, int]] = []
        self._backfills: dict[int | None, list[tuple[datetime, int]]] = {}
        """Queued runs by backfill: one that may not go on holds up no other."""
        self._active_of: Counter[int | None] = Counter()
        self._queued_of: Counter[int | None] = Counter()

    @property
    def running(self) -> int:
        """Running runs that are no backfills."""
        return self.active - self._queued_active

    @property
    def has_queued(self) -> bool:
        """Whether a run waits to start."""
        return bool(self._queued)

    def held_after(self, run: RunView) -> int:
        """How many running runs do nothing but wait for an earlier run, and are later than this one.

        A run that was cleared must not wait for a place that they hold while they wait for it.
        """
        at = run.logical_date
        if at is None or not run.waits_for_past:
            return 0
        return sum(
            other.state is DagRunState.RUNNING
            and other.run_type is not DagRunType.BACKFILL
            and other.logical_date is not None
            and other.logical_date > at
            and bool(other.held_by_past)
            and not any(task.state in HOLDS_SLOT for task in other.tasks.values())
            for other in self.runs.values()
        )

    def active_of(self, backfill_id: int) -> int:
        """Queued and running runs of a backfill."""
        return self._active_of[backfill_id]

    def running_of(self, backfill_id: int) -> int:
        """Running runs of a backfill."""
        return self._active_of[backfill_id] - self._queued_of[backfill_id]

    def add(self, run: RunView) -> None:
        """A run that was made, or read again."""
        self.runs[run.pk] = run
        counts = run.run_type is not DagRunType.BACKFILL
        self.active += counts
        if not counts:
            self._active_of[run.backfill_id] += 1
        if run.state is DagRunState.QUEUED:
            self._queued.add(run.pk)
            if counts:
                self._queued_active += 1
                heapq.heappush(self._waiting, (run.run_after, run.pk))
            else:
                self._queued_of[run.backfill_id] += 1
                # in the order in which the backfill queued them, which may be backwards
                heap = self._backfills.setdefault(run.backfill_id, [])
                heapq.heappush(heap, (run.queued_at or run.run_after, run.pk))

    def set_aside(self, run: RunView) -> None:
        """A run that nothing is decided about: it keeps its place, if it has one, and is never the next."""
        self.add(run)
        self._aside.add(run.pk)

    def is_aside(self, run: RunView) -> bool:
        """Whether nothing is decided about the run."""
        return run.pk in self._aside

    def remove(self, run_pk: int) -> None:
        """The run ended, or is read again."""
        self._aside.discard(run_pk)
        run = self.runs.pop(run_pk)
        counts = run.run_type is not DagRunType.BACKFILL
        self.active -= counts
        if not counts:
            self._active_of[run.backfill_id] -= 1
        self._dequeue(run)
        if not counts and not self._active_of[run.backfill_id]:
            for known in (self._active_of, self._queued_of, self._backfills):
                known.pop(run.backfill_id, None)

    def heads(self) -> list[RunView]:
        """The queued runs that are looked at next: the oldest, and the first of each backfill."""
        found = []
        for heap in (self._waiting, *self._backfills.values()):
            while heap and (heap[0][1] not in self._queued or heap[0][1] in self._aside):
                heapq.heappop(heap)
            if heap:
                found.append(self.runs[heap[0][1]])
        return found

    def started(self, run: RunView) -> None:
        """A queued run runs now."""
        self._dequeue(run)

    def _dequeue(self, run: RunView) -> None:
        if run.pk in self._queued:
            self._queued.discard(run.pk)
            if run.run_type is DagRunType.BACKFILL:
                self._queued_of[run.backfill_id] -= 1
            else:
                self._queued_active -= 1
