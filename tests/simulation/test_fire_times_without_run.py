"""Fire times that were due and made no run, or made one too late: told of once, over restarts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from support.engine import DAILY, START, Engine, dag
from tradewind.ports.callbacks import NO_RUN
from tradewind.spec import wire
from tradewind.spec.deadlines import DeadlineSpec
from tradewind.spec.states import DagRunState
from tradewind.store import tables
from tradewind.store.engine import read

DAY = timedelta(days=1)
NEVER = {"deadlines": (DeadlineSpec(reference="not_started", interval=600.0, name="never"),)}


@pytest.fixture
def engine(store, tmp_path):
    return Engine(store, tmp_path)


def told(engine):
    return [work for work in engine.executor.submitted.values() if isinstance(work, wire.CallbackWork)]


def rows(engine):
    with read(engine.store.engine) as connection:
        return connection.execute(select(tables.deadline).order_by(tables.deadline.c.due_at)).all()


def held_by_an_active_run(engine):
    """A DAG whose second fire time makes no run, as the first run is still active."""
    engine.add(dag("d", {"a": []}, timetable=DAILY, max_active_runs=1, **NEVER))
    engine.lead()
    engine.advance(DAY)
    engine.claim("a")
    engine.advance(DAY)


def test_a_fire_time_that_makes_no_run_is_told_of_once(engine):
    held_by_an_active_run(engine)
    assert len(engine.runs("d")) == 1
    engine.advance(599)
    assert told(engine) == []
    engine.advance(2)
    (work,) = told(engine)
    assert work.reason == ("no run was made for the fire time 2024-08-08T00:00:00+00:00 by 2024-08-08T00:10:00+00:00")
    assert (work.kind, work.task_id, work.run.run_id) == ("deadline", None, "scheduled__2024-08-08T00:00:00+00:00")
    assert work.run.run_after == START + 2 * DAY
    assert work.run.data_interval_start == START + DAY
    missed = [row for row in rows(engine) if row.state == "missed"]
    assert [(row.dag_run_id, row.run_id, row.name) for row in missed] == [(None, work.run.run_id, "never")]
    engine.changed()
    engine.advance(3600)
    assert len(told(engine)) == 1


def test_the_run_that_is_made_at_last_tells_nobody_again(engine):
    held_by_an_active_run(engine)
    engine.advance(601)
    (work,) = told(engine)
    engine.step(engine.executor.claim(work, engine.clock.now()))
    engine.step(engine.executor.finish(work, engine.clock.now()))
    (task,) = [work for work in engine.executor.out() if isinstance(work, wire.TaskWork)]
    engine.step(engine.executor.finish(task, engine.clock.now()))
    engine.advance(0)
    (run,) = engine.runs("d")
    assert run.run_after == START + 2 * DAY and run.state is DagRunState.RUNNING
    engine.advance(3600)
    assert len(told(engine)) == 1
    with read(engine.store.engine) as connection:
        (row,) = connection.execute(select(tables.callback)).all()
    assert (row.state, row.dag_run_id, row.dag_id, row.run_id) == ("success", None, "d", work.run.run_id)


def test_each_fire_time_is_told_of_also_by_the_next_leader(engine):
    held_by_an_active_run(engine)
    engine.advance(601)
    for name in ("scheduler-2", "scheduler-3"):
        engine.scheduler = engine.make_scheduler(name)
        engine.clock.advance(100)
        engine.executor.__init__(engine.executor.slots)
        engine.lead()
        engine.advance(0)
        (work,) = told(engine)
        assert work.run.data_interval_start == START + DAY, "owed still: nobody was granted it"
    engine.step(engine.executor.claim(work, engine.clock.now()))
    engine.scheduler = engine.make_scheduler("scheduler-4")
    engine.clock.advance(100)
    engine.executor.__init__(engine.executor.slots)
    engine.lead()
    engine.advance(20)
    assert told(engine) == [], "granted by a scheduler that died: lost, and not told twice"
    with read(engine.store.engine) as connection:
        (event,) = connection.execute(select(tables.event_log).where(tables.event_log.c.event == "callback_lost")).all()
    assert (event.dag_id, event.run_id) == ("d", work.run.run_id)
    assert [row.state for row in rows(engine)].count("missed") == 1


def test_a_run_that_is_made_late_counts_from_its_fire_time(engine):
    engine.add(dag("d", {"a": []}, timetable=DAILY, **NEVER))
    engine.lead()
    engine.clock.advance(DAY + timedelta(hours=3))
    engine.scheduler = engine.make_scheduler("scheduler-2")
    engine.lead()
    engine.advance(0)
    (work,) = told(engine)
    assert work.reason == "the run had not started by 2024-08-07T00:10:00+00:00"
    (row,) = rows(engine)
    assert row.dag_run_id is not None and row.state == "missed"


@pytest.mark.parametrize("paused", [True, False])
def test_what_was_not_due_is_not_missed(engine, paused):
    """The past of a DAG that is new or was paused, and a schedule that was changed."""
    engine.add(dag("d", {"a": []}, timetable=DAILY, catchup=True, **NEVER), paused=True)
    engine.lead()
    engine.advance(3 * DAY)
    if paused:
        engine.store.actions.set_paused("d", False, now=engine.clock.now())
    else:
        engine.store.actions.set_paused("d", False, now=START)
        other = DAILY.__class__(kind="cron_interval", crons=("0 0,1 * * *",), summary="other")
        engine.add(dag("d", {"a": []}, timetable=other, catchup=True, **NEVER))
    engine.changed()
    engine.advance(3600)
    assert engine.runs("d") and told(engine) == []


@pytest.mark.parametrize(
    "stop",
    [
        lambda store, now: store.actions.set_paused("d", True, now=now),
        lambda store, now: store.dags.forget_files("dags", ["d.py"], now),
        lambda store, now: store.actions.delete_dag("d", now=now),
    ],
    ids=["paused", "stale", "deleted"],
)
def test_a_dag_that_is_stopped_tells_nothing_more(engine, stop):
    held_by_an_active_run(engine)
    (run,) = engine.runs("d")
    engine.store.actions.set_run_state("d", run.run_id, DagRunState.FAILED, now=engine.clock.now())
    stop(engine.store, engine.clock.now())
    engine.changed()
    assert not engine.scheduler._book.deadlines.absences._expected
    engine.advance(3600)
    assert told(engine) == []


def test_other_rows_of_a_step_do_not_miss_because_of_it(engine):
    """A fire time without a run is written beside a run whose guard misses, and once."""
    held_by_an_active_run(engine)
    engine.advance(500)
    (run,) = engine.runs("d")
    engine.store.actions.set_run_note("d", run.run_id, "changed meanwhile", now=engine.clock.now())
    engine.store.scheduler.take_signals("scheduler-1")
    engine.clock.advance(101)
    engine.scheduler._leadership.acquire()
    work = next(work for work in engine.executor.submitted.values() if isinstance(work, wire.TaskWork))
    engine.step(engine.executor.finish(work, engine.clock.now()))
    assert engine.run_state(run.id) is DagRunState.SUCCESS
    assert [row.reason[:6] for row in told(engine)] == ["no run"]
    engine.advance(3600)
    assert len(told(engine)) == 1


def test_no_run_is_no_key_of_a_run():
    assert NO_RUN < 0


def test_the_last_run_of_a_schedule_is_not_missed(engine):
    """After it nothing is expected any more, also not the run that was made."""
    engine.add(dag("d", {"a": []}, timetable=DAILY, end_date=START + timedelta(hours=1), **NEVER))
    engine.lead()
    engine.advance(DAY)
    engine.succeed("a")
    engine.advance(3600)
    assert [row.state for row in rows(engine)] == ["met"] and told(engine) == []
    assert not engine.scheduler._book.deadlines.absences._expected


@pytest.mark.parametrize("overlap", ["skip", "cancel_running"])
def test_a_fire_time_that_a_policy_leaves_out_is_not_missed(engine, overlap):
    engine.add(dag("d", {"a": []}, timetable=DAILY, max_active_runs=1, overlap=overlap, **NEVER))
    engine.lead()
    for _ in range(3):
        engine.advance(DAY)
        for work in engine.executor.out("a")[:1]:
            if not engine.executor.granted.get(work.attempt_id):
                engine.step(engine.executor.claim(work, engine.clock.now()))
    engine.advance(3600)
    assert "no run" not in " ".join(work.reason for work in told(engine))
