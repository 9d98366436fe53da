"""The scheduler on a real database and a virtual clock: what it decides, and that it decides it once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from support.engine import DAILY, START, Engine, dag
from tradewind.ports.leases import LeadershipLost
from tradewind.spec import wire
from tradewind.spec.states import DagRunState, TaskInstanceState

S = TaskInstanceState


@pytest.fixture
def engine(store, tmp_path):
    return Engine(store, tmp_path)


def test_a_chain_runs_in_order_and_ends_the_run(engine):
    engine.add(dag())
    engine.lead()
    run = engine.trigger("d")
    assert engine.states(run.id) == {"a": S.QUEUED, "b": None}
    engine.claim("a")
    assert engine.states(run.id)["a"] is S.RUNNING
    engine.step(engine.executor.finish(engine.executor.one("a"), engine.clock.now()))
    assert engine.states(run.id) == {"a": S.SUCCESS, "b": S.QUEUED}
    engine.succeed("b")
    assert engine.run_state(run.id) is DagRunState.SUCCESS


def test_catchup_makes_eight_runs_and_no_catchup_one(engine):
    """start_date 8/6, unpaused on 8/14: the course's example."""
    engine.clock.advance_to(datetime(2024, 8, 14, 9, tzinfo=UTC))
    engine.add(
        dag("with", timetable=DAILY, catchup=True),
        dag("without", timetable=DAILY, catchup=False),
        paused=True,
    )
    engine.lead()
    assert engine.runs("with") == engine.runs("without") == []
    engine.store.actions.set_paused("with", False)
    engine.store.actions.set_paused("without", False)
    engine.changed()
    assert [run.logical_date.day for run in engine.runs("with")] == [6, 7, 8, 9, 10, 11, 12, 13]
    assert [run.logical_date.day for run in engine.runs("without")] == [13]
    engine.run_all()
    engine.advance(timedelta(hours=14))
    assert [run.logical_date.day for run in engine.runs("with")] == []
    engine.advance(timedelta(hours=2))
    assert [run.logical_date.day for run in engine.runs("with")] == [14]


def test_a_long_catchup_is_made_bit_by_bit_and_loses_no_day(engine):
    engine.clock.advance_to(START + timedelta(days=60, hours=1))
    engine.add(dag("d", {"a": []}, timetable=DAILY, catchup=True, max_active_runs=4))
    engine.lead()
    assert len(engine.runs("d")) == 4
    engine.run_all()
    assert engine.runs("d") == []
    record = engine.store.scheduler.dags(["d"])[0]
    assert record.next_run.logical_date == START + timedelta(days=60)
    assert len({work.run.run_id for work in engine.executor.submitted.values()}) == 60


def test_paused_dag_keeps_its_run_queued_until_unpaused(engine):
    engine.add(dag(), paused=True)
    engine.lead()
    run = engine.trigger("d")
    assert engine.run_state(run.id) is DagRunState.QUEUED
    assert not engine.executor.out()
    engine.store.actions.set_paused("d", False)
    engine.changed()
    engine.run_all()
    assert engine.run_state(run.id) is DagRunState.SUCCESS


def test_pausing_holds_back_tasks_that_are_not_out(engine):
    engine.add(dag())
    engine.lead()
    run = engine.trigger("d")
    engine.claim("a")
    engine.store.actions.set_paused("d", True)
    engine.changed()
    engine.step(engine.executor.finish(engine.executor.one("a"), engine.clock.now()))
    assert engine.states(run.id)["b"] is S.SCHEDULED
    engine.store.actions.set_paused("d", False)
    engine.changed()
    assert engine.states(run.id)["b"] is S.QUEUED


def test_retry_waits_for_its_delay(engine):
    engine.add(dag(fields={"a": {"retries": 1, "retry_delay": 60.0}}))
    engine.lead()
    run = engine.trigger("d")
    engine.fail("a")
    assert engine.states(run.id)["a"] is S.UP_FOR_RETRY
    engine.advance(59)
    assert not engine.executor.out()
    engine.advance(1)
    engine.fail("a")
    assert engine.states(run.id) == {"a": S.FAILED, "b": S.UPSTREAM_FAILED}
    assert engine.run_state(run.id) is DagRunState.FAILED


def test_fail_exception_ends_without_retry(engine):
    engine.add(dag(fields={"a": {"retries": 5}}))
    engine.lead()
    run = engine.trigger("d")
    engine.fail("a", retry=False)
    assert engine.states(run.id)["a"] is S.FAILED


