"""Runs that wait for earlier ones: an earlier run that is cleared starts although later ones hold all the places."""

from __future__ import annotations

from datetime import timedelta

import pytest

from support.engine import DAILY, START, Engine, dag
from tradewind.spec.ids import NOT_MAPPED, TaskKey
from tradewind.spec.states import DagRunState, TaskInstanceState, TriggerRule

S = TaskInstanceState


@pytest.fixture
def engine(store, tmp_path):
    engine = Engine(store, tmp_path)
    engine.clock.advance_to(START + timedelta(days=2, hours=1))
    return engine


def begin(engine, **fields):
    past = {"depends_on_past": True}
    engine.add(dag("d", {"a": [], "b": ["a"]}, fields={"a": past, "b": past}, timetable=DAILY, catchup=True, **fields))
    engine.lead()


def test_a_cleared_run_does_not_wait_for_one_that_waits_for_it(engine):
    begin(engine, max_active_runs=1)
    (first,) = engine.runs("d")
    engine.fail("a")
    assert engine.run_state(first.id) is DagRunState.FAILED
    (second,) = engine.runs("d")
    assert engine.run_state(second.id) is DagRunState.RUNNING and not engine.executor.out("a")
    engine.store.actions.clear_tasks("d", run_id=first.run_id, now=engine.clock.now())
    engine.changed()
    assert engine.run_state(first.id) is DagRunState.RUNNING
    engine.run_all()
    engine.advance(1)
    engine.run_all()
    assert {engine.run_state(run.id) for run in (first, second)} == {DagRunState.SUCCESS}


def test_it_starts_as_soon_as_the_later_one_comes_to_wait(engine):
    begin(engine, max_active_runs=1)
    (first,) = engine.runs("d")
    engine.succeed("a")
    engine.succeed("b")
    (second,) = engine.runs("d")
    engine.claim("a")
    engine.store.actions.clear_tasks("d", run_id=first.run_id, task_ids=["b"], now=engine.clock.now())
    engine.changed()
    assert engine.run_state(first.id) is DagRunState.QUEUED, "the later run is at work: it keeps its place"
    engine.step(engine.executor.finish(engine.executor.one("a"), engine.clock.now()))
    assert engine.run_state(first.id) is DagRunState.RUNNING
    engine.succeed("b")
    assert engine.run_state(first.id) is DagRunState.SUCCESS
    engine.succeed("b")
    assert engine.run_state(second.id) is DagRunState.SUCCESS


@pytest.mark.parametrize("waits", [False, True])
def test_a_skip_may_wait_for_the_past(engine, waits):
    fields = {
        "depends_on_past": True,
        "trigger_rule": TriggerRule.ALL_FAILED,
        "wait_for_past_depends_before_skipping": waits,
    }
    engine.add(dag("d", {"a": [], "b": ["a"]}, fields={"b": fields}, timetable=DAILY, catchup=True))
    engine.lead()
    first, second = engine.runs("d")
    later = next(work for work in engine.executor.out("a") if work.run.run_id == second.run_id)
    engine.step(engine.executor.claim(later, engine.clock.now()))
    engine.step(engine.executor.finish(later, engine.clock.now()))
    assert engine.states(second.id)["b"] is (None if waits else S.SKIPPED)
    engine.succeed("a")
    assert engine.run_state(first.id) is DagRunState.SUCCESS
    assert engine.states(second.id)["b"] is S.SKIPPED


@pytest.mark.parametrize("word", ["a", "b"])
def test_a_task_waits_for_the_named_tasks_of_the_run_before(engine, word):
    fields = {"depends_on_past": True, "depends_on_previous": (word,)}
    engine.add(dag("d", {"a": [], "b": [], "c": []}, fields={"c": fields}, timetable=DAILY, catchup=True))
    engine.lead()
    first, second = engine.runs("d")
    assert {work.run.run_id for work in engine.executor.out("c")} == {first.run_id}
    engine.fail("c")
    other = "b" if word == "a" else "a"
    for work in engine.executor.out(other):
        engine.step(engine.executor.claim(work, engine.clock.now()))
        engine.step(engine.executor.finish(work, engine.clock.now(), "failed", error="ValueError: no"))
    assert engine.states(second.id)["c"] is None, "only what it names counts, and that has not ended"
    early = next(work for work in engine.executor.out(word) if work.run.run_id == first.run_id)
    engine.step(engine.executor.claim(early, engine.clock.now()))
    engine.step(engine.executor.finish(early, engine.clock.now()))
    assert {work.run.run_id for work in engine.executor.out("c")} == {second.run_id}


def test_a_skip_and_a_cancelled_attempt_say_why(engine):
    engine.add(dag("d", {"a": [], "b": []}, dagrun_timeout=60.0))
    engine.lead()
    run = engine.trigger("d")
    engine.claim("a")
    engine.claim("b")
    engine.advance(1)
    a, b = engine.executor.one("a"), engine.executor.one("b")
    engine.step(engine.executor.finish(a, engine.clock.now(), "skipped", error="AirflowSkipException: no new rows"))

    def sentence(task_id):
        key = TaskKey(task_id, NOT_MAPPED)
        return engine.store.reads.explain.task("d", run.run_id, key, engine.clock.now(), 30.0).sentence

    assert sentence("a") == "`a` was skipped after 1.0 s: the task skipped itself: no new rows"
    engine.advance(60)
    engine.step(engine.executor.lose(b, engine.clock.now()))
    assert sentence("b") == "`b` failed after 1 min 1 s: the run took longer than its dagrun_timeout"


@pytest.mark.parametrize("ignores_first", [True, False])
def test_what_is_no_part_of_the_run_before_does_not_hold_up_the_next(engine, ignores_first):
    fields = {
        "depends_on_past": True,
        "ignore_first_depends_on_past": ignores_first,
        "start_date": START + timedelta(days=1),
    }
    engine.add(dag("d", {"a": [], "b": []}, fields={"b": fields}, timetable=DAILY, catchup=True))
    engine.lead()
    runs = engine.runs("d")
    engine.run_all()
    states = [engine.states(run.id)["b"] for run in runs]
    assert states == [S.REMOVED, S.SUCCESS if ignores_first else None]
