"""What the scheduler does when the database fails, and what it tells about its work."""

from __future__ import annotations

import itertools
import threading
from datetime import timedelta
from typing import Any

import pytest

from support.engine import START, Engine, dag
from tradewind import telemetry
from tradewind.errors import StoreError
from tradewind.ports.leases import LeadershipLost
from tradewind.services.inbox import DatabaseChanged
from tradewind.spec.states import DagRunState, TaskInstanceState

S = TaskInstanceState
AWAY = StoreError("no server answers")


@pytest.fixture
def engine(sqlite_store, tmp_path):
    return Engine(sqlite_store, tmp_path)


@pytest.fixture
def heard():
    events: list[tuple[str, dict[str, Any]]] = []
    detach = telemetry.attach(lambda name, fields: events.append((name, dict(fields))))
    yield events
    detach()


class Failing:
    """`apply` of a store fails as often as told, before or after its commit."""

    def __init__(self, engine, times, *, after):
        self.apply, self.times, self.after = engine.store.scheduler.apply, times, after
        engine.store.scheduler.apply = self

    def __call__(self, step):
        if self.times <= 0:
            return self.apply(step)
        self.times -= 1
        if self.after:
            self.apply(step)
        raise AWAY


@pytest.mark.parametrize("after", [False, True])
def test_no_report_is_lost_when_the_database_fails(engine, after):
    engine.add(dag())
    engine.lead()
    run = engine.trigger("d")
    work = engine.executor.one("a")
    for report in (lambda: engine.executor.claim(work, START), lambda: engine.executor.finish(work, START)):
        Failing(engine, 2, after=after)
        engine.step(report())
        for _ in range(3):
            engine.clock.advance(0.3)
            engine.step()
    assert engine.executor.granted == {work.attempt_id: True}
    assert engine.states(run.id) == {"a": S.SUCCESS, "b": S.QUEUED}
    engine.step()
    engine.run_all()
    assert engine.run_state(run.id) is DagRunState.SUCCESS


def test_it_waits_longer_each_time_and_does_not_ask_in_between(engine):
    engine.add(dag())
    engine.lead()
    engine.store.actions.trigger_run("d", now=START)
    failing = Failing(engine, 100, after=False)
    engine.step(DatabaseChanged())
    asked = []
    for tick in range(40):
        before = failing.times
        engine.clock.advance(0.1)
        engine.step()
        if failing.times < before:
            asked.append(tick)
    pauses = [later - earlier for earlier, later in itertools.pairwise(asked)]
    assert asked[0] <= 1 and pauses == sorted(pauses) and 2 <= len(asked) <= 6


def test_a_leader_whose_lease_ran_out_ends(engine):
    engine.add(dag())
    engine.lead()

    def away(*args: Any) -> bool:
        raise AWAY

    engine.store.leases.renew = away
    engine.step()
    with pytest.raises(LeadershipLost):
        for _ in range(40):
            engine.clock.advance(0.5)
            engine.step()
    assert 15 <= engine.clock.monotonic() <= 16


def test_what_never_heals_is_raised(engine):
    engine.add(dag())
    engine.lead()
    engine.store.actions.trigger_run("d", now=START)
    Failing(engine, 1000, after=False)
    engine.step(DatabaseChanged())
    with pytest.raises(StoreError):
        for _ in range(40):
            engine.clock.advance(0.5)
            engine.step()


def test_a_lease_that_somebody_else_had_meanwhile_is_not_taken_back(engine):
    engine.add(dag())
    engine.lead()
    leases, now = engine.store.leases, engine.clock.now()
    leases.release("scheduler", "scheduler-1")
    assert leases.acquire("scheduler", "other", now, timedelta(seconds=1))
    leases.release("scheduler", "other")
    engine.clock.advance(6)
    with pytest.raises(LeadershipLost):
        engine.step()


def test_a_run_for_later_starts_at_its_time(engine):
    engine.add(dag("d", {"a": []}))
    engine.lead()
    run = engine.trigger("d", run_after=START + timedelta(hours=1))
    assert engine.run_state(run.id) is DagRunState.QUEUED
    engine.advance(3599)
    assert engine.run_state(run.id) is DagRunState.QUEUED
    engine.advance(1)
    assert engine.run_state(run.id) is DagRunState.RUNNING


def test_a_task_that_can_never_fit_holds_up_nobody(engine):
    engine.store.pools.set("narrow", 2)
    fields = {
        "big": {"pool": "narrow", "pool_slots": 3, "priority_weight": 9},
        **{f"t{i}": {"pool": "narrow"} for i in range(4)},
    }
    engine.add(dag("d", {name: [] for name in fields}, fields=fields))
    engine.lead()
    run = engine.trigger("d")
    engine.run_all()
    states = engine.states(run.id)
    assert states.pop("big") is S.SCHEDULED
    assert set(states.values()) == {S.SUCCESS}


