"""Deferred tasks on a real database and a virtual clock: they wait without a slot and go on exactly once."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select, update

from support.engine import START, Engine, dag
from tradewind.ports.triggers import TriggerReport
from tradewind.spec.dag import StartTrigger
from tradewind.spec.states import AttemptState, DagRunState, TaskInstanceState
from tradewind.store import tables
from tradewind.store.engine import read, write
from tradewind.store.vault import Vault

S = TaskInstanceState
WAIT = {
    "trigger_class": "x.Y",
    "trigger_kwargs": '{"password":"hunter2"}',
    "next_method": "execute_complete",
    "next_kwargs": '{"a":1}',
}


@pytest.fixture
def engine(store, tmp_path):
    return Engine(store, tmp_path)


def defer(engine, task_id="a", **fields):
    engine.succeed(task_id, state="deferred", **{**WAIT, **fields})


def rows(engine, table=tables.trigger):
    with read(engine.store.engine) as connection:
        return connection.execute(select(table)).all()


def fire(engine, outcome="event", event='"hello"', holder="t1"):
    """A triggerer claims all there is and reports the same for each."""
    claimed = engine.store.triggers.claim(holder, 100, None, engine.clock.now())
    reports = [TriggerReport(trigger.id, outcome, event, engine.clock.now()) for trigger in claimed]
    engine.store.triggers.report(holder, reports, engine.clock.now())
    return claimed


def deferred(engine, **fields):
    engine.add(dag(fields={"a": fields}))
    engine.lead()
    run = engine.trigger("d")
    defer(engine)
    assert engine.states(run.id) == {"a": S.DEFERRED, "b": None}
    return run


def test_a_deferred_task_goes_on_with_the_event_in_the_same_try(engine):
    run = deferred(engine)
    assert not engine.executor.out()
    (claimed,) = fire(engine)
    assert (claimed.classpath, claimed.kwargs) == ("x.Y", '{"password":"hunter2"}')
    assert claimed.about["task_id"] == "a"
    engine.changed()
    work = engine.executor.one("a")
    assert (work.next_method, work.next_kwargs, work.trigger_event) == ("execute_complete", '{"a":1}', '"hello"')
    assert (work.try_number, work.started) == (1, START)
    engine.changed()  # the same trigger is not acted on twice
    assert len(engine.executor.out("a")) == 1
    engine.succeed("a")
    assert rows(engine) == []
    engine.succeed("b")
    assert engine.run_state(run.id) is DagRunState.SUCCESS
    states = [row.state for row in rows(engine, tables.attempt) if row.ti_id == claimed.about["id"]]
    assert sorted(states) == [AttemptState.DEFERRED, AttemptState.SUCCESS]


def test_nothing_of_a_trigger_is_readable_in_the_database(engine):
    deferred(engine)
    fire(engine, event='"secret-event"')
    (row,) = rows(engine)
    assert "hunter2" not in repr(row)
    assert "secret-event" not in repr(row)


def test_what_was_pushed_before_the_wait_stays(engine):
    engine.add(dag(fields={"a": {"retries": 1}}))
    engine.lead()
    engine.trigger("d")
    engine.fail("a")
    engine.advance(301)
    work = engine.executor.one("a")
    engine.step(engine.executor.claim(work, engine.clock.now()))
    engine.store.xcoms.set_by_attempt(work.attempt_id, "k", '"v"', engine.clock.now())
    engine.step(engine.executor.finish(work, engine.clock.now(), "deferred", **WAIT))
    fire(engine)
    engine.changed()
    engine.succeed("a")
    assert [(row.key, row.value) for row in rows(engine, tables.xcom)] == [("k", '"v"')]


def test_the_wait_ends_at_its_deadline(engine):
    engine.add(dag())
    engine.lead()
    run = engine.trigger("d")
    defer(engine, deadline=START + timedelta(seconds=60))
    engine.advance(59)
    assert engine.states(run.id)["a"] is S.DEFERRED
    engine.advance(2)
    work = engine.executor.one("a")
    assert (work.next_method, json.loads(work.next_kwargs)) == ("__fail__", {"error": "Trigger timeout"})
    assert rows(engine) == []
    engine.fail("a")
    assert engine.states(run.id)["a"] is S.FAILED


def test_a_failed_trigger_goes_on_as_a_failure(engine):
    deferred(engine)
    fire(engine, "failed", '{"error":"Trigger failure","traceback":["no\\n"]}')
    engine.changed()
    work = engine.executor.one("a")
    assert work.next_method == "__fail__"
    assert json.loads(work.next_kwargs)["traceback"] == ["no\n"]
    assert work.trigger_event is None


@pytest.mark.parametrize(("outcome", "state"), [("success", S.SUCCESS), ("failure", S.FAILED), ("skipped", S.SKIPPED)])
def test_a_trigger_may_end_its_task(engine, outcome, state):
    run = deferred(engine, retries=3)
    fire(engine, outcome, '{"return_value":"7"}')
    engine.changed()
    assert engine.states(run.id)["a"] is state
    assert not engine.executor.out("a")
    assert [(row.key, row.value) for row in rows(engine, tables.xcom)] == [("return_value", "7")]
    assert rows(engine) == []


def spoil(engine, **columns):
    """What is sealed in the trigger's row was written with another key."""
    with write(engine.store.engine) as connection:
        connection.execute(update(tables.trigger).values(**columns))