def test_lost_attempt_is_retried_on_a_budget_of_its_own(engine):
    engine.add(dag("d", {"a": []}))
    engine.lead()
    run = engine.trigger("d")
    for _ in range(3):
        work = engine.claim("a")
        engine.step(engine.executor.lose(work, engine.clock.now()))
        engine.advance(0)
        assert engine.states(run.id)["a"] is S.QUEUED
    work = engine.claim("a")
    engine.step(engine.executor.lose(work, engine.clock.now()))
    assert engine.states(run.id)["a"] is S.FAILED


def test_a_task_that_ended_its_own_process_uses_a_retry_and_its_callbacks_run_elsewhere(engine):
    engine.add(dag("d", {"a": []}, fields={"a": {"callbacks": ("on_failure_callback",)}}))
    engine.lead()
    run = engine.trigger("d")
    work = engine.claim("a")
    lost = engine.executor.lose(work, engine.clock.now())
    engine.step(replace(lost, own_fault=True, reason="worker process 4711 exited with status 3"))
    (task,) = engine.store.scheduler.load_run(run.id).tasks
    assert (task.state, task.try_number, task.lost) == (S.FAILED, 1, 0)
    (callback,) = engine.executor.out()
    assert callback.kind == "on_failure_callback" and "status 3" in callback.reason


def test_attempt_lost_before_its_claim_costs_nothing(engine):
    engine.add(dag("d", {"a": []}))
    engine.lead()
    run = engine.trigger("d")
    for _ in range(10):
        engine.step(engine.executor.lose(engine.executor.one("a"), engine.clock.now()))
    engine.succeed("a")
    (task,) = engine.store.scheduler.load_run(run.id).tasks
    assert (task.state, task.try_number, task.lost) == (S.SUCCESS, 1, 0)


def test_late_and_double_reports_change_nothing(engine):
    engine.add(dag("d", {"a": []}, fields={"a": {"retries": 1, "retry_delay": 0.0}}))
    engine.lead()
    run = engine.trigger("d")
    first = engine.claim("a")
    now = engine.clock.now()
    engine.step(engine.executor.lose(first, now))
    engine.advance(0)
    engine.step(engine.executor.finish(first, now), engine.executor.finish(first, now))
    assert engine.states(run.id)["a"] is S.QUEUED
    engine.step(engine.executor.claim(first, now))
    assert engine.executor.granted[first.attempt_id] is False
    engine.succeed("a")
    assert engine.run_state(run.id) is DagRunState.SUCCESS


def test_executor_slots_are_never_exceeded(store, tmp_path):
    engine = Engine(store, tmp_path, slots=3)
    engine.add(dag("d", {f"t{i}": [] for i in range(20)}, max_active_tasks=16))
    engine.lead()
    run = engine.trigger("d")
    assert len(engine.executor.out()) == 3
    engine.run_all()
    assert engine.run_state(run.id) is DagRunState.SUCCESS
    assert engine.executor.most_out == 3


def test_pool_and_dag_limits_hold_and_nobody_is_forgotten(engine):
    engine.store.pools.set("narrow", 2)
    engine.add(
        dag("pooled", {f"t{i}": [] for i in range(9)}, fields={f"t{i}": {"pool": "narrow"} for i in range(9)}),
        dag("limited", {f"t{i}": [] for i in range(9)}, max_active_tasks=4),
    )
    engine.lead()
    first, second = engine.trigger("pooled"), engine.trigger("limited")
    seen = []
    while works := engine.executor.out():
        seen.append((sum(w.dag_id == "pooled" for w in works), sum(w.dag_id == "limited" for w in works)))
        now = engine.clock.now()
        engine.step(engine.executor.claim(works[0], now))
        engine.step(engine.executor.finish(works[0], now))
    assert max(pooled for pooled, _ in seen) == 2
    assert max(limited for _, limited in seen) == 4
    assert engine.run_state(first.id) is engine.run_state(second.id) is DagRunState.SUCCESS


def test_a_bigger_pool_lets_waiting_tasks_go(engine):
    engine.store.pools.set("narrow", 1)
    engine.add(dag("d", {f"t{i}": [] for i in range(5)}, fields={f"t{i}": {"pool": "narrow"} for i in range(5)}))
    engine.lead()
    engine.trigger("d")
    assert len(engine.executor.out()) == 1
    engine.store.pools.set("narrow", 3)
    engine.changed()
    assert len(engine.executor.out()) == 3