def test_weights_of_a_strategy_order_each_try(engine):
    """The first tries go by 9, 5, 4; `steep` is then down to 1, and `plain` is asked first."""
    engine.store.pools.set("narrow", 1)
    fields = {
        "steep": {"weights": (9, 1), "retries": 1, "retry_delay": 1.0},
        "plain": {"priority_weight": 5, "retries": 1, "retry_delay": 1.0},
        "flat": {"weights": (4,), "retries": 1, "retry_delay": 1.0},
    }
    engine.add(dag("d", {name: [] for name in fields}, fields={k: {**v, "pool": "narrow"} for k, v in fields.items()}))
    engine.lead()
    run = engine.trigger("d")
    order = []
    for _ in range(6):
        engine.advance(2)
        (work,) = engine.executor.out()
        order.append(work.task_id)
        engine.step(engine.executor.claim(work, engine.clock.now()))
        ends = "failed" if order.count(order[-1]) == 1 else "success"
        engine.step(engine.executor.finish(work, engine.clock.now(), ends))
    assert order == ["steep", "plain", "flat", "plain", "flat", "steep"]
    assert engine.run_state(run.id) is DagRunState.SUCCESS
    found = {id: engine.store.reads.task_instances.get("d", run.run_id, id, -1)["priority_weight"] for id in fields}
    assert found == {"flat": 4, "plain": 5, "steep": 1}


def test_past_that_changes_before_the_task_is_ready_is_seen(engine):
    """`b` of the second run becomes ready long after `b` of the first ended."""
    fields = {"b": {"depends_on_past": True}}
    engine.add(dag("d", {"a": [], "b": ["a"]}, fields=fields))
    engine.lead()
    first = engine.trigger("d", logical_date=START)
    second = engine.trigger("d", logical_date=START + timedelta(days=1))
    for run in (first, second):
        for task_id in ("a", "b"):
            (work,) = [work for work in engine.executor.out(task_id) if work.run.run_id == run.run_id]
            engine.step(engine.executor.claim(work, START))
            engine.step(engine.executor.finish(work, START))
    assert engine.run_state(second.id) is DagRunState.SUCCESS


def test_marking_the_past_lets_a_held_run_go_on(engine):
    engine.add(dag("d", {"a": []}, fields={"a": {"depends_on_past": True}}))
    engine.lead()
    first = engine.trigger("d", logical_date=START)
    second = engine.trigger("d", logical_date=START + timedelta(days=1))
    engine.fail("a")
    assert engine.run_state(first.id) is DagRunState.FAILED
    assert engine.states(second.id)["a"] is None
    engine.store.actions.set_task_state("d", first.run_id, "a", "success", now=START)
    engine.changed()
    assert engine.states(second.id)["a"] is S.QUEUED


def test_a_deleted_dag_that_comes_back_at_once_has_no_old_runs(engine):
    engine.add(dag("d", {"a": []}), paused=True)
    engine.lead()
    engine.trigger("d")
    engine.store.actions.delete_dag("d")
    engine.add(dag("d", {"a": []}))
    engine.changed()
    assert not engine.scheduler._book.runs and not engine.executor.out()


def test_events_are_told(engine, heard):
    engine.add(dag("d", {"a": [], "b": ["a"]}, fields={"a": {"retries": 1, "retry_delay": 0.0}}))
    engine.lead()
    engine.trigger("d")
    engine.step(engine.executor.lose(engine.claim("a"), START))
    engine.advance(0)
    engine.fail("a")
    engine.advance(0)
    engine.succeed("a")
    engine.fail("b")
    told = [(name, fields.get("task_id"), fields.get("state")) for name, fields in heard]
    assert told == [
        ("run.started", None, None),
        ("attempt.lost", "a", None),
        ("task.ended", "a", S.SUCCESS),
        ("task.ended", "b", S.FAILED),
        ("run.ended", None, "failed"),
    ]


def test_run_tells_that_it_leads_and_resigns_when_stopped(engine, heard):
    stop, leading = threading.Event(), threading.Event()

    def leads() -> None:
        leading.set()
        stop.set()

    engine.scheduler.run(stop, leads)
    assert leading.is_set() and engine.executor.stopped
    assert [name for name, _ in heard] == ["scheduler.leading"]
    assert engine.store.leases.acquire("scheduler", "next", START, timedelta(seconds=1))