SEALED = Vault(Fernet.generate_key().decode()).seal('{"a":1}')


def test_a_trigger_that_no_key_opens_fails_alone(engine, caplog):
    engine.add(dag(shape={"a": [], "other": []}))
    engine.lead()
    engine.trigger("d")
    defer(engine)
    spoil(engine, kwargs=SEALED)
    defer(engine, "other")
    assert [claimed.about["task_id"] for claimed in fire(engine)] == ["other"]
    assert "cannot be decrypted" in caplog.text
    engine.changed()
    assert engine.executor.one("other").next_method == "execute_complete"
    work = engine.executor.one("a")
    assert work.next_method == "__fail__"
    assert "TRADEWIND_SECRET_KEY" in json.loads(work.next_kwargs)["error"]


@pytest.mark.parametrize("column", ["event", "next_kwargs"])
def test_what_a_trigger_brought_and_no_key_opens_fails_the_task(engine, column):
    deferred(engine)
    fire(engine)
    spoil(engine, **{column: SEALED})
    engine.changed()
    work = engine.executor.one("a")
    assert (work.next_method, work.trigger_event) == ("__fail__", None)
    assert "cannot be decrypted" in json.loads(work.next_kwargs)["error"]


def test_an_end_that_no_key_opens_fails_the_task(engine):
    deferred(engine)
    fire(engine, "success", '{"return_value":"7"}')
    spoil(engine, event=SEALED)
    engine.changed()
    assert engine.executor.one("a").next_method == "__fail__"


@pytest.mark.parametrize("how", ["clear", "mark", "fail_run", "timeout", "fail_fast"])
def test_a_wait_that_nobody_wants_is_cancelled(engine, how):
    options = {"timeout": {"dagrun_timeout": 30.0}, "fail_fast": {"fail_fast": True}}.get(how, {})
    engine.add(dag("d", {"a": [], "b": ["a"], "c": []}, **options))
    engine.lead()
    run = engine.trigger("d")
    defer(engine)
    claimed = engine.store.triggers.claim("t1", 10, None, engine.clock.now())
    actions = engine.store.actions
    now = engine.clock.now()
    if how == "clear":
        actions.clear_tasks("d", run_id=run.run_id, task_ids=["a"], now=now)
    elif how == "mark":
        actions.set_task_state("d", run.run_id, "a", S.SUCCESS, now=now)
    elif how == "fail_run":
        actions.set_run_state("d", run.run_id, DagRunState.FAILED, now=now)
    elif how == "timeout":
        engine.advance(31)
    else:
        engine.fail("c")
    assert engine.store.triggers.held("t1") == frozenset()
    # what it says now comes too late
    engine.store.triggers.report("t1", [TriggerReport(claimed[0].id, "event", "1", now)], now)
    engine.changed()
    assert rows(engine) == []
    if how == "clear":
        assert engine.executor.one("a").next_method is None


def test_an_event_is_kept_until_there_is_a_leader(engine):
    run = deferred(engine)
    fire(engine)
    engine.scheduler._leadership.release()
    engine.scheduler = engine.make_scheduler("scheduler-2")
    engine.lead()
    assert engine.states(run.id)["a"] is S.QUEUED
    assert engine.executor.one("a").trigger_event == '"hello"'


def test_a_resumed_attempt_that_nobody_claimed_is_resumed_again(engine):
    deferred(engine)
    fire(engine)
    engine.changed()
    lost = engine.executor.one("a")
    engine.step(engine.executor.lose(lost, engine.clock.now()))
    work = engine.executor.one("a")
    assert work.attempt_id != lost.attempt_id
    assert (work.next_method, work.trigger_event, work.try_number) == ("execute_complete", '"hello"', 1)


def test_a_resumed_try_that_fails_starts_from_the_beginning(engine):
    deferred(engine, retries=1)
    fire(engine)
    engine.changed()
    engine.fail("a")
    assert rows(engine) == []
    engine.advance(301)
    work = engine.executor.one("a")
    assert (work.next_method, work.try_number) == (None, 2)