def test_branch_skips_what_it_did_not_choose(engine):
    engine.add(dag("d", {"branch": [], "left": ["branch"], "right": ["branch"]}))
    engine.lead()
    run = engine.trigger("d")
    engine.succeed("branch", skip=("right",))
    assert engine.states(run.id) == {"branch": S.SUCCESS, "left": S.QUEUED, "right": S.SKIPPED}


def test_reschedule_comes_back_in_the_same_try(engine):
    engine.add(dag("d", {"a": []}))
    engine.lead()
    run = engine.trigger("d")
    engine.succeed("a", state="rescheduled", reschedule_at=engine.clock.now() + timedelta(seconds=30))
    assert engine.states(run.id)["a"] is S.UP_FOR_RESCHEDULE
    engine.advance(30)
    engine.succeed("a")
    (task,) = engine.store.scheduler.load_run(run.id).tasks
    assert (task.state, task.try_number) == (S.SUCCESS, 1)


def test_return_value_is_stored_with_the_success_that_it_belongs_to(engine):
    engine.add(dag())
    engine.lead()
    run = engine.trigger("d")
    engine.succeed("a", xcoms=(wire.XComValue(key="return_value", value="42"),))
    request = wire.GetXCom(dag_id="d", run_id=run.run_id, key="return_value", task_ids=("a",))
    assert [list(row) for row in engine.store.xcoms.get_many(request)] == [["a", -1, "42"]]


def test_run_timeout_fails_the_run_and_stops_its_attempts(engine):
    engine.add(dag(dagrun_timeout=100.0))
    engine.lead()
    run = engine.trigger("d")
    work = engine.claim("a")
    engine.advance(100)
    assert engine.run_state(run.id) is DagRunState.FAILED
    assert engine.executor.cancelled == [work.attempt_id]
    engine.step(engine.executor.lose(work, engine.clock.now()))
    assert engine.states(run.id) == {"a": S.FAILED, "b": S.SKIPPED}


def test_clearing_a_running_task_stops_it_and_starts_it_anew(engine):
    engine.add(dag("d", {"a": []}))
    engine.lead()
    run = engine.trigger("d")
    first = engine.claim("a")
    engine.store.actions.clear_tasks("d", run_id=run.run_id, task_ids=["a"], dry_run=False, now=engine.clock.now())
    engine.changed()
    assert engine.executor.cancelled == [first.attempt_id]
    assert engine.executor.out() == [first]
    engine.step(engine.executor.lose(first, engine.clock.now()))
    second = engine.claim("a")
    assert second.attempt_id != first.attempt_id and second.try_number == 2
    engine.step(engine.executor.finish(second, engine.clock.now()))
    assert engine.run_state(run.id) is DagRunState.SUCCESS


def test_a_report_that_crosses_a_clear_is_decided_anew(engine):
    """The user clears `a` while its success is on the way: the success must not count."""
    engine.add(dag())
    engine.lead()
    run = engine.trigger("d")
    work = engine.claim("a")
    engine.store.actions.clear_tasks("d", run_id=run.run_id, task_ids=["a"], dry_run=False, now=engine.clock.now())
    engine.step(engine.executor.finish(work, engine.clock.now()))  # no signal read yet: the guard must miss
    assert engine.states(run.id) == {"a": S.QUEUED, "b": None}
    assert engine.executor.one("a").attempt_id != work.attempt_id


def test_marking_a_running_task_success_stops_its_attempt_and_goes_on(engine):
    engine.add(dag())
    engine.lead()
    run = engine.trigger("d")
    work = engine.claim("a")
    engine.store.actions.set_task_state("d", run.run_id, "a", state="success", now=engine.clock.now())
    engine.changed()
    assert engine.executor.cancelled == [work.attempt_id]
    assert engine.states(run.id) == {"a": S.SUCCESS, "b": S.QUEUED}
    engine.step(engine.executor.lose(work, engine.clock.now()))
    assert engine.states(run.id)["a"] is S.SUCCESS


def test_a_task_marked_and_cleared_waits_until_its_old_attempt_has_ended(engine):
    """Otherwise two attempts of one task instance would run at once."""
    engine.add(dag("d", {"a": []}))
    engine.lead()
    run = engine.trigger("d")
    first = engine.claim("a")
    now = engine.clock.now()
    engine.store.actions.set_task_state("d", run.run_id, "a", state="failed", now=now)
    engine.store.actions.clear_tasks("d", run_id=run.run_id, task_ids=["a"], dry_run=False, now=now)
    engine.changed()
    engine.advance(0)
    assert engine.executor.out() == [first]
    assert engine.executor.cancelled == [first.attempt_id]
    engine.step(engine.executor.lose(first, now))
    engine.succeed("a")
    assert engine.run_state(run.id) is DagRunState.SUCCESS


