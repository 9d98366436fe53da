"""Callbacks and mails: one for each event, granted once, whatever dies, and never in the way of tasks."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from support.engine import Engine, dag
from tradewind.services.callbacks import PATIENCE, TIME_LIMIT
from tradewind.spec import wire
from tradewind.spec.states import DagRunState, TaskInstanceState
from tradewind.store import tables
from tradewind.store.engine import read

S = TaskInstanceState
FAILURE = {"callbacks": ("on_failure_callback", "on_success_callback", "on_retry_callback")}
MAILS = {"email": ("me@example.com",), "retries": 1, "retry_delay": 0.0}


@pytest.fixture
def engine(store, tmp_path):
    return Engine(store, tmp_path)


def callbacks(engine):
    return [work for work in engine.executor.out() if isinstance(work, wire.CallbackWork)]


def rows(engine):
    with read(engine.store.engine) as connection:
        return connection.execute(select(tables.callback).order_by(tables.callback.c.id)).all()


def take_over(engine):
    """The scheduler died; another one leads once its lease is over."""
    engine.scheduler = engine.make_scheduler("scheduler-2")
    engine.clock.advance(16)
    engine.executor.__init__(engine.executor.slots)
    engine.lead()
    engine.advance(20)
    engine.advance(20)


def test_a_lost_and_a_failed_attempt_are_told_as_they_were(engine):
    engine.add(dag("d", {"a": []}, fields={"a": FAILURE}))
    engine.lead()
    engine.trigger("d")
    work = engine.claim("a")
    engine.step(engine.executor.lose(work, engine.clock.now()))
    (told,) = callbacks(engine)
    assert (told.kind, told.try_number, told.ti_state, told.task_id) == ("on_retry_callback", 1, "up_for_retry", "a")
    assert told.of_task and "killed by signal 9" in told.reason and told.start_date is not None


@pytest.mark.parametrize(
    ("dag_fields", "after", "reason"),
    [
        ({"dagrun_timeout": 60.0}, lambda engine: engine.advance(61), "dagrun_timeout"),
        ({"fail_fast": True}, lambda engine: engine.fail("b"), "fail_fast"),
    ],
)
def test_running_tasks_that_the_engine_fails_are_told_of(engine, dag_fields, after, reason):
    engine.add(dag("d", {"a": [], "b": [], "c": []}, fields={"a": {**FAILURE, **MAILS}, "c": FAILURE}, **dag_fields))
    engine.lead()
    run = engine.trigger("d")
    engine.claim("a")
    after(engine)
    assert engine.states(run.id)["a"] is S.FAILED
    found = [(work.kind, work.task_id, work.ti_state) for work in callbacks(engine)]
    # c was queued but never began: nothing of it ran that could be told of
    assert found == [("on_failure_callback", "a", "failed"), ("email_on_failure", "a", "failed")]
    assert all(reason in work.reason for work in callbacks(engine))


@pytest.mark.parametrize(("state", "kind"), [(S.FAILED, "on_failure_callback"), (S.SUCCESS, "on_success_callback")])
def test_a_task_that_is_marked_while_it_runs_is_told_of_once(engine, state, kind):
    engine.add(dag("d", {"a": []}, fields={"a": {**FAILURE, **MAILS}}, callbacks=("on_failure_callback",)))
    engine.lead()
    run = engine.trigger("d")
    engine.claim("a")
    for _ in range(2):
        engine.store.actions.set_task_state("d", run.run_id, "a", state, now=engine.clock.now())
        engine.changed()
    found = [work.kind for work in callbacks(engine) if work.of_task]
    assert found == [kind], "and no mail: whoever marks it knows"


def test_mails_are_due_for_retries_and_the_last_failure(engine):
    engine.add(
        dag(
            "d",
            {"a": [], "b": []},
            fields={"a": MAILS, "b": {**MAILS, "email_on_failure": False, "email_on_retry": False}},
        )
    )
    engine.lead()
    engine.trigger("d")
    engine.fail("a")
    (mail,) = callbacks(engine)
    assert (mail.kind, mail.try_number, mail.data["email"]) == ("email_on_retry", 1, ["me@example.com"])
    assert mail.reason == "ValueError: no"
    engine.advance(1)
    engine.fail("a")
    engine.fail("b")
    engine.advance(1)
    engine.fail("b")
    assert [(work.kind, work.try_number) for work in callbacks(engine)] == [
        ("email_on_retry", 1),
        ("email_on_failure", 2),
    ]


def test_a_grant_is_written_before_it_is_given_and_never_repeated(engine):
    engine.add(dag("d", {"a": []}, callbacks=("on_success_callback",)))
    engine.lead()
    engine.trigger("d")
    engine.succeed("a")
    engine.advance(0)
    (work,) = callbacks(engine)
    assert rows(engine)[0].state == "queued"
    # its scheduler dies before the claim: it is owed still, and the next one hands it out under the same name
    take_over(engine)
    (again,) = callbacks(engine)
    assert again.attempt_id == work.attempt_id
    engine.step(engine.executor.claim(again, engine.clock.now()))
    row = rows(engine)[0]
    assert (row.state, row.worker_id) == ("running", "scheduler-2")
    assert engine.executor.granted[work.attempt_id]
    # and now one dies after the grant: it may have run, so it is not run again, and that is told
    engine.scheduler = engine.make_scheduler("scheduler-3")
    engine.clock.advance(16)
    engine.executor.__init__(engine.executor.slots)
    engine.lead()
    engine.advance(20)
    assert not callbacks(engine)
    assert rows(engine)[0].state == "lost"
    assert engine.executor.buried == [work.attempt_id], "what may be left of it was killed first"
    with read(engine.store.engine) as connection:
        (event,) = connection.execute(select(tables.event_log).where(tables.event_log.c.event == "callback_lost")).all()
    assert (event.dag_id, json.loads(event.extra)["callback"]) == ("d", "on_success_callback")


def test_a_callback_whose_error_is_reported_failed_and_is_in_the_audit_log(engine):
    engine.add(dag("d", {"a": []}, callbacks=("on_success_callback",)))
    engine.lead()
    run = engine.trigger("d")
    engine.succeed("a")
    engine.advance(0)
    (work,) = callbacks(engine)
    engine.step(engine.executor.claim(work, engine.clock.now()))
    engine.step(engine.executor.finish(work, engine.clock.now(), "done", error="notify: OSError: no route"))
    row = rows(engine)[0]
    assert (row.state, row.error) == ("failed", "notify: OSError: no route")
    assert row.log_path.endswith(f"callback={work.attempt_id}.log")
    with read(engine.store.engine) as connection:
        (event,) = connection.execute(
            select(tables.event_log).where(tables.event_log.c.event == "callback_failed")
        ).all()
    assert (event.run_id, json.loads(event.extra)["error"]) == (run.run_id, "notify: OSError: no route")


def test_callbacks_never_take_all_places_and_those_that_hang_are_ended(store, tmp_path):
    engine = Engine(store, tmp_path, slots=2)
    engine.add(dag("d", {"a": []}, callbacks=("on_success_callback",)), dag("e", {"x": [], "y": []}))
    engine.lead()
    for _ in range(3):
        engine.trigger("d")
        engine.succeed("a")
    engine.advance(0)
    (work,) = callbacks(engine)
    engine.step(engine.executor.claim(work, engine.clock.now()))
    other = engine.trigger("e")
    engine.succeed("x")
    engine.succeed("y")
    assert engine.run_state(other.id) is DagRunState.SUCCESS, "tasks go on beside a callback that hangs"
    engine.advance(TIME_LIMIT)
    assert engine.executor.cancelled == []
    engine.advance(PATIENCE + 3)
    assert engine.executor.cancelled == [work.attempt_id]
    engine.step(engine.executor.lose(work, engine.clock.now()))
    assert "ran longer than 300 s" in rows(engine)[0].error
    assert [work.attempt_id for work in callbacks(engine)] == [rows(engine)[1].id], "the next one has its turn"


def test_callbacks_of_a_deleted_run_are_forgotten(engine):
    engine.add(dag("d", {"a": []}, callbacks=("on_success_callback",)))
    engine.lead()
    run = engine.trigger("d")
    engine.succeed("a")
    engine.advance(0)
    (work,) = callbacks(engine)
    engine.store.actions.delete_run("d", run.run_id)
    engine.changed()
    engine.step(engine.executor.claim(work, engine.clock.now()))
    assert engine.executor.granted.get(work.attempt_id) is not True
    assert engine.scheduler._book.callbacks._out == {}
