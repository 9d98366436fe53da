"""The unfinished runs of one DAG: how many count against `max_active_runs`, and which starts next.  Kept by
`services.runbook`, asked by `services.calendar`.

All questions cost the same however many runs wait.
"""

from __future__ import annotations

import heapq
from datetime import datetime

from tradewind.core.view import RunView
from tradewind.spec.states import DagRunState, DagRunType


class Lineup:
    """Runs of one DAG by key; the queued ones in the order in which they start."""

    def __init__(self) -> None:
        self.runs: dict[int, RunView] = {}
        self.active = 0
        """Queued and running runs that are no backfills: those have a limit of their own."""
        self._queued: set[int] = set()
        self._queued_active = 0
        self._waiting: list[tuple[datetime, int]] = []
        self._backfills: list[tuple[datetime, int]] = []

    @property
    def running(self) -> int:
        """Running runs that are no backfills."""
        return self.active - self._queued_active

    def add(self, run: RunView) -> None:
        """A run that was made, or read again."""
        self.runs[run.pk] = run
        counts = run.run_type is not DagRunType.BACKFILL
        self.active += counts
        if run.state is DagRunState.QUEUED:
            self._queued.add(run.pk)
            self._queued_active += counts
            heapq.heappush(self._waiting if counts else self._backfills, (run.run_after, run.pk))

    def remove(self, run_pk: int) -> None:
        """The run ended, or is read again."""
        run = self.runs.pop(run_pk)
        counts = run.run_type is not DagRunType.BACKFILL
        self.active -= counts
        self._dequeue(run)

    def heads(self) -> list[RunView]:
        """The queued runs that are looked at next: the oldest, and the oldest backfill."""
        found = []
        for heap in (self._waiting, self._backfills):
            while heap and heap[0][1] not in self._queued:
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
            self._queued_active -= run.run_type is not DagRunType.BACKFILL
