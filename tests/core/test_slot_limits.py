"""Whatever comes and goes in random DAGs: admission exceeds no limit, counting deferred tasks that keep their slots,
and nothing waits without need.
"""

from __future__ import annotations

from random import Random

from core_support import RunRow, dag, view
from hypothesis import given, settings
from hypothesis import strategies as st

from tradewind.core.machine import Fact, step
from tradewind.core.view import RunView, TaskView
from tradewind.services.slots import Slots
from tradewind.spec.states import HOLDS_SLOT, TaskInstanceState

S = TaskInstanceState


class Hall:
    """Runs of random DAGs in front of the limits; counts by itself what is held."""

    def __init__(self, r: Random) -> None:
        self.random = r
        self.slots = Slots()
        self.pools = {"p": r.randint(0, 4), "q": r.choice([-1, 2]), "default_pool": 3}
        self.keeps: frozenset[str] = frozenset()
        self.slots.set_pools(self.pools, self.keeps)
        self.runs: dict[int, RunView] = {}
        self.numbers = iter(range(10**6))
        options = {
            name: {
                "pool": r.choice([*self.pools]),
                "pool_slots": r.choice([1, 1, 2, 3]),
                "priority_weight": r.randint(1, 3),
                "max_active_tis_per_dag": r.choice([None, None, 1, 2]),
                "max_active_tis_per_dagrun": r.choice([None, None, 1]),
            }
            for name in "abcdef"
        }
        for pk in range(1, r.randint(2, 4)):
            spec = dag(dict.fromkeys(options, ()), options=options, max_active_tasks=r.choice([1, 2, 16]))
            run = self.runs[pk] = view(spec, RunRow(id=pk, run_id=f"r{pk}"))
            for task in run.tasks.values():
                task.id = f"{pk}-{task.id}"

    @property
    def tasks(self) -> list[tuple[RunView, TaskView]]:
        return [(run, task) for run in self.runs.values() for task in run.tasks.values()]

    def happen(self) -> None:
        """One task instance goes on, or somebody changes a pool."""
        r = self.random
        if r.random() < 0.1:
            name = r.choice([*self.pools])
            self.pools[name] = r.choice([-1, 0, 1, 2, 4])
            self.keeps ^= {name} if r.random() < 0.5 else frozenset()
            self.slots.set_pools(self.pools, self.keeps)
            return
        run, task = r.choice(self.tasks)
        before, now = task.state, run.run_after
        if before is None:
            step(task, Fact.READY, now)
            self.slots.offer(run, task)
        elif before is S.QUEUED:
            step(task, Fact.CLAIMED, now)
        elif before is S.RUNNING:
            fact = r.choice([Fact.SUCCEEDED, Fact.DEFERRED, Fact.DEFERRED])
            step(task, fact, now, trigger_id="t", next_method="go")
            self.slots.release(run, task)
            if task.state is S.DEFERRED:
                self.slots.defer(run, task)
        elif before is S.DEFERRED:
            step(task, r.choice([Fact.TRIGGER_FIRED, Fact.CLEARED, Fact.FAILED]), now, retry=False)
            self.slots.release(run, task)
            if task.state is S.SCHEDULED:
                self.slots.offer(run, task)
        elif before is not S.SCHEDULED:
            step(task, Fact.CLEARED, now)

    def admit(self) -> None:
        """Queue all that may be queued, and look at each."""
        while (found := self.slots.next(self.runs)) is not None:
            run, task = found
            step(task, Fact.ADMITTED, run.run_after, attempt_id=f"a{next(self.numbers)}", worker_id="w")
            reasons = self.exceeded(run, task)
            assert not reasons, (task.key, reasons)

    def exceeded(self, run: RunView, task: TaskView, more: int = 0) -> list[str]:
        """The limits that are exceeded when `more` of this task (0: it is counted already) are queued."""
        spec = task.spec
        held = [(other, t) for other, t in self.tasks if t.state in HOLDS_SLOT]
        waiting = [(other, t) for other, t in self.tasks if t.state is S.DEFERRED and t.spec.pool in self.keeps]
        used = sum(t.spec.pool_slots for _, t in [*held, *waiting] if t.spec.pool == spec.pool)
        same = [other for other, t in held if t.key.task_id == task.key.task_id]
        counts = {
            "pool": (used + more * spec.pool_slots, self.pools[spec.pool] if self.pools[spec.pool] >= 0 else 10**9),
            "max_active_tasks": (sum(other is run for other, _ in held) + more, run.spec.max_active_tasks),
            "max_active_tis_per_dag": (len(same) + more, spec.max_active_tis_per_dag or 10**9),
            "max_active_tis_per_dagrun": (same.count(run) + more, spec.max_active_tis_per_dagrun or 10**9),
        }
        return [f"{name}: {count} of {most}" for name, (count, most) in counts.items() if count > most]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_no_limit_is_exceeded_and_nothing_waits_without_need(seed: int) -> None:
    hall = Hall(Random(seed))
    for _ in range(60):
        hall.happen()
        if hall.random.random() < 0.7:
            hall.admit()
            for run, task in hall.tasks:
                if task.state is S.SCHEDULED:
                    assert hall.exceeded(run, task, 1), f"{task.key} could be queued"
    for run, task in hall.tasks:
        hall.slots.release(run, task)
    usage = hall.slots.usage
    assert not any((usage.pools, usage.executors, usage.dags, usage.tasks, usage.run_tasks))
