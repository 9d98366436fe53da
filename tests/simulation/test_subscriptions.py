"""Tasks that wait for runs and tasks of other DAGs: the leader sees their end itself, once, whoever made it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from msgspec.structs import replace as replace_spec
from sqlalchemy import event, select

from support.engine import START, Engine, dag, tasks
from tradewind.ports.leases import LeadershipLost
from tradewind.spec import serde
from tradewind.spec.dag import GroupSpec, LengthSpec
from tradewind.spec.external import ExternalWait
from tradewind.spec.ids import TaskKey
from tradewind.spec.states import DagRunState, TaskInstanceState
from tradewind.store import tables
from tradewind.store.engine import read

S = TaskInstanceState
CLASS = "tradewind.authoring.triggers.external_task.WorkflowTrigger"
RUN = ExternalWait("up", (START,))
TASK = ExternalWait("up", (START,), task_ids=("x",))
SHAPE = {"x": [], "y": ["x"]}


@pytest.fixture
def engine(store, tmp_path):
    engine = Engine(store, tmp_path)
    engine.add(dag("up", SHAPE), dag("d", {"a": []}))
    engine.lead()
    return engine


def defer(engine, wait, task_id="a", **fields):
    engine.succeed(
        task_id,
        **{
            "state": "deferred",
            "trigger_class": CLASS,
            "next_method": "execute_complete",
            "next_kwargs": '{"k":1}',
            "awaits": wait,
            **fields,
        },
    )


def reschedule(engine, wait, until=3600.0, task_id="a"):
    """A sensor that would poke again after a minute."""
    now = engine.clock.now()
    engine.succeed(
        task_id,
        state="rescheduled",
        reschedule_at=now + timedelta(seconds=60),
        awaits=wait,
        deadline=now + timedelta(seconds=until),
    )


def waits(engine, wait=RUN, **fields):
    """A run whose task `a` waits."""
    run = engine.trigger("d", run_id="waiting")
    defer(engine, wait, **fields)
    assert engine.states(run.id)["a"] is S.DEFERRED
    return run


def upstream(engine, **fields):
    return engine.trigger("up", **{"logical_date": START, **fields})


def finish(engine, fails=()):
    for task_id in SHAPE:
        (engine.fail if task_id in fails else engine.succeed)(task_id)
        if task_id in fails:
            return


def told(engine):
    """What the task was told when it went on."""
    work = engine.executor.one("a")
    assert (work.next_method, work.next_kwargs) == ("execute_complete", '{"k":1}')
    return serde.loads(work.trigger_event)


def rows(engine):
    with read(engine.store.engine) as connection:
        return connection.execute(select(tables.trigger)).all()


def take_over(engine, holder="scheduler-2"):
    """The leader is gone without a word; the next one leads."""
    engine.clock.advance(timedelta(seconds=20))
    engine.scheduler = engine.make_scheduler(holder)
    engine.lead()


def test_the_end_of_a_run_is_seen_in_the_step_that_ends_it(engine):
    run = waits(engine)
    assert [row.kind for row in rows(engine)] == ["engine"]
    assert engine.store.triggers.claim("t1", 10, None, START) == []
    up = upstream(engine)
    engine.succeed("x")
    assert engine.states(run.id)["a"] is S.DEFERRED
    engine.succeed("y")
    assert engine.run_state(up.id) is DagRunState.SUCCESS
    assert told(engine) == {"status": "success"}
    engine.changed()  # not a second time
    assert len(engine.executor.out("a")) == 1
    engine.succeed("a")
    assert engine.run_state(run.id) is DagRunState.SUCCESS
    assert rows(engine) == []


def test_a_task_is_waited_for_not_its_run(engine):
    waits(engine, TASK)
    upstream(engine)
    engine.succeed("x")
    assert told(engine) == {"status": "success"}


def test_what_ended_before_is_seen_at_once(engine):
    upstream(engine)
    finish(engine)
    engine.trigger("d")
    defer(engine, RUN)
    assert told(engine) == {"status": "success"}


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"failed": ("failed",)}, "failed"), ({"skipped": ("failed",)}, "skipped"), ({"allowed": ("failed",)}, "success")],
)
def test_states_say_how_it_ends(engine, fields, status):
    waits(engine, replace(TASK, **fields))
    upstream(engine)
    engine.fail("x")
    assert told(engine) == {"status": status}


def test_a_failure_that_nobody_asked_for_is_waited_out(engine):
    run = waits(engine, TASK)
    up = upstream(engine)
    engine.fail("x")
    assert engine.states(run.id)["a"] is S.DEFERRED
    engine.store.actions.clear_tasks("up", run_id=up.run_id, task_ids=["x"], now=START)
    engine.changed()
    engine.succeed("x")
    assert told(engine) == {"status": "success"}


def test_several_dates_have_to_come(engine):
    run = waits(engine, ExternalWait("up", (START, START + timedelta(days=1))))
    upstream(engine)
    finish(engine)
    assert engine.states(run.id)["a"] is S.DEFERRED
    upstream(engine, logical_date=START + timedelta(days=1))
    finish(engine)
    assert told(engine) == {"status": "success"}


@pytest.mark.parametrize("what", ["task", "run"])
def test_marks_of_people_are_seen(engine, what):
    waits(engine, TASK if what == "task" else RUN)
    up = upstream(engine)
    if what == "task":
        engine.store.actions.set_task_state("up", up.run_id, "x", S.SUCCESS, now=START)
    else:
        engine.store.actions.set_run_state("up", up.run_id, DagRunState.SUCCESS, now=START)
    engine.changed()
    assert told(engine) == {"status": "success"}


def test_a_mark_in_a_run_that_is_over_is_seen(engine):
    up = upstream(engine)
    finish(engine, fails=("x",))
    assert engine.run_state(up.id) is DagRunState.FAILED
    waits(engine, TASK)
    engine.store.actions.set_task_state("up", up.run_id, "x", S.SUCCESS, now=START)
    engine.changed()
    assert told(engine) == {"status": "success"}


def test_runs_by_their_ids_bring_what_the_trigger_would(engine):
    up = upstream(engine)
    wait = ExternalWait("up", run_ids=(up.run_id,), allowed=("success", "failed"), form="runs", poll_interval=9.0)
    waits(engine, wait)
    finish(engine, fails=("x",))
    path, found = told(engine)
    assert path == CLASS
    assert found == {
        "dag_id": "up",
        "states": ["success", "failed"],
        "run_ids": [up.run_id],
        "execution_dates": [],
        "poll_interval": 9.0,
        up.run_id: "failed",
    }


@pytest.mark.parametrize("over", [False, True])
def test_a_deleted_run_has_no_state(engine, over):
    up = upstream(engine)
    wait = ExternalWait("up", run_ids=(up.run_id,), allowed=("skipped",), form="runs")
    if over:
        finish(engine)
    run = waits(engine, wait)
    if not over:
        engine.store.actions.set_run_state("up", up.run_id, DagRunState.FAILED, now=START)
    engine.changed()
    assert engine.states(run.id)["a"] is S.DEFERRED
    engine.store.actions.delete_run("up", up.run_id, now=START)
    engine.changed()
    assert told(engine)[1][up.run_id] is None


def test_a_thousand_that_ask_the_same_cost_one_look(engine):
    shape = {f"t{number}": [] for number in range(300)}
    engine.add(dag("many", shape, max_active_tasks=500))
    run = engine.trigger("many")
    while works := engine.executor.out():
        engine.step(*[engine.executor.claim(work, START) for work in works])
        about = {"state": "deferred", "trigger_class": CLASS, "next_method": "go", "awaits": TASK}
        engine.step(*[engine.executor.finish(work, START, **about) for work in works])
    assert set(engine.states(run.id).values()) == {S.DEFERRED}
    upstream(engine)
    looks = looks_of(engine)
    engine.claim("x")
    engine.step()
    assert looks == []  # nobody waits for it to be queued or to run
    engine.step(engine.executor.finish(engine.executor.one("x"), START))
    assert len(looks) == 1
    assert set(engine.states(run.id).values()) <= {S.SCHEDULED, S.QUEUED}


def looks_of(engine):
    """The questions that are asked of the database for those that wait, from now on."""
    looks = []
    listen = event.listens_for(engine.store.engine, "before_cursor_execute")
    listen(lambda *given: looks.append(given[2]) if "logical_date IN" in given[2] else None)
    return looks


def wait_mapped(engine, number, wait_of):
    """A run with so many mapped sensors in a mapped group, which wait each for what `wait_of` says."""
    length = LengthSpec(kind="literal", length=number)
    made = tasks({"group.a": []}, **{"group.a": {"group": "group", "is_sensor": True}})
    spec = dag("mapped", max_active_tasks=2 * number)
    engine.add(replace_spec(spec, tasks=made, groups=(GroupSpec(group_id="group", expand=length),)))
    run = engine.trigger("mapped")
    while works := engine.executor.out():
        engine.step(*[engine.executor.claim(work, START) for work in works])
        about = {"state": "deferred", "trigger_class": CLASS, "next_method": "go"}
        engine.step(*[engine.executor.finish(work, START, awaits=wait_of(work.map_index), **about) for work in works])
    return run


def mapped_states(engine, run):
    snapshot = engine.store.scheduler.load_run(run.id)
    return Counter(task.state for task in snapshot.tasks)


def test_of_hundreds_of_mapped_sensors_a_change_costs_those_it_concerns(engine):
    number = 250
    engine.add(dag("wide", {f"t{index}": [] for index in range(number)}, max_active_tasks=number))
    run = wait_mapped(engine, number, lambda index: ExternalWait("wide", (START,), task_ids=(f"t{index}",)))
    assert mapped_states(engine, run) == {S.DEFERRED: number}
    up = engine.trigger("wide", logical_date=START)
    looks = looks_of(engine)
    out = engine.executor.out()
    engine.step(*[engine.executor.claim(work, START) for work in out])
    assert looks == []
    ended = [out[7], out[0], out[-1]]
    for count, work in enumerate(ended, 1):
        engine.step(engine.executor.finish(work, START))
        assert len(looks) == count
        assert mapped_states(engine, run)[S.DEFERRED] == number - count
    snapshot = engine.store.scheduler.load_run(run.id)
    called = {f"t{task.map_index}" for task in snapshot.tasks if task.state is not S.DEFERRED}
    assert called == {work.task_id for work in ended}
    engine.step()
    assert len(looks) == 3
    # a mark of the whole run concerns all that are left, each once
    engine.store.actions.set_run_state("wide", up.run_id, "success", now=START)
    engine.changed()
    assert len(looks) == number
    assert mapped_states(engine, run)[S.DEFERRED] == number - len(out)  # what ran is a success, the rest was skipped


def test_a_task_that_is_waited_for_to_run_is_seen_when_it_runs(engine):
    waits(engine, replace(TASK, allowed=("running",)))
    upstream(engine)
    engine.claim("x")
    assert told(engine) == {"status": "success"}


def test_what_concerns_nobody_costs_no_look(engine):
    waits(engine, replace(TASK, task_ids=("y",)))
    upstream(engine)
    looks = looks_of(engine)
    engine.claim("x")
    assert looks == []


def test_a_lost_signal_is_caught_by_the_sweep(engine):
    run = waits(engine)
    up = upstream(engine)
    engine.claim("x")
    with engine.store.engine.begin() as connection:  # behind everybody's back
        connection.execute(tables.dag_run.update().where(tables.dag_run.c.id == up.id).values(state="success"))
    engine.advance(10)
    assert engine.states(run.id)["a"] is S.DEFERRED
    engine.advance(60)
    engine.advance(5)
    assert told(engine) == {"status": "success"}


@pytest.mark.parametrize("how", ["clear", "mark", "timeout", "delete"])
def test_a_wait_that_nobody_wants_is_forgotten(engine, how):
    run = waits(engine, deadline=START + timedelta(seconds=30))
    actions = engine.store.actions
    if how == "clear":
        actions.clear_tasks("d", run_id=run.run_id, task_ids=["a"], now=START)
    elif how == "mark":
        actions.set_task_state("d", run.run_id, "a", S.SUCCESS, now=START)
    elif how == "delete":
        actions.set_run_state("d", run.run_id, DagRunState.FAILED, now=START)
        actions.delete_run("d", run.run_id, now=START)
    else:
        engine.advance(31)
    engine.changed()
    assert rows(engine) == []
    upstream(engine)
    finish(engine)
    assert [work.next_method for work in engine.executor.out("a")] == {
        "clear": [None], "mark": [], "delete": [], "timeout": ["__fail__"],
    }[how]  # fmt: skip
    assert len(engine.scheduler._book.subscriptions) == 0


def test_an_explanation_names_what_is_waited_for(engine):
    run = waits(engine, TASK)
    found = engine.store.reads.explain.task("d", run.run_id, TaskKey("a", -1), START + timedelta(minutes=2), 300.0)
    assert found.sentence.startswith(
        "`a` is deferred: it waits for task `x` of up in the run of 2024-08-06 00:00:00 UTC to end for 2 min"
    )


# --- rescheduled sensors ----------------------------------------------------------------------------------------------


def test_a_rescheduled_sensor_is_called_when_there_is_something_to_see(engine):
    run = engine.trigger("d")
    reschedule(engine, RUN)
    assert engine.states(run.id)["a"] is S.UP_FOR_RESCHEDULE
    engine.advance(300)  # no poke in between
    assert not engine.executor.out("a")
    upstream(engine)
    finish(engine)
    work = engine.executor.one("a")
    assert (work.next_method, work.trigger_event, work.try_number, work.reschedules) == (None, None, 1, 1)
    assert rows(engine) == []
    engine.succeed("a")
    assert engine.run_state(run.id) is DagRunState.SUCCESS


def test_a_rescheduled_sensor_is_called_when_its_time_is_over(engine):
    run = engine.trigger("d")
    reschedule(engine, RUN, until=120.0)
    engine.advance(119)
    assert engine.states(run.id)["a"] is S.UP_FOR_RESCHEDULE
    engine.advance(2)
    assert engine.executor.one("a").next_method is None
    assert rows(engine) == []


def test_a_rescheduled_sensor_sees_that_its_dag_is_gone(engine):
    engine.trigger("d")
    reschedule(engine, replace(RUN, check_existence=True))
    assert not engine.executor.out("a")
    engine.store.actions.delete_dag("up", now=START)
    engine.changed()
    assert engine.executor.one("a")


def test_a_rescheduled_sensor_that_is_cleared_starts_anew(engine):
    run = engine.trigger("d")
    reschedule(engine, RUN)
    engine.store.actions.clear_tasks("d", run_id=run.run_id, task_ids=["a"], now=START)
    engine.changed()
    assert rows(engine) == []
    assert engine.executor.one("a").try_number == 2


# --- who leads --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["deferred", "rescheduled"])
def test_the_next_leader_waits_on(engine, mode):
    run = engine.trigger("d")
    defer(engine, RUN) if mode == "deferred" else reschedule(engine, RUN)
    take_over(engine)
    assert engine.states(run.id)["a"] in (S.DEFERRED, S.UP_FOR_RESCHEDULE)
    upstream(engine)
    finish(engine)
    assert len(engine.executor.out("a")) == 1


def test_what_ends_while_nobody_leads_is_seen_by_the_next_leader(engine):
    waits(engine)
    up = upstream(engine)
    engine.claim("x")
    engine.store.actions.set_run_state("up", up.run_id, DagRunState.SUCCESS, now=START)
    take_over(engine)
    assert told(engine) == {"status": "success"}


def test_a_deposed_leader_resolves_nothing(engine):
    run = waits(engine)
    upstream(engine)
    engine.claim("x")
    old = engine.scheduler
    take_over(engine)
    with pytest.raises(LeadershipLost):
        old.step([])
    assert engine.states(run.id)["a"] is S.DEFERRED


def test_an_answer_that_got_lost_is_not_acted_on_twice(engine, monkeypatch):
    """The commit that lets the task go on happens, but the leader hears of an error: it reads all anew."""
    run = waits(engine)
    upstream(engine)
    engine.succeed("x")
    apply = engine.store.scheduler.apply
    lost = []

    def unsure(step):
        missed = apply(step)
        if step.triggers and not lost:
            lost.append(step)
            raise ConnectionError("the answer got lost")
        return missed

    monkeypatch.setattr(engine.scheduler._store, "apply", unsure)
    engine.succeed("y")
    assert lost
    for _ in range(3):
        engine.advance(5)
    assert engine.states(run.id)["a"] in (S.QUEUED, S.SCHEDULED)
    assert [row.state for row in rows(engine)] == ["spent"]
    assert told(engine) == {"status": "success"}
