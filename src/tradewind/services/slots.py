"""The queue of scheduled tasks in front of the limits.  Used by `services.runbook`.

Candidates wait in one heap, best first.  One that a limit holds back is parked under that limit and looked at again
only when the limit has room, so a full pool with ten thousand waiting tasks costs nothing.  The rules themselves are
`core.admission`.
"""

from __future__ import annotations

import heapq
import itertools
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from tradewind.core import admission
from tradewind.core.admission import Candidate, LimitKey, LimitKind, Limits, Usage
from tradewind.core.view import RunView, TaskView
from tradewind.spec.ids import TaskKey
from tradewind.spec.states import DagRunState, TaskInstanceState

log = logging.getLogger(__name__)

EXECUTOR = "local"
Entry = tuple[tuple[int, datetime, int, int], int, int, TaskKey]
"""(order, sequence number, run, task)."""


class Slots:
    """Who may be queued next, and what is held."""

    def __init__(self) -> None:
        self._usage = Usage()
        # places at the executor are counted by the work that is really out, in the runbook
        self._limits = Limits(pools={}, executors={EXECUTOR: 1 << 60})
        self._heap: list[Entry] = []
        self._sequence = itertools.count()
        self._parked: dict[LimitKey, list[Entry]] = {}
        self._eased: set[LimitKey] = set()
        """Limits that may have room for one of those parked under them."""
        self._origin: dict[int, LimitKey] = {}
        """Sequence number -> limit, of entries in the heap that were parked."""
        self._held: dict[str, Candidate] = {}
        self._paused: set[str] = set()
        self._waiting_for_unpause: dict[str, list[Entry]] = {}
        self._weights: dict[int, dict[str, int]] = {}

    def set_pools(self, pools: Mapping[str, int]) -> None:
        """The sizes of the pools changed."""
        self._limits.pools = dict(pools)
        self._eased.update(key for key in self._parked if key.kind is LimitKind.POOL)

    def set_paused(self, dag_id: str, paused: bool) -> None:
        """Tasks of a paused DAG wait; they keep their place."""
        if paused:
            self._paused.add(dag_id)
            return
        self._paused.discard(dag_id)
        for entry in self._waiting_for_unpause.pop(dag_id, ()):
            heapq.heappush(self._heap, entry)

    def offer(self, run: RunView, task: TaskView) -> None:
        """A task became scheduled."""
        weights = self._weights.get(run.version_id)
        if weights is None:
            weights = self._weights[run.version_id] = run.graph.weights()
        task_id = task.key.task_id
        order = admission.order_key(
            weights.get(task_id, 1),
            run.logical_date or run.run_after,
            run.graph.order.get(task_id, 0),
            task.key.map_index,
        )
        heapq.heappush(self._heap, (order, next(self._sequence), run.pk, task.key))

    def take(self, run: RunView, task: TaskView) -> None:
        """A task instance was found that holds its slots already."""
        candidate = self._candidate(run, task)
        admission.take(candidate, self._usage)
        self._held[task.id] = candidate

    def release(self, run: RunView, task: TaskView) -> None:
        """Give back what the task instance holds, if it holds anything."""
        candidate = self._held.pop(task.id, None)
        if candidate is not None:
            self._eased.update(key for key in admission.release(candidate, self._usage) if key in self._parked)

    def next(self, runs: Mapping[int, RunView]) -> tuple[RunView, TaskView] | None:
        """The best candidate that all limits admit; it holds its slots from now on."""
        for key in list(self._eased):
            self._unpark(key)
        while self._heap:
            entry = heapq.heappop(self._heap)
            origin = self._origin.pop(entry[1], None)
            found = self._admit(entry, runs, origin)
            if origin is not None:
                # its limit may have room for the next one, unless this one was held back by it again
                self._unpark(origin)
            if found is not None:
                return found
        return None

    def _admit(
        self, entry: Entry, runs: Mapping[int, RunView], origin: LimitKey | None
    ) -> tuple[RunView, TaskView] | None:
        _, _, run_pk, key = entry
        run = runs.get(run_pk)
        task = run.tasks.get(key) if run is not None else None
        if run is None or task is None or task.state is not TaskInstanceState.SCHEDULED:
            return None
        if run.state is not DagRunState.RUNNING:
            return None
        if run.dag_id in self._paused:
            self._waiting_for_unpause.setdefault(run.dag_id, []).append(entry)
            return None
        candidate = self._candidate(run, task)
        blocked = admission.admit(candidate, self._usage, self._limits)
        if blocked is not None:
            if blocked.forever:
                log.warning("task %s of %s cannot run: %s", key.task_id, run.dag_id, blocked.reason)
            if blocked.on == origin:
                self._eased.discard(blocked.on)
            heapq.heappush(self._parked.setdefault(blocked.on, []), entry)
            return None
        self._held[task.id] = candidate
        return run, task

    def _unpark(self, key: LimitKey) -> None:
        if key not in self._eased:
            return
        parked = self._parked.get(key)
        if not parked:
            self._parked.pop(key, None)
            self._eased.discard(key)
            return
        entry = heapq.heappop(parked)
        self._origin[entry[1]] = key
        heapq.heappush(self._heap, entry)

    def _candidate(self, run: RunView, task: TaskView) -> Candidate:
        # there is one executor in this version: a task that names another one runs on it rather than never
        return replace(admission.candidate(run, task, EXECUTOR), executor=EXECUTOR)