def test_clearing_a_finished_run_runs_it_again(engine):
    engine.add(dag())
    engine.lead()
    run = engine.trigger("d")
    engine.run_all()
    engine.store.actions.clear_tasks("d", run_id=run.run_id, dry_run=False, now=engine.clock.now())
    engine.changed()
    assert engine.run_state(run.id) is DagRunState.RUNNING
    engine.run_all()
    assert engine.run_state(run.id) is DagRunState.SUCCESS
    assert {w.try_number for w in engine.executor.submitted.values()} == {1, 2}


def test_deleting_a_run_that_is_out_leaves_nothing_behind(engine):
    engine.add(dag(), dag("other"))
    engine.lead()
    run = engine.trigger("d")
    work = engine.claim("a")
    engine.store.actions.set_run_state("d", run.run_id, "failed", now=engine.clock.now())
    engine.store.actions.delete_run("d", run.run_id, now=engine.clock.now())
    engine.changed()
    assert engine.executor.cancelled == [work.attempt_id]
    engine.step(engine.executor.lose(work, engine.clock.now()))
    other = engine.trigger("other")
    engine.run_all()
    assert engine.run_state(other.id) is DagRunState.SUCCESS


@pytest.mark.parametrize("claimed", [False, True])
def test_a_new_scheduler_takes_over_what_a_dead_one_left(engine, claimed):
    engine.add(dag())
    engine.lead()
    run = engine.trigger("d")
    work = engine.claim("a") if claimed else engine.executor.one("a")
    # the process dies: nothing more is heard of it, and its lease runs out
    engine.executor = type(engine.executor)()
    engine.scheduler = engine.make_scheduler("scheduler-2")
    engine.clock.advance(16)
    engine.lead()
    engine.advance(0)
    assert engine.executor.buried == [work.attempt_id]
    assert engine.executor.one("a").attempt_id != work.attempt_id
    engine.run_all()
    assert engine.run_state(run.id) is DagRunState.SUCCESS


def test_a_deposed_leader_writes_nothing(engine):
    engine.add(dag())
    engine.lead()
    run = engine.trigger("d")
    old = engine.scheduler
    work = engine.executor.one("a")
    engine.scheduler = engine.make_scheduler("scheduler-2")
    engine.clock.advance(16)
    assert engine.scheduler._leadership.acquire()
    with pytest.raises(LeadershipLost):
        old.step([engine.executor.claim(work, engine.clock.now())])
    assert engine.states(run.id)["a"] is S.QUEUED


def test_run_callback_is_queued_with_the_end_of_the_run_and_runs_once(engine):
    engine.add(dag("d", {"a": []}, callbacks=("on_success_callback",)))
    engine.lead()
    engine.trigger("d")
    engine.succeed("a")
    engine.advance(0)
    (work,) = engine.executor.out()
    assert isinstance(work, wire.CallbackWork) and work.kind == "on_success_callback"
    assert work.reason == "success"
    engine.step(engine.executor.claim(work, engine.clock.now()))
    assert engine.executor.granted[work.attempt_id]
    engine.step(engine.executor.finish(work, engine.clock.now(), "done"))
    assert engine.store.history.pending_callbacks() == []


def test_depends_on_past_waits_for_the_run_before(engine):
    engine.clock.advance_to(START + timedelta(days=2, hours=1))
    engine.add(dag("d", {"a": [], "b": []}, fields={"a": {"depends_on_past": True}}, timetable=DAILY, catchup=True))
    engine.lead()
    first, second = engine.runs("d")
    assert (engine.states(first.id)["a"], engine.states(second.id)["a"]) == (S.QUEUED, None)
    engine.succeed("a")
    assert engine.run_state(first.id) is DagRunState.RUNNING  # its other task goes on
    assert [work.run.run_id for work in engine.executor.out("a")] == [second.run_id]


def test_empty_dag_and_empty_operators_need_no_worker(engine):
    engine.add(dag("empty", {"a": [], "b": ["a"]}, fields={k: {"does_nothing": True} for k in "ab"}), dag("none", {}))
    engine.lead()
    runs = [engine.trigger("empty")]
    assert [engine.run_state(run.id) for run in runs] == [DagRunState.SUCCESS]
    assert not engine.executor.submitted
