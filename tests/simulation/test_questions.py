"""Tasks that ask people: they hold no slot, go on once with the first answer, and lose none, whatever dies."""

from __future__ import annotations

from datetime import timedelta

import pytest

from support.engine import Engine, dag
from tradewind.errors import ConflictError, InvalidError, NotFoundError
from tradewind.spec import wire
from tradewind.spec.states import DagRunState, TaskInstanceState
from tradewind.store.questions import Answer, NotAskedError, QuestionFilter
from tradewind.store.reads import Page

S = TaskInstanceState


@pytest.fixture
def engine(store, tmp_path):
    engine = Engine(store, tmp_path, slots=1)
    engine.add(dag("d", {"a": [], "b": ["a"]}, fields={"a": {"retries": 1, "retry_delay": 0.0}}))
    engine.lead()
    return engine


def ask(engine, work, **fields):
    """What an operator does: the question first, then the end of the attempt."""
    question = {"subject": "Go on?", "options": ("Yes", "No"), **fields}
    engine.store.task_actions.ask(wire.AskPeople(ti_id=work.ti_id, **question), engine.clock.now())


def wait(engine, work, minutes=None):
    until = None if minutes is None else engine.clock.now() + timedelta(minutes=minutes)
    engine.step(
        engine.executor.finish(
            work, engine.clock.now(), "awaiting_input", next_method="execute_complete", deadline=until
        )
    )


def answer(engine, run, chosen="Yes", **fields):
    given = {"dag_id": "d", "run_id": run.run_id, "task_id": "a", "map_index": -1, "chosen": [chosen]}
    who = {"user_id": "ada", "user_name": "Ada"}
    return engine.store.questions.answer(Answer(**{**given, **who, **fields}), engine.clock.now())


def event(engine, work):
    assert work.answered and work.next_method == "execute_complete"
    return engine.store.task_actions.answer_of(work.ti_id, engine.clock.now())


def test_an_answer_starts_the_task_again_in_the_same_try(engine):
    run = engine.trigger("d")
    work = engine.claim("a")
    ask(engine, work)
    wait(engine, work)
    assert engine.states(run.id)["a"] is S.AWAITING_INPUT
    other = engine.trigger("d")
    assert engine.executor.one("a").run.run_id == other.run_id, "it holds no slot"
    engine.store.actions.set_run_state("d", other.run_id, DagRunState.FAILED, now=engine.clock.now())
    engine.executor.lose(engine.executor.one("a"), engine.clock.now())
    engine.changed()
    answer(engine, run)
    engine.changed()
    engine.scheduler = engine.make_scheduler("scheduler-2")  # an answer outlives the scheduler that would act on it
    engine.clock.advance(16)
    engine.executor.__init__(1)
    engine.lead()
    engine.advance(20)
    engine.advance(20)
    again = engine.executor.one("a")
    assert (again.try_number, again.attempt_id != work.attempt_id) == (1, True)
    found = event(engine, again)
    assert found["chosen_options"] == ["Yes"] and found["responded_by_user"] == {"id": "ada", "name": "Ada"}
    assert found["timedout"] is False
    with pytest.raises(ConflictError, match="was answered by Ada"):
        answer(engine, run, "No")
    engine.succeed("a")
    engine.succeed("b")
    assert engine.run_state(run.id) is DagRunState.SUCCESS


def test_an_answer_that_comes_before_the_task_waits_is_not_lost(engine):
    run = engine.trigger("d")
    work = engine.claim("a")
    ask(engine, work)
    answer(engine, run, "No")
    wait(engine, work)
    again = engine.executor.one("a")
    assert event(engine, again)["chosen_options"] == ["No"]
    assert engine.states(run.id)["a"] is S.QUEUED


@pytest.mark.parametrize("defaults", [None, ("No",)])
def test_without_an_answer_in_time_the_defaults_count_or_it_is_an_error(engine, defaults):
    run = engine.trigger("d")
    work = engine.claim("a")
    ask(engine, work, defaults=defaults, params={"why": {"value": "none", "schema": {}, "description": None}})
    wait(engine, work, minutes=10)
    engine.advance(timedelta(minutes=9))
    assert engine.states(run.id)["a"] is S.AWAITING_INPUT
    engine.advance(61)
    found = event(engine, engine.executor.one("a"))
    if defaults is None:
        assert found["error_type"] == "timeout"
        engine.fail("a")
        assert engine.executor.one("a").try_number == 2
    else:
        assert (found["chosen_options"], found["params_input"]) == (["No"], {"why": "none"})
        assert found["timedout"] and found["responded_by_user"] is None
        assert event(engine, engine.executor.one("a")) == found, "asked again, it is the same"
        with pytest.raises(ConflictError, match="its defaults"):
            answer(engine, run)


def test_each_try_asks_anew_and_the_old_answers_stay(engine):
    run = engine.trigger("d")
    work = engine.claim("a")
    ask(engine, work)
    answer(engine, run)
    wait(engine, work)
    engine.fail("a")
    engine.advance(1)
    second = engine.claim("a")
    assert not second.answered and second.next_method is None
    ask(engine, second, subject="Really?")
    wait(engine, second)
    old, new = (engine.store.questions.of(work.ti_id, number) for number in (1, 2))
    assert (old["chosen_options"], new["subject"], new["responded_at"]) == (["Yes"], "Really?", None)
    rows = engine.store.questions.page(QuestionFilter(answered=False, dag_ids=["d"]), Page())
    assert [row["subject"] for row in rows.items] == ["Really?"]
    assert rows.items[0]["task_instance"]["state"] == "awaiting_input"
    engine.store.actions.clear_tasks("d", run_id=run.run_id, now=engine.clock.now())
    engine.changed()
    with pytest.raises(NotFoundError):
        answer(engine, run)


def test_answers_that_nobody_may_give(engine):
    run = engine.trigger("d")
    with pytest.raises(NotFoundError, match="asks nothing"):
        answer(engine, run)
    work = engine.claim("a")
    params = {"size": {"value": None, "schema": {"type": "integer"}, "description": None}}
    ask(engine, work, assigned_users=({"id": "bob", "name": "Bob"},), params=params)
    wait(engine, work)
    with pytest.raises(NotAskedError, match="Ada is not among those who were asked: bob"):
        answer(engine, run)
    bob = {"user_id": "bob", "user_name": "Bob"}
    for wrong in ({"chosen": ["Maybe"]}, {"chosen": ["Yes", "No"]}, {"params": {"size": "big"}}, {"params": {"x": 1}}):
        with pytest.raises(InvalidError):
            answer(engine, run, **{**bob, **wrong})
    assert engine.states(run.id)["a"] is S.AWAITING_INPUT
    answer(engine, run, params={"size": 3}, **bob)
    engine.changed()
    assert event(engine, engine.executor.one("a"))["params_input"] == {"size": 3}


def test_a_run_that_times_out_ends_the_wait(engine):
    engine.add(dag("t", {"a": []}, dagrun_timeout=60.0))
    engine.changed()
    run = engine.trigger("t")
    work = engine.claim("a")
    ask(engine, work)
    wait(engine, work)
    engine.advance(61)
    assert engine.states(run.id)["a"] is S.FAILED
    assert engine.run_state(run.id) is DagRunState.FAILED
