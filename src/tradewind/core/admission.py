"""Which scheduled tasks may be queued now, under the limits of pools, DAGs, tasks and executors.

Called by `services.scheduler`, which keeps candidates in a heap by `order_key` and parks a blocked one under
`Blocked.on`; `release` names the limits that it eased, so only candidates parked there are looked at again.
Every call is O(1).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from tradewind.core.phrases import say
from tradewind.core.view import RunView, TaskView
from tradewind.spec.ids import TaskKey

_K = TypeVar("_K")
UNLIMITED = -1
"""Slots of a pool without limit."""


class LimitKind(StrEnum):
    """What can hold a task back."""

    EXECUTOR = "executor"
    POOL = "pool"
    DAG = "dag"
    TASK = "task"
    """`max_active_tis_per_dag`."""
    RUN_TASK = "run_task"
    """`max_active_tis_per_dagrun`."""


@dataclass(frozen=True, slots=True)
class LimitKey:
    """Identity of one limit; candidates are parked by it."""

    kind: LimitKind
    name: str
    """Executor, pool or DAG."""
    task_id: str = ""
    run_pk: int = 0


@dataclass(frozen=True, slots=True)
class Blocked:
    """Why a candidate must wait."""

    on: LimitKey
    reason: str
    """A sentence with numbers."""
    forever: bool = False
    """True when no release can help, only a change of the pool or of the DAG."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A scheduled task instance that wants to be queued, and what it takes."""

    run_pk: int
    key: TaskKey
    dag_id: str
    pool: str
    pool_slots: int
    executor: str
    max_active_tasks: int
    """Of its DAG."""
    max_active_tis_per_dag: int | None = None
    max_active_tis_per_dagrun: int | None = None
    pool_only: bool = False
    """It waits for a trigger, and keeps nothing but its pool slots."""


@dataclass(slots=True)
class Limits:
    """What there is: name -> slots."""

    pools: Mapping[str, int]
    executors: Mapping[str, int]


@dataclass(slots=True)
class Usage:
    """What is taken.  Changed by `take`, `admit` and `release` only; counts at zero are not kept."""

    pools: dict[str, int] = field(default_factory=dict)
    executors: dict[str, int] = field(default_factory=dict)
    dags: dict[int, int] = field(default_factory=dict)
    """Run -> active instances: `max_active_tasks` limits each run by itself, as in Airflow 3."""
    tasks: dict[tuple[str, str], int] = field(default_factory=dict)
    """(dag id, task id) -> active instances in all runs."""
    run_tasks: dict[tuple[int, str], int] = field(default_factory=dict)
    """(run, task id) -> active instances."""


def candidate(run: RunView, task: TaskView, executor: str, *, always: bool = False) -> Candidate:
    """The candidate of a task instance; `executor` is the name of the default one, taken `always` or where the task
    names none."""
    spec = task.spec
    return Candidate(
        run_pk=run.pk,
        key=task.key,
        dag_id=run.dag_id,
        pool=spec.pool,
        pool_slots=spec.pool_slots,
        executor=executor if always else spec.executor or executor,
        max_active_tasks=run.spec.max_active_tasks,
        max_active_tis_per_dag=spec.max_active_tis_per_dag,
        max_active_tis_per_dagrun=spec.max_active_tis_per_dagrun,
    )


Order = tuple[int, int, datetime, int, int]


def order_key(
    priority_weight: int, at: datetime, topological_index: int, map_index: int, *, backfill: bool = False
) -> Order:
    """Sorts candidates, first to go first: backfills after all others, then weight (high first), logical date (or
    `run_after`; for backfills when the run was queued, so that their own order counts), place in the DAG."""
    return (int(backfill), -priority_weight, at, topological_index, map_index)


def admit(wanted: Candidate, usage: Usage, limits: Limits) -> Blocked | None:
    """Take what the candidate needs and return None, or take nothing and return the first limit in its
    way."""
    blocked = check(wanted, usage, limits)
    if blocked is None:
        take(wanted, usage)
    return blocked


def check(wanted: Candidate, usage: Usage, limits: Limits) -> Blocked | None:
    """As `admit`, but only looks."""
    for limit in _LIMITS:
        if (blocked := limit(wanted, usage, limits)) is not None:
            return blocked
    return None


def blocks(wanted: Candidate, usage: Usage, limits: Limits) -> tuple[Blocked, ...]:
    """All limits in the candidate's way, for people who ask why it waits; changes nothing."""
    return tuple(blocked for limit in _LIMITS if (blocked := limit(wanted, usage, limits)) is not None)


