"""Times and numbers that no calendar has: one DAG that asks for them must not stop the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from support.engine import DAILY, START, Engine, dag
from tradewind.core.backfill import Pick, TaskChoice
from tradewind.services import backfills
from tradewind.spec.dag import StartTrigger, TimetableSpec
from tradewind.spec.deadlines import DeadlineSpec
from tradewind.spec.states import DagRunState, TaskInstanceState
from tradewind.store import tables
from tradewind.store.backfills import Wanted

S = TaskInstanceState
EVER = timedelta.max.total_seconds()


@pytest.fixture
def engine(store, tmp_path):
    return Engine(store, tmp_path)


def others_go_on(engine: Engine) -> None:
    """The scheduler had no trouble, and a run of another DAG ends."""
    assert engine.scheduler._trouble.last is None, repr(engine.scheduler._trouble.last)
    engine.add(dag("other", {"x": []}))
    run = engine.trigger("other")
    engine.advance(0)
    engine.succeed("x")
    assert engine.run_state(run.id) is DagRunState.SUCCESS


def test_a_run_that_may_take_for_ever(engine):
    engine.add(dag("d", {"a": []}, dagrun_timeout=EVER))
    engine.lead()
    run = engine.trigger("d")
    engine.advance(0)
    others_go_on(engine)
    engine.succeed("a")
    assert engine.run_state(run.id) is DagRunState.SUCCESS


@pytest.mark.parametrize("fields", [{"retry_delay": EVER}, {"retry_delay": 1.0, "retry_exponential_backoff": 1e308}])
def test_a_retry_that_never_comes(engine, fields):
    engine.add(dag("d", {"a": []}, fields={"a": {"retries": 3, **fields}}))
    engine.lead()
    run = engine.trigger("d")
    engine.advance(0)
    engine.fail("a")
    assert engine.states(run.id) == {"a": S.UP_FOR_RETRY}
    others_go_on(engine)


@pytest.mark.parametrize("delay", [EVER, float("inf")])
def test_a_retry_policy_that_asks_for_too_much(engine, delay):
    engine.add(dag("d", {"a": []}, fields={"a": {"retries": 3}}))
    engine.lead()
    run = engine.trigger("d")
    engine.advance(0)
    engine.fail("a", retry_delay=delay)
    assert engine.states(run.id) == {"a": S.UP_FOR_RETRY}
    others_go_on(engine)


def test_a_task_that_starts_with_a_wait_for_ever(engine):
    first = StartTrigger(trigger_class="x.Y", trigger_kwargs="{}", next_method="go", next_kwargs="{}", timeout=EVER)
    engine.add(dag("d", {"a": []}, fields={"a": {"start_trigger": first, "execution_timeout": EVER}}))
    engine.lead()
    run = engine.trigger("d")
    engine.advance(0)
    assert engine.states(run.id) == {"a": S.DEFERRED}
    others_go_on(engine)


@pytest.mark.parametrize("text", ["-inf", "nan", "1e300", "-1e300"])
def test_a_variable_that_is_no_time(engine, text):
    engine.store.variables.set("late_after", text)
    engine.scheduler._book.deadlines._variable = engine.store.variables.get
    odd = DeadlineSpec(reference="queued_at", variable="late_after")
    engine.add(dag("d", {"a": []}, deadlines=(odd, DeadlineSpec(reference="queued_at", interval=60.0))))
    engine.lead()
    run = engine.trigger("d")
    engine.advance(0)
    due: set[datetime] = {row.due_at for row in engine.store.history.deadlines(run.id)}
    assert START + timedelta(seconds=60) in due
    others_go_on(engine)


def test_names_that_no_column_holds(engine):
    """What a task says of its trigger, and authors of their deadlines, must not make the step that writes it fail."""
    odd = DeadlineSpec(reference="queued_at", interval=60.0, name="late \x00" * 200)
    engine.add(dag("d", {"a": []}, deadlines=(odd,)))
    engine.lead()
    run = engine.trigger("d")
    engine.advance(0)
    odd_wait = {"trigger_class": "x.\x00" * 800, "trigger_queue": "q\x00" * 300, "next_method": "m\x00" * 400}
    engine.succeed("a", state="deferred", **odd_wait)
    assert engine.states(run.id) == {"a": S.DEFERRED}
    others_go_on(engine)


def test_a_backfill_from_the_beginning_of_time(engine):
    yearly = TimetableSpec(kind="cron_interval", crons=("0 0 1 1 *",), summary="@yearly")
    engine.add(dag("d", {"a": []}, timetable=yearly))
    engine.lead()
    wanted = Wanted(
        dag_id="d", from_date=datetime(1, 1, 2, tzinfo=UTC), to_date=START, run_backwards=True, only={Pick.FAILED}
    )
    made = engine.store.backfills.create(wanted, now=engine.clock.now())
    engine.changed()
    while engine.scheduler._backfills.has_more:
        engine.step()
        assert engine.scheduler._trouble.last is None, repr(engine.scheduler._trouble.last)
    assert engine.store.backfills.get(made)["completed_at"] is not None


def test_a_backfill_with_a_choice_that_is_not_taken_any_more_is_stopped_and_says_why(engine):
    engine.add(dag("d", {"a": []}, timetable=DAILY))
    engine.lead()
    wanted = Wanted(dag_id="d", from_date=START, to_date=START, tasks=TaskChoice(regex="a"))
    made = engine.store.backfills.create(wanted, now=engine.clock.now())
    with engine.store.engine.begin() as connection:  # as an older version saved it
        old = connection.scalar(select(tables.backfill.c.tasks))
        connection.execute(tables.backfill.update().values(tasks={**old, "regex": "(?=a)"}))
    engine.changed()
    others_go_on(engine)
    row = engine.store.backfills.get(made)
    assert row["paused"] and "has something that has to go back or look around" in row["reason"]


def test_a_backfill_whose_dates_cannot_be_computed_is_stopped_and_says_why(engine, monkeypatch):
    def broken(*args: object, **more: object) -> Iterator[object]:
        yield from ()
        raise OverflowError("date value out of range")

    engine.add(dag("d", {"a": []}, timetable=DAILY))
    engine.lead()
    made = engine.store.backfills.create(Wanted(dag_id="d", from_date=START, to_date=START), now=engine.clock.now())
    monkeypatch.setattr(backfills, "slots", broken)
    engine.changed()
    others_go_on(engine)
    row = engine.store.backfills.get(made)
    assert row["paused"] and row["reason"] == "the dates of its schedule cannot be computed: date value out of range"


def test_a_run_in_a_far_future_is_noted_once(engine):
    """However often its DAG is looked at meanwhile."""
    engine.add(dag("d", {"a": []}))
    engine.lead()
    engine.trigger("d", run_after=START + timedelta(days=365))
    for _ in range(5):
        engine.store.actions.set_paused("d", False)
        engine.changed()
        assert len(engine.scheduler._calendar._later) == 1
    engine.advance(timedelta(days=365))
    assert len(engine.executor.out()) == 1 and not engine.scheduler._calendar._later
