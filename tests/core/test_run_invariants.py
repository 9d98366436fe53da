"""What must hold in any run: the order of simultaneous facts does not matter, clearing twice is clearing once."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from core_support import T0, view
from hypothesis import given, settings
from hypothesis import strategies as st
from test_flow import copy_of, random_dag, random_step

from tradewind.core import clearing, flow
from tradewind.core.machine import Fact, step
from tradewind.core.view import RunView
from tradewind.spec.ids import TaskKey
from tradewind.spec.states import DagRunState, TaskInstanceState

S = TaskInstanceState
Report = tuple[TaskKey, Fact, tuple[str, ...]]


def half_way(rng: Random) -> RunView:
    """A run somewhere in its life."""
    run = view(random_dag(rng))
    now = T0
    flow.settle(run, now)
    for number in range(rng.randint(0, 40)):
        key = random_step(run, rng, now, number) if run.state is DagRunState.RUNNING else None
        if key is None:
            break
        flow.after(run, [key], now)
    for task in run.tasks.values():
        if task.state is S.SCHEDULED:
            step(task, Fact.ADMITTED, now, attempt_id=f"last-{task.key}", worker_id="w")
        if task.state is S.QUEUED:
            step(task, Fact.CLAIMED, now)
        run.recount(task)
    return run


def state_of(run: RunView) -> dict[str, Any]:
    """All that is decided about a run, without its history."""
    return {
        "run": run.state,
        **{
            str(key): (task.state, task.try_number, task.max_tries, task.next_at, task.end_date)
            for key, task in run.tasks.items()
        },
    }


def play(run: RunView, reports: list[Report]) -> dict[str, Any]:
    """Let these things happen at once."""
    now = T0 + timedelta(minutes=5)
    for key, fact, skips in reports:
        step(run.tasks[key], fact, now, at=now, skips=skips)
    flow.after(run, [key for key, _, _ in reports], now)
    return state_of(run)


@settings(max_examples=300)
@given(st.integers(0, 2**32))
def test_the_order_of_simultaneous_facts_does_not_matter(seed: int) -> None:
    rng = Random(seed)
    run = half_way(rng)
    if run.state is not DagRunState.RUNNING:
        return
    reports: list[Report] = []
    for key, task in run.tasks.items():
        if task.state is S.RUNNING:
            fact = rng.choice([Fact.SUCCEEDED, Fact.SUCCEEDED, Fact.FAILED, Fact.SKIPPED, Fact.RESCHEDULED])
            below = task.spec.downstream
            skips = tuple(b for b in below if rng.random() < 0.4) if fact is Fact.SUCCEEDED else ()
            reports.append((key, fact, skips))
    shuffled = rng.sample(reports, len(reports))
    assert play(copy_of(run), shuffled) == play(copy_of(run), reports)


@settings(max_examples=200)
@given(st.integers(0, 2**32))
def test_what_a_branch_decided_against_is_skipped_again_when_it_is_cleared_alone(seed: int) -> None:
    rng = Random(seed)
    run = half_way(rng)
    now = T0 + timedelta(minutes=5)
    below = [
        run.tasks[TaskKey(skipped)]
        for task in run.tasks.values()
        for skipped in task.skips
        if task.state is S.SUCCESS and skipped in task.spec.downstream
    ]
    again = [task for task in below if task.state is S.SKIPPED]
    clearing.clear(run, again, now)
    if run.state is DagRunState.QUEUED:
        flow.step_run(run, flow.RunFact.STARTED, now)
    flow.settle(copy := copy_of(run), now)
    assert {copy.tasks[task.key].state for task in again} <= {S.SKIPPED}


@settings(max_examples=200)
@given(st.integers(0, 2**32))
def test_clearing_twice_is_clearing_once(seed: int) -> None:
    rng = Random(seed)
    run = half_way(rng)
    names = [task_id for task_id in run.graph.order if rng.random() < 0.5]
    down = rng.random() < 0.5
    now = T0 + timedelta(minutes=5)
    clearing.clear(run, clearing.select_instances(run, names, downstream=down), now)
    once = state_of(run), run.clear_number
    again = clearing.clear(run, clearing.select_instances(run, names, downstream=down), now)
    assert again == []
    assert (state_of(run), run.clear_number) == once


@settings(max_examples=100)
@given(st.integers(0, 2**32))
def test_a_cleared_run_ends_as_any_other(seed: int) -> None:
    rng = Random(seed)
    run = half_way(rng)
    now = T0 + timedelta(minutes=5)
    clearing.clear(run, clearing.select_instances(run), now)
    for task in run.tasks.values():
        if task.state is S.RESTARTING:
            step(task, Fact.LOST, now)
            flow.after(run, [task.key], now)
    if run.state is DagRunState.QUEUED:
        flow.step_run(run, flow.RunFact.STARTED, now)
    flow.settle(run, now)
    for number in range(3000):
        if run.state is not DagRunState.RUNNING:
            break
        due = flow.next_due(run)
        if due is not None:
            now = max(now, due)
            for due in flow.due(run, now):
                waiting = run.tasks[due]
                step(waiting, Fact.RETRY_DUE if waiting.state is S.UP_FOR_RETRY else Fact.RESCHEDULE_DUE, now)
                flow.after(run, [due], now)
        key = random_step(run, rng, now, number)
        if key is not None:
            flow.after(run, [key], now)
    assert run.state in (DagRunState.SUCCESS, DagRunState.FAILED)
    assert run.unfinished == 0
