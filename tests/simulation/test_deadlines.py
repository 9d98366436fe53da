"""Deadlines on a virtual clock: due when they say, told of once, over restarts and changes of the leader."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from support.engine import START, Engine, dag
from tradewind.spec import wire
from tradewind.spec.deadlines import DeadlineSpec
from tradewind.spec.states import DagRunState, TaskInstanceState
from tradewind.store import tables
from tradewind.store.engine import read

S = TaskInstanceState


def queued(seconds=60.0, **fields):
    return DeadlineSpec(**{"reference": "queued_at", "interval": seconds, **fields})


@pytest.fixture
def engine(store, tmp_path):
    return Engine(store, tmp_path)


def told(engine):
    return [work for work in engine.executor.submitted.values() if isinstance(work, wire.CallbackWork)]


def states(engine):
    with read(engine.store.engine) as connection:
        rows = connection.execute(
            select(tables.deadline).order_by(tables.deadline.c.task_id, tables.deadline.c.number)
        ).all()
    return [row.state for row in rows]


def begin(engine, **fields):
    engine.add(dag("d", {"a": []}, **fields))
    engine.lead()
    run = engine.trigger("d")
    engine.advance(0)
    return run


def test_a_run_that_is_late_is_told_of_once_and_goes_on(engine):
    run = begin(engine, deadlines=(queued(60, name="minute"), queued(120)))
    assert states(engine) == ["pending", "pending"]
    engine.advance(59)
    assert told(engine) == []
    engine.advance(2)
    (work,) = told(engine)
    assert (work.kind, work.task_id, work.data["number"]) == ("deadline", None, 0)
    assert work.data["deadline"]["name"] == "minute" and "the run had not ended by" in work.reason
    assert states(engine) == ["missed", "pending"]
    engine.succeed("a")
    assert engine.run_state(run.id) is DagRunState.SUCCESS
    engine.advance(600)
    assert len(told(engine)) == 1
    assert states(engine) == ["missed", "met"]


def test_the_next_leader_finds_them_and_those_that_passed_meanwhile(engine):
    begin(engine, deadlines=(queued(60), queued(3600)))
    engine.scheduler = engine.make_scheduler("scheduler-2")
    engine.clock.advance(100)
    engine.lead()
    engine.advance(0)
    assert [work.data["number"] for work in told(engine)] == [0]
    engine.scheduler = engine.make_scheduler("scheduler-3")
    engine.clock.advance(100)
    engine.executor.__init__(engine.executor.slots)
    engine.lead()
    engine.advance(0)
    assert [work.data["number"] for work in told(engine)] == [0], "owed still, as nobody was granted it"
    assert states(engine) == ["missed", "pending"]


def test_references(engine):
    specs = (
        DeadlineSpec(reference="logical_date", interval=600.0),
        DeadlineSpec(reference="fixed", at=START + timedelta(seconds=300)),
        DeadlineSpec(reference="average_runtime", interval=10.0, max_runs=2, min_runs=1),
        queued(variable="late_after"),
        queued(variable="missing"),
    )
    engine.store.variables.set("late_after", "42")
    make = engine.make_scheduler

    def with_variables(holder):
        scheduler = make(holder)
        scheduler._book.deadlines._variable = engine.store.variables.get
        return scheduler

    engine.scheduler = with_variables("scheduler-1")
    engine.add(dag("d", {"a": []}, deadlines=specs))
    engine.lead()
    first = engine.trigger("d", logical_date=START)
    engine.advance(30)
    engine.succeed("a")
    assert engine.run_state(first.id) is DagRunState.SUCCESS
    second = engine.trigger("d")
    engine.advance(0)
    rows = {(row.run_pk, row.reference, row.number): row.due_at for pk in (first.id, second.id)
            for row in engine.store.history.deadlines(pk)}  # fmt: skip
    later = START + timedelta(seconds=30)
    assert rows == {
        (first.id, "logical_date", 0): START + timedelta(seconds=600),
        (first.id, "fixed", 1): START + timedelta(seconds=300),
        (first.id, "queued_at", 3): START + timedelta(seconds=42),
        (second.id, "fixed", 1): START + timedelta(seconds=300),
        (second.id, "average_runtime", 2): later + timedelta(seconds=40),
        (second.id, "queued_at", 3): later + timedelta(seconds=42),
    }


def test_a_run_that_never_started(engine):
    never = DeadlineSpec(reference="not_started", interval=60.0)
    engine.add(dag("d", {"a": []}, deadlines=(never,), max_active_runs=1))
    engine.lead()
    engine.trigger("d")
    engine.trigger("d")
    engine.advance(61)
    (work,) = told(engine)
    assert "the run had not started by" in work.reason
    assert sorted(states(engine)) == ["met", "missed"]


def test_a_task_that_is_late(engine):
    engine.add(dag("d", {"a": [], "b": []}, fields={task_id: {"deadlines": (queued(60),)} for task_id in "ab"}))
    engine.lead()
    engine.trigger("d")
    engine.advance(30)
    engine.succeed("a")
    engine.advance(31)
    (work,) = told(engine)
    assert (work.task_id, work.reason.split(" by ")[0]) == ("b", "task b had not ended")
    assert states(engine) == ["met", "missed"]


def test_a_run_that_people_end_in_time_has_met_its_deadline(engine):
    run = begin(engine, deadlines=(queued(60),))
    engine.store.actions.set_run_state("d", run.run_id, DagRunState.FAILED, now=engine.clock.now())
    engine.changed()
    engine.advance(100)
    assert states(engine) == ["met"] and told(engine) == []


@pytest.mark.parametrize(("ends_after", "state", "calls"), [(30, "met", 0), (90, "missed", 1)])
def test_a_run_that_people_end_while_nobody_leads(engine, ends_after, state, calls):
    run = begin(engine, deadlines=(queued(60),))
    engine.clock.advance(ends_after)
    engine.store.actions.set_run_state("d", run.run_id, DagRunState.SUCCESS, now=engine.clock.now())
    engine.clock.advance(100)
    engine.executor.__init__(engine.executor.slots)
    for name in ("scheduler-2", "scheduler-3"):
        engine.scheduler = engine.make_scheduler(name)
        engine.clock.advance(100)
        engine.lead()
        engine.advance(0)
        assert states(engine) == [state] and len(told(engine)) == calls


def test_a_deleted_run_leaves_nothing_behind(engine):
    run = begin(engine, deadlines=(queued(60),))
    engine.store.actions.set_run_state("d", run.run_id, DagRunState.FAILED, now=engine.clock.now())
    engine.store.actions.delete_run("d", run.run_id)
    engine.changed()
    engine.advance(100)
    known = engine.scheduler._book.deadlines
    assert not known._pending and not known._new and not known._ended and told(engine) == []


def clear(engine, run):
    engine.store.actions.clear_run("d", run.run_id, now=engine.clock.now())
    engine.changed()


def test_a_cleared_run_is_measured_anew(engine):
    """What counts from the queue, again; a moment that passed, not again; what was missed stays recorded."""
    specs = (queued(60), DeadlineSpec(reference="fixed", at=START + timedelta(seconds=30)), queued(6000),
             DeadlineSpec(reference="fixed", at=START + timedelta(seconds=6000)))  # fmt: skip
    run = begin(engine, deadlines=specs)
    engine.advance(100)
    assert sorted(work.data["number"] for work in told(engine)) == [0, 1]
    engine.succeed("a")
    assert states(engine) == ["missed", "missed", "met", "met"]
    clear(engine, run)
    engine.advance(0)
    later = engine.store.history.deadlines(run.id)
    moved = {row.number: row.due_at for row in later if row.state == "pending"}
    now = engine.clock.now()
    assert moved == {
        0: now + timedelta(seconds=60), 2: now + timedelta(seconds=6000), 3: START + timedelta(seconds=6000)
    }  # fmt: skip
    assert sum(row.state == "missed" for row in later) == 2
    engine.advance(61)
    assert sorted(work.data["number"] for work in told(engine)) == [0, 0, 1]
    engine.advance(3600)
    assert len(told(engine)) == 3


def test_a_run_that_is_cleared_before_its_deadline_has_one_only(engine):
    run = begin(engine, deadlines=(queued(60),))
    engine.advance(50)
    engine.succeed("a")
    clear(engine, run)
    engine.scheduler = engine.make_scheduler("scheduler-2")
    engine.clock.advance(100)
    engine.lead()
    engine.advance(0)
    assert len(told(engine)) == 1
    rows = engine.store.history.deadlines(run.id)
    assert [(row.state, row.clear_number) for row in rows] == [("met", 0), ("missed", 1)]


def test_clearing_a_task_of_a_running_run_moves_nothing(engine):
    engine.add(dag("d", {"a": [], "b": []}, deadlines=(queued(60),)))
    engine.lead()
    run = engine.trigger("d")
    engine.advance(0)
    engine.succeed("a")
    engine.store.actions.clear_tasks("d", run_id=run.run_id, task_ids=["a"], now=engine.clock.now())
    engine.changed()
    engine.advance(61)
    assert states(engine) == ["missed"] and len(told(engine)) == 1


def test_what_runs_leave_behind_in_the_heaps_is_bounded(engine):
    """A deadline and a timeout a year ahead must not stay for a year."""
    engine.add(dag("d", {"a": []}, deadlines=(queued(3e7),), dagrun_timeout=3e7))
    engine.lead()
    for _ in range(150):
        engine.trigger("d")
        engine.succeed("a")
    book = engine.scheduler._book
    assert book.deadlines._due.next_due() is None and book.agenda.next_due() is None
    assert len(book.deadlines._due) < 100 and len(book.agenda._due) < 100
    assert not book.deadlines._due._counts and not book.agenda._due._counts
    assert not book.deadlines._pending
