"""The queue of scheduled tasks in front of the limits.  Used by `services.runbook`.

Candidates wait in one heap, best first.  One that a limit holds back is parked under that limit and looked at again
only when the limit has room, so a full pool with ten thousand waiting tasks costs nothing.  Candidates that need
differently much of a limit are parked apart: one that needs three slots does not hold up one that needs one.  The
rules themselves are `core.admission`.
"""

from __future__ import annotations

import heapq
import itertools
import logging
from collections.abc import Mapping
from dataclasses import replace

from tradewind.core import admission
from tradewind.core.admission import Candidate, LimitKey, LimitKind, Limits, Usage
from tradewind.core.view import RunView, TaskView
from tradewind.spec.ids import TaskKey
from tradewind.spec.states import HOLDS_SLOT, DagRunState, DagRunType, TaskInstanceState

log = logging.getLogger(__name__)

EXECUTOR = "local"
Entry = tuple[admission.Order, int, int, TaskKey]
"""(order, sequence number, run, task)."""
Park = tuple[LimitKey, int]
"""A limit, and how much of it the candidates parked here need."""


class Slots:
    """Who may be queued next, and what is held."""

    def __init__(self) -> None:
        self.usage = Usage()
        """What the task instances hold that are queued, running or restarting."""
        # places at the executor are counted by the work that is really out, in the runbook
        self._limits = Limits(pools={}, executors={EXECUTOR: 1 << 60})
        self._heap: list[Entry] = []
        self._sequence = itertools.count()
        self._offered: set[tuple[int, TaskKey]] = set()
        """Those that have an entry somewhere: a run that is read again offers its tasks again."""
        self._parked: dict[Park, list[Entry]] = {}
        self._parks: dict[LimitKey, set[int]] = {}
        """Limit -> the needs under which candidates are parked."""
        self._eased: set[Park] = set()
        """Parks that may have room for one of theirs."""
        self._origin: dict[int, Park] = {}
        """Sequence number -> where it was parked, of entries in the heap."""
        self._held: dict[str, Candidate] = {}
        self._deferred: dict[str, Candidate] = {}
        """Deferred task instances: in some pools they keep their slots."""
        self._keeps_deferred: frozenset[str] = frozenset()
        self._paused: set[str] = set()
        self._waiting_for_unpause: dict[str, list[Entry]] = {}

    def set_pools(self, pools: Mapping[str, int], keeps_deferred: frozenset[str] = frozenset()) -> None:
        """The sizes of the pools changed, or in which of them (`keeps_deferred`) deferred tasks keep their slots."""
        self._limits.pools = dict(pools)
        for ti_id, candidate in self._deferred.items():
            if (candidate.pool in keeps_deferred) != (candidate.pool in self._keeps_deferred):
                if candidate.pool in keeps_deferred:
                    self._hold(ti_id, replace(candidate, pool_only=True))
                else:
                    self._let_go(ti_id)
        self._keeps_deferred = keeps_deferred
        self._eased.update(park for park in self._parked if park[0].kind is LimitKind.POOL)

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
        item = (run.pk, task.key)
        if item in self._offered:
            return
        self._offered.add(item)
        task_id = task.key.task_id
        backfill = run.run_type is DagRunType.BACKFILL
        order = admission.order_key(
            run.graph.weight(task_id, task.try_number),
            (run.queued_at if backfill else run.logical_date) or run.run_after,
            run.graph.order.get(task_id, 0),
            task.key.map_index,
            backfill=backfill,
        )
        heapq.heappush(self._heap, (order, next(self._sequence), run.pk, task.key))

    def take_all(self, run: RunView) -> None:
        """A run was loaded: what its task instances hold already is counted."""
        for task in run.tasks.values():
            if task.state in HOLDS_SLOT:
                self.take(run, task)
            elif task.state is TaskInstanceState.DEFERRED:
                self.defer(run, task)

    def take(self, run: RunView, task: TaskView) -> None:
        """A task instance was found that holds its slots already."""
        self.release(run, task)
        candidate = _candidate(run, task)
        admission.take(candidate, self.usage)
        self._held[task.id] = candidate

    def defer(self, run: RunView, task: TaskView) -> None:
        """A task instance waits for a trigger: it keeps its pool slots where the pool counts deferred ones."""
        self.release(run, task)
        candidate = self._deferred[task.id] = _candidate(run, task)
        if candidate.pool in self._keeps_deferred:
            self._hold(task.id, replace(candidate, pool_only=True))

    def _hold(self, ti_id: str, candidate: Candidate) -> None:
        admission.take(candidate, self.usage)
        self._held[ti_id] = candidate

    def release(self, run: RunView, task: TaskView) -> None:
        """Give back what the task instance holds, if it holds anything."""
        self._deferred.pop(task.id, None)
        self._let_go(task.id)

    def _let_go(self, ti_id: str) -> None:
        candidate = self._held.pop(ti_id, None)
        if candidate is not None:
            for key in admission.release(candidate, self.usage):
                self._eased.update((key, need) for need in self._parks.get(key, ()))

    def next(self, runs: Mapping[int, RunView]) -> tuple[RunView, TaskView] | None:
        """The best candidate that all limits admit; it holds its slots from now on."""
        for park in list(self._eased):
            self._unpark(park)
        while self._heap:
            entry = heapq.heappop(self._heap)
            self._offered.discard(entry[2:])
            origin = self._origin.pop(entry[1], None)
            found = self._admit(entry, runs, origin)
            if origin is not None:
                # there may be room for the next one, unless this one was held back again
                self._unpark(origin)
            if found is not None:
                return found
        return None

    def _admit(self, entry: Entry, runs: Mapping[int, RunView], origin: Park | None) -> tuple[RunView, TaskView] | None:
        _, _, run_pk, key = entry
        run = runs.get(run_pk)
        task = run.tasks.get(key) if run is not None else None
        if run is None or task is None or task.state is not TaskInstanceState.SCHEDULED:
            return None
        if run.state is not DagRunState.RUNNING:
            return None
        if run.dag_id in self._paused:
            self._waiting_for_unpause.setdefault(run.dag_id, []).append(entry)
            self._offered.add(entry[2:])
            return None
        candidate = _candidate(run, task)
        blocked = admission.admit(candidate, self.usage, self._limits)
        if blocked is not None:
            park = (blocked.on, _need(blocked.on.kind, candidate))
            if blocked.forever and park != origin:
                log.warning("task %s of %s cannot run: %s", key.task_id, run.dag_id, blocked.reason)
            if park == origin:
                self._eased.discard(park)
            self._parks.setdefault(blocked.on, set()).add(park[1])
            heapq.heappush(self._parked.setdefault(park, []), entry)
            self._offered.add(entry[2:])
            return None
        self._held[task.id] = candidate
        return run, task

    def _unpark(self, park: Park) -> None:
        if park not in self._eased:
            return
        parked = self._parked.get(park)
        if not parked:
            self._eased.discard(park)
            if self._parked.pop(park, None) is not None:
                needs = self._parks[park[0]]
                needs.discard(park[1])
                if not needs:
                    del self._parks[park[0]]
            return
        entry = heapq.heappop(parked)
        self._origin[entry[1]] = park
        heapq.heappush(self._heap, entry)


def _candidate(run: RunView, task: TaskView) -> Candidate:
    # there is one executor in this version: a task that names another one runs on it rather than never
    return admission.candidate(run, task, EXECUTOR, always=True)


def _need(kind: LimitKind, candidate: Candidate) -> int:
    """What makes one candidate fit where another one under the same limit does not: its size, or what the version of
    its DAG allows."""
    if kind is LimitKind.POOL:
        return candidate.pool_slots
    if kind is LimitKind.DAG:
        return candidate.max_active_tasks
    most = candidate.max_active_tis_per_dag if kind is LimitKind.TASK else candidate.max_active_tis_per_dagrun
    return most or 0
