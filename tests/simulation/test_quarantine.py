"""A run or a schedule that cannot be decided is left out, and all others go on."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from sqlalchemy import select

from support.engine import DAILY, Engine, dag
from tradewind.core import flow, machine
from tradewind.core import runs as core_runs
from tradewind.services import quarantine
from tradewind.spec.states import DagRunState, TaskInstanceState
from tradewind.store import tables
from tradewind.store.engine import read

S = TaskInstanceState
LEASE_TTL = 30.0


@pytest.fixture
def engine(sqlite_store, tmp_path):
    return Engine(sqlite_store, tmp_path)


class Poison:
    """Deciding about runs of one DAG fails until it is mended."""

    def __init__(self, monkeypatch, dag_id="bad"):
        self.dag_id, self.mended, self.asked = dag_id, False, 0
        self.after, self.settle = flow.after, flow.settle
        monkeypatch.setattr(flow, "after", self._after)
        monkeypatch.setattr(flow, "settle", self._settle)

    def _check(self, run):
        if run.dag_id == self.dag_id and not self.mended:
            self.asked += 1
            raise KeyError("a task that nobody knows")

    def _after(self, run, changed, now):
        self._check(run)
        return self.after(run, changed, now)

    def _settle(self, run, now):
        if any(task.state is S.SUCCESS for task in run.tasks.values()):
            self._check(run)
        return self.settle(run, now)


def steps(engine, number, seconds=0.5):
    for _ in range(number):
        engine.clock.advance(seconds)
        engine.scheduler._leadership.acquire()
        engine.step()


def finish(engine, *works):
    engine.step(*[engine.executor.claim(work, engine.clock.now()) for work in works])
    engine.step(*[engine.executor.finish(work, engine.clock.now()) for work in works])


def out(engine, dag_id):
    return next((work for work in engine.executor.out() if work.dag_id == dag_id), None)


def undecided(engine):
    with read(engine.store.engine) as connection:
        return connection.execute(select(tables.undecided)).all()


def events(engine, dag_id="bad"):
    log = tables.event_log.c
    with read(engine.store.engine) as connection:
        wanted = log.event.in_(["undecided", "decided_again"])
        return list(connection.scalars(select(log.event).where(wanted, log.dag_id == dag_id).order_by(log.id)))


def explained(engine, dag_id, run_id):
    return engine.store.reads.explain.run(dag_id, run_id, engine.clock.now(), LEASE_TTL)


def test_others_go_on_and_it_goes_on_when_it_is_mended(engine, monkeypatch, caplog):
    engine.add(dag("bad"), dag("good"))
    engine.lead()
    poison = Poison(monkeypatch)
    bad, good = engine.trigger("bad"), engine.trigger("good")
    finish(engine, out(engine, "bad"), out(engine, "good"))
    steps(engine, 4)
    # the others are not held up any more, and what the bad one reported is no busy place
    assert engine.states(good.id) == {"a": S.SUCCESS, "b": S.QUEUED}
    assert engine.states(bad.id)["a"] is S.RUNNING
    assert engine.scheduler._ledger.free == engine.executor.slots - 1
    finish(engine, out(engine, "good"))
    assert engine.run_state(good.id) is DagRunState.SUCCESS
    told = explained(engine, "bad", bad.run_id)
    assert "does not go on: the scheduler cannot decide this run: KeyError" in told.sentence
    assert told.unmet[0].name == "undecided" and told.unmet[0].fix
    assert [(row.dag_id, row.dag_run_id) for row in undecided(engine)] == [("bad", bad.id)]

    # tried again, rarer each time, and told once
    before = poison.asked
    steps(engine, 80, 5.0)
    assert 4 <= poison.asked - before <= 9
    wanted = "bad cannot be decided and is left out"
    assert len([record for record in caplog.records if wanted in record.getMessage()]) == 1
    assert events(engine) == ["undecided"]

    poison.mended = True
    steps(engine, 80, 5.0)
    assert engine.states(bad.id) == {"a": S.SUCCESS, "b": S.QUEUED}, "the outcome was kept"
    finish(engine, out(engine, "bad"))
    assert engine.run_state(bad.id) is DagRunState.SUCCESS
    assert undecided(engine) == [] and events(engine) == ["undecided", "decided_again"]
    assert "cannot decide" not in explained(engine, "bad", bad.run_id).sentence


def test_a_user_who_changes_it_has_it_tried_at_once(engine, monkeypatch):
    engine.add(dag("bad"))
    engine.lead()
    poison = Poison(monkeypatch)
    bad = engine.trigger("bad")
    finish(engine, out(engine, "bad"))
    steps(engine, 80, 5.0)
    poison.mended = True
    engine.store.actions.set_run_state("bad", bad.run_id, DagRunState.FAILED, now=engine.clock.now())
    engine.changed()
    steps(engine, 2)
    assert engine.run_state(bad.id) is DagRunState.FAILED
    assert undecided(engine) == [] and engine.executor.out() == []


def test_a_claim_is_refused_and_the_task_is_handed_out_anew(engine, monkeypatch):
    engine.add(dag("bad", {"a": [], "c": []}))
    engine.lead()
    poison = Poison(monkeypatch)
    bad = engine.trigger("bad")
    first, second = engine.executor.one("a"), engine.executor.one("c")
    finish(engine, first)
    steps(engine, 4)
    engine.step(engine.executor.claim(second, engine.clock.now()))
    assert engine.executor.granted[second.attempt_id] is False, "no place is held by what waits for a decision"
    assert engine.states(bad.id) == {"a": S.RUNNING, "c": S.QUEUED}
    poison.mended = True
    steps(engine, 20, 5.0)
    again = engine.executor.one("c")
    assert again.attempt_id != second.attempt_id and again.try_number == 1
    finish(engine, again)
    assert engine.run_state(bad.id) is DagRunState.SUCCESS


def test_it_keeps_its_places(engine, monkeypatch):
    """Its running task holds the slot of its pool, and the run counts among the active ones of its DAG."""
    pool = {"a": {"pool": "one"}, "c": {"pool": "one"}}
    engine.store.pools.set("one", 1)
    engine.add(
        dag("bad", {"a": [], "c": []}, fields=pool, max_active_runs=1),
        dag("good", {"g": []}, fields={"g": {"pool": "one"}}),
    )
    engine.lead()
    poison = Poison(monkeypatch)
    engine.trigger("bad")
    finish(engine, engine.executor.out()[0])
    steps(engine, 4)
    second, good = engine.trigger("bad"), engine.trigger("good")
    steps(engine, 2)
    assert engine.executor.out() == []
    assert engine.run_state(second.id) is DagRunState.QUEUED and engine.states(good.id) == {"g": S.SCHEDULED}
    poison.mended = True
    steps(engine, 20, 5.0)
    while works := engine.executor.out():
        finish(engine, *works)
    assert engine.run_state(second.id) is DagRunState.SUCCESS and engine.run_state(good.id) is DagRunState.SUCCESS


def test_what_cannot_be_written_is_laid_at_the_right_door(store, tmp_path, monkeypatch):
    """The database works and refuses the step: the run that is at fault is found, and only that one waits."""
    engine = Engine(store, tmp_path)
    engine.add(dag("bad"), dag("good"))
    engine.lead()
    bad, good = engine.trigger("bad"), engine.trigger("good")
    handler = machine._HANDLERS[machine.Fact.SUCCEEDED]

    def odd(task, call):
        values = handler(task, call)
        return values | {"end_date": call.now.replace(tzinfo=None)} if task.id in bads else values

    bads = {task.id for task in engine.store.scheduler.load_run(bad.id).tasks}
    monkeypatch.setitem(machine._HANDLERS, machine.Fact.SUCCEEDED, odd)
    finish(engine, out(engine, "bad"), out(engine, "good"))
    steps(engine, 4)
    assert engine.states(good.id)["a"] is S.SUCCESS
    assert [(row.dag_id, row.dag_run_id) for row in undecided(engine)] == [("bad", bad.id)]
    assert "naive datetime" in undecided(engine)[0].error
    bads.clear()
    steps(engine, 20, 5.0)
    assert engine.states(bad.id) == {"a": S.SUCCESS, "b": S.QUEUED}


def test_a_schedule_that_cannot_be_decided_stops_no_other(engine, monkeypatch):
    engine.add(dag("bad", timetable=DAILY, catchup=False), dag("good", timetable=DAILY, catchup=False))
    engine.lead()
    start, broken = core_runs.may_start, [True]

    def may_start(run, *rest, **more):
        if run.dag_id == "bad" and broken[0]:
            raise ZeroDivisionError("odd")
        return start(run, *rest, **more)

    monkeypatch.setattr(core_runs, "may_start", may_start)
    engine.advance(timedelta(days=1, minutes=1))
    steps(engine, 5)
    assert [work.dag_id for work in engine.executor.out()] == ["good"]
    told = engine.store.reads.explain.dag("bad", engine.clock.now(), LEASE_TTL)
    assert "the scheduler cannot decide its schedule: ZeroDivisionError: odd" in told.sentence
    broken[0] = False
    steps(engine, 20, 5.0)
    assert sorted(work.dag_id for work in engine.executor.out()) == ["bad", "good"]
    assert events(engine) == ["undecided", "decided_again"]


def test_many_bad_runs_do_not_end_the_scheduler(engine, monkeypatch):
    engine.add(dag("bad", {"a": []}, max_active_runs=30), dag("good", {"a": []}))
    engine.lead()
    Poison(monkeypatch)
    runs = [engine.trigger("bad") for _ in range(12)]
    good = engine.trigger("good")
    finish(engine, *engine.executor.out())
    steps(engine, 12 * quarantine.STRIKES + 5, 0.5)
    assert engine.run_state(good.id) is DagRunState.SUCCESS
    assert {row.dag_run_id for row in undecided(engine)} == {run.id for run in runs}


def test_a_new_leader_finds_out_anew(engine, monkeypatch, caplog):
    engine.add(dag("bad"))
    engine.lead()
    poison = Poison(monkeypatch)
    bad = engine.trigger("bad")
    finish(engine, out(engine, "bad"))
    steps(engine, 4)
    assert undecided(engine)
    poison.mended = True
    engine.clock.advance(60.0)
    engine.scheduler = engine.make_scheduler("scheduler-2")
    engine.lead()
    assert undecided(engine) == []
    caplog.set_level(logging.WARNING)
    steps(engine, 10)
    assert engine.states(bad.id)["a"] in (S.SUCCESS, S.UP_FOR_RETRY, S.QUEUED, S.RUNNING)
