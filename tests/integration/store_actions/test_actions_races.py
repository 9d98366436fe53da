"""What happens when the leader, or another person, is in the middle of a transaction on the same rows (PostgreSQL)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import insert, text

from support.actions_lab import LATER, NOW, Lab, S, dag
from tradewind.errors import ConflictError
from tradewind.ports.store import RunRecord, Step, TaskChange
from tradewind.spec.states import DagRunState
from tradewind.store import Store, steps, tables
from tradewind.store.engine import read, write

pytestmark = pytest.mark.postgres
_WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


@pytest.fixture
def lab(postgres_store: Store) -> Lab:
    return Lab(postgres_store)


def while_locked(store: Store, work: Callable[[], Any]) -> tuple[threading.Thread, list[Any]]:
    """Start `work` in a thread; returns when it waits for a lock that the caller's transaction holds."""
    outcome: list[Any] = []

    def run() -> None:
        try:
            outcome.append(work())
        except Exception as error:
            outcome.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    tick = threading.Event()
    for _ in range(2000):
        with read(store.engine) as connection:
            if connection.scalar(_WAITING):
                return thread, outcome
        if not thread.is_alive():
            break
        tick.wait(0.005)
    thread.join(60)
    raise AssertionError(f"it did not wait: {outcome}")


def running(lab: Lab) -> RunRecord:
    lab.add(dag())
    run = lab.run()
    lab.set_run(run, DagRunState.RUNNING)
    lab.force(run, a=S.RUNNING)
    return run


def success(lab: Lab, run: RunRecord) -> Step:
    task = lab.task(run, "a")
    change = TaskChange(run.id, task.id, S.RUNNING, task.attempt_id, S.SUCCESS, {"end_date": NOW})
    return Step(fence="leader", revisions={run.id: lab.snapshot(run).run.revision}, tasks=[change])


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (lambda lab, run: lab.actions.clear_tasks("d", run_id=run.run_id, now=LATER), None),
        (lambda lab, run: lab.actions.set_task_state("d", run.run_id, "a", "failed", now=LATER), "failed"),
        (lambda lab, run: lab.actions.set_run_state("d", run.run_id, "failed", now=LATER), "success"),
    ],
    ids=["clear", "mark", "mark run"],
)
def test_an_action_waits_for_the_leaders_step_and_sees_it(
    lab: Lab, action: Callable[[Lab, RunRecord], Any], expected: str | None
) -> None:
    run = running(lab)
    step = success(lab, run)
    with write(lab.store.engine) as connection:
        assert steps.stale_runs(connection, step) == set()
        steps.write_all(connection, step, NOW)
        thread, outcome = while_locked(lab.store, lambda: action(lab, run))
    thread.join(60)
    assert not isinstance(outcome[0], Exception), outcome
    assert lab.states(run)["a"] == expected


def test_a_push_of_an_attempt_waits_for_the_leaders_step_and_is_refused_after_it(lab: Lab) -> None:
    from tradewind.errors import AirflowNotFoundException

    run = running(lab)
    attempt = lab.task(run, "a").attempt_id
    assert attempt is not None
    step = success(lab, run)
    push = lab.store.xcoms.set_by_attempt
    with write(lab.store.engine) as connection:
        steps.stale_runs(connection, step)
        steps.write_all(connection, step, NOW)
        thread, outcome = while_locked(lab.store, lambda: push(attempt, "k", "1", LATER))
    thread.join(60)
    assert isinstance(outcome[0], AirflowNotFoundException)
    assert list(lab.store.xcoms.list("d", run.run_id)) == []


def test_a_push_does_not_wait_for_a_leader_that_only_looks_at_the_run(lab: Lab) -> None:
    run = running(lab)
    attempt = lab.task(run, "a").attempt_id
    assert attempt is not None
    with write(lab.store.engine) as connection:
        steps.stale_runs(connection, Step(fence="leader", revisions={run.id: 0}))
        connection.execute(text("SET LOCAL statement_timeout = 5000"))
        lab.store.xcoms.set_by_attempt(attempt, "k", "1", LATER)
    assert len(lab.store.xcoms.list("d", run.run_id)) == 1


def test_two_who_set_the_same_new_variable_both_succeed(lab: Lab) -> None:
    store = lab.store
    with write(store.engine) as connection:
        connection.execute(insert(tables.variable).values(key="x", value=store.vault.seal("first")))
        thread, outcome = while_locked(store, lambda: store.variables.set("x", "second"))
    thread.join(60)
    assert outcome == [False]
    assert store.variables.get("x") == "second"


def test_a_trigger_waits_for_another_one_with_the_same_date_and_names_its_run(lab: Lab) -> None:
    lab.add(dag())
    first = lab.run(run_id="first", logical_date=NOW)
    values = lab.rows("dag_run", id=first.id)[0]
    lab.actions.delete_run("d", "first")
    with write(lab.store.engine) as connection:
        connection.execute(insert(tables.dag_run).values(values))
        thread, outcome = while_locked(
            lab.store, lambda: lab.actions.trigger_run("d", run_id="second", logical_date=NOW, now=LATER)
        )
    thread.join(60)
    assert isinstance(outcome[0], ConflictError)
    assert "already: first" in outcome[0].message


def test_an_action_is_done_again_when_the_server_ends_it_for_a_deadlock(lab: Lab) -> None:
    lab.add(dag())
    runs = [lab.run(run_id=f"r{number}") for number in range(2)]
    for run in runs:
        lab.force(run, a=S.SUCCESS)
    # locks the second run first: the clear, which holds the first one, can only go on when one of the two gives way
    with write(lab.store.engine) as connection:
        connection.execute(text("SET LOCAL deadlock_timeout = '60s'"))  # the clear must be the one to give way
        lock = text("SELECT 1 FROM dag_run WHERE id = :id FOR UPDATE")
        connection.execute(lock, {"id": runs[1].id})
        thread, outcome = while_locked(lab.store, lambda: lab.actions.clear_tasks("d", now=LATER))
        connection.execute(lock, {"id": runs[0].id})
    thread.join(60)
    assert [row["run_id"] for row in outcome[0]] == ["r0", "r1"]
    assert [lab.states(run)["a"] for run in runs] == [None, None]