def _executor(wanted: Candidate, usage: Usage, limits: Limits) -> Blocked | None:
    name = wanted.executor
    slots = limits.executors.get(name)
    if slots is None:
        return _blocked(LimitKind.EXECUTOR, wanted, say("limit.no_executor", executor=name), forever=True)
    used = usage.executors.get(name, 0)
    if used >= slots:
        text = say("limit.executor", executor=name, count=slots, held=say("are", count=used))
        return _blocked(LimitKind.EXECUTOR, wanted, text)
    return None


def _pool(wanted: Candidate, usage: Usage, limits: Limits) -> Blocked | None:
    slots = limits.pools.get(wanted.pool)
    if slots is None:
        return _blocked(LimitKind.POOL, wanted, say("limit.no_pool", pool=wanted.pool), forever=True)
    if slots == UNLIMITED:
        return None
    if wanted.pool_slots > slots:
        return _blocked(
            LimitKind.POOL,
            wanted,
            say("limit.pool_small", count=wanted.pool_slots, pool=wanted.pool, has=slots),
            forever=True,
        )
    used = usage.pools.get(wanted.pool, 0)
    if used + wanted.pool_slots > slots:
        needs = say("limit.takes", slots=wanted.pool_slots) if wanted.pool_slots > 1 else ""
        held = say("are", count=used)
        text = say("limit.pool", pool=wanted.pool, count=slots, held=held, needs=needs)
        return _blocked(LimitKind.POOL, wanted, text)
    return None


def _dag(wanted: Candidate, usage: Usage, limits: Limits) -> Blocked | None:
    used = usage.dags.get(wanted.run_pk, 0)
    if used < wanted.max_active_tasks:
        return None
    text = say("limit.dag", dag=wanted.dag_id, count=wanted.max_active_tasks, active=say("are", count=used))
    return _blocked(LimitKind.DAG, wanted, text)


def _task(wanted: Candidate, usage: Usage, limits: Limits) -> Blocked | None:
    task_id, most = wanted.key.task_id, wanted.max_active_tis_per_dag
    if most is None or (used := usage.tasks.get((wanted.dag_id, task_id), 0)) < most:
        return None
    return _blocked(LimitKind.TASK, wanted, say("limit.task", task=task_id, count=most, active=say("are", count=used)))


def _run_task(wanted: Candidate, usage: Usage, limits: Limits) -> Blocked | None:
    task_id, most = wanted.key.task_id, wanted.max_active_tis_per_dagrun
    if most is None or (used := usage.run_tasks.get((wanted.run_pk, task_id), 0)) < most:
        return None
    text = say("limit.run_task", task=task_id, count=most, active=say("are", count=used))
    return _blocked(LimitKind.RUN_TASK, wanted, text)


_LIMITS: tuple[Callable[[Candidate, Usage, Limits], Blocked | None], ...] = (_executor, _pool, _dag, _task, _run_task)
"""In the order in which they are asked."""


def take(wanted: Candidate, usage: Usage) -> None:
    """Count a task instance that holds its slots, whatever the limits say (one that a new leader finds
    active)."""
    _shift(wanted, usage, 1)


def release(held: Candidate, usage: Usage) -> tuple[LimitKey, ...]:
    """Give back what was taken; returns the limits that now have more room."""
    _shift(held, usage, -1)
    return tuple(_key(kind, held) for kind in LimitKind)


def _shift(it: Candidate, usage: Usage, by: int) -> None:
    task_id = it.key.task_id
    _count(usage.pools, it.pool, by * it.pool_slots)
    if it.pool_only:
        return
    _count(usage.executors, it.executor, by)
    _count(usage.dags, it.run_pk, by)
    # Counted for every task: a newer version of the DAG may limit it while older runs hold slots.
    _count(usage.tasks, (it.dag_id, task_id), by)
    _count(usage.run_tasks, (it.run_pk, task_id), by)


def _count(counts: dict[_K, int], key: _K, by: int) -> None:
    total = counts.get(key, 0) + by
    if total < 0:
        raise ValueError(f"more was released than was taken of {key!r}")
    if total:
        counts[key] = total
    else:
        counts.pop(key, None)


def _key(kind: LimitKind, it: Candidate) -> LimitKey:
    if kind is LimitKind.EXECUTOR:
        return LimitKey(kind, it.executor)
    if kind is LimitKind.POOL:
        return LimitKey(kind, it.pool)
    if kind is LimitKind.DAG:
        return LimitKey(kind, it.dag_id, run_pk=it.run_pk)
    if kind is LimitKind.TASK:
        return LimitKey(kind, it.dag_id, it.key.task_id)
    return LimitKey(kind, it.dag_id, it.key.task_id, it.run_pk)


def _blocked(kind: LimitKind, wanted: Candidate, reason: str, *, forever: bool = False) -> Blocked:
    return Blocked(_key(kind, wanted), reason, forever)