def test_a_task_may_wait_several_times(engine):
    deferred(engine)
    for number in range(3):
        fire(engine, event=str(number))
        engine.changed()
        assert engine.executor.one("a").trigger_event == str(number)
        assert len(rows(engine)) == 1
        defer(engine)
    assert len(rows(engine)) == 1


@pytest.mark.parametrize("counts", [False, True])
def test_pools_count_deferred_tasks_when_they_say_so(engine, counts):
    engine.store.pools.add("narrow", 1, None, counts)
    fields = {"a": {"pool": "narrow"}, "b": {"pool": "narrow"}}
    engine.add(dag("d", {"a": [], "b": []}, fields=fields))
    engine.lead()
    run = engine.trigger("d")
    first = engine.executor.out()[0].task_id
    other = "b" if first == "a" else "a"
    defer(engine, first)
    assert engine.states(run.id)[other] is (S.SCHEDULED if counts else S.QUEUED)
    engine.store.pools.set("narrow", 1, None, False)
    engine.changed()
    assert engine.states(run.id)[other] is S.QUEUED
    fire(engine)
    engine.changed()
    assert engine.states(run.id)[first] is S.SCHEDULED
    engine.succeed(other)
    engine.succeed(first)
    assert engine.run_state(run.id) is DagRunState.SUCCESS


def test_a_task_starts_with_its_trigger_and_needs_no_worker(engine):
    first = StartTrigger(trigger_class="x.Y", trigger_kwargs='{"k":1}', next_method="go", timeout=60.0)
    engine.add(dag(fields={"a": {"start_trigger": first, "retries": 1}}))
    engine.lead()
    run = engine.trigger("d")
    assert engine.states(run.id)["a"] is S.DEFERRED
    assert not engine.executor.submitted
    (claimed,) = fire(engine)
    assert claimed.kwargs == '{"k":1}'
    engine.changed()
    assert engine.executor.one("a").next_method == "go"
    engine.fail("a")
    engine.advance(301)
    assert engine.states(run.id)["a"] is S.DEFERRED  # the second try waits anew
    engine.advance(61)
    assert engine.executor.one("a").next_method == "__fail__"


def test_triggers_of_a_dead_triggerer_move(engine):
    deferred(engine)
    now = engine.clock.now()
    ttl = timedelta(seconds=30)
    engine.store.leases.register("t1", "triggerer", now)
    (claimed,) = engine.store.triggers.claim("t1", 10, None, now)
    assert engine.store.triggers.claim("t2", 10, None, now) == []
    assert engine.store.triggers.free_dead(now, ttl) == 0
    later = now + timedelta(seconds=31)
    assert engine.store.triggers.free_dead(later, ttl) == 1
    assert engine.store.triggers.claim("t2", 10, None, later) == [claimed]
    engine.store.triggers.report("t1", [TriggerReport(claimed.id, "event", '"late"', later)], later)
    engine.changed()
    assert not engine.executor.out()
    engine.store.triggers.report("t2", [TriggerReport(claimed.id, "event", '"new"', later)], later)
    engine.changed()
    assert engine.executor.one("a").trigger_event == '"new"'


def test_a_thousand_triggers_are_taken_up_at_once(engine):
    shape = {f"t{number}": [] for number in range(1100)}
    first = StartTrigger(trigger_class="x.Y", next_method="go")
    spec = dag("d", shape, fields={name: {"start_trigger": first} for name in shape}, max_active_tasks=2000)
    engine.add(spec)
    engine.lead()
    run = engine.trigger("d")
    assert set(engine.states(run.id).values()) == {S.DEFERRED}
    for _ in range(11):
        fire(engine, "success", "{}")
    engine.changed()
    engine.changed()
    assert engine.run_state(run.id) is DagRunState.SUCCESS


def test_the_timeout_of_a_sensor_counts_over_reschedules_and_retries(engine):
    engine.add(dag(fields={"a": {"retries": 1, "retry_delay": 60.0}}))
    engine.lead()
    run = engine.trigger("d")
    for number in range(3):
        assert engine.executor.one("a").reschedules == number
        again = engine.clock.now() + timedelta(seconds=30)
        engine.succeed("a", state="rescheduled", reschedule_at=again)
        engine.advance(30)
    assert engine.executor.one("a").first_start == START
    engine.fail("a")
    engine.advance(61)
    work = engine.executor.one("a")
    assert (work.try_number, work.first_start, work.reschedules) == (2, START, 0)
    engine.fail("a")
    engine.store.actions.clear_tasks("d", run_id=run.run_id, task_ids=["a"], now=engine.clock.now())
    engine.changed()
    assert engine.executor.one("a").first_start is None  # a clear starts the time anew
