"""Rules of guarded writing, stated and searched: stale guards change nothing, and one leader writes at a
time.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from tradewind.ports.leases import LeadershipLost
from tradewind.ports.store import (
    AttemptChange,
    CallbackRow,
    NewAttempt,
    RunChange,
    RunSnapshot,
    Step,
    TaskChange,
    XComWrite,
)
from tradewind.spec.states import AttemptState, DagRunState, TaskInstanceState
from tradewind.spec.wire import XComValue
from tradewind.store import Store, tables
from tradewind.store.engine import read, write
from tradewind.store.steps import check_fence
from tradewind.testing.contracts.store_values import EXECUTOR, LEADER, NOW, RIVAL, TTL, World, dag_spec, new_id

STATES = [None, *TaskInstanceState]


@pytest.fixture
def world(store: Store) -> World:
    return World(store)


def rows_of(store: Store, run_pk: int) -> dict[str, list[tuple[Any, ...]]]:
    """Everything the database holds about a run."""
    found = {}
    with read(store.engine) as connection:
        for table in (tables.dag_run, tables.task_instance, tables.attempt, tables.xcom, tables.callback):
            key = table.c.id if table is tables.dag_run else table.c.dag_run_id
            query = select(table).where(key == run_pk).order_by(*table.primary_key.columns)
            found[table.name] = [tuple(row) for row in connection.execute(query)]
    return found


@st.composite
def parts(draw: st.DrawFn, run: RunSnapshot, *, guards_hold: bool) -> dict[str, list[Any]]:
    """Things a step may write about a fresh run; with `guards_hold` false, at least one of its guards
    misses.
    """
    pk = run.run.id
    tasks = list(run.tasks)
    chosen = draw(st.lists(st.sampled_from(tasks), unique_by=lambda task: task.id))
    changes = [
        TaskChange(pk, task.id, None, None, draw(st.sampled_from(STATES)), {"reason": draw(st.text(max_size=5))})
        for task in chosen
    ]
    ends = draw(st.booleans())
    runs = [RunChange(pk, DagRunState.RUNNING, DagRunState.FAILED, {"end_date": NOW})] if ends else []
    if not guards_hold:
        broken = draw(st.sampled_from(["state", "attempt", "run"]))
        victim = draw(st.sampled_from(tasks))
        wrong = TaskChange(pk, victim.id, None, None, TaskInstanceState.QUEUED)
        if broken == "state":
            wrong = replace(wrong, expect_state=draw(st.sampled_from(list(TaskInstanceState))))
        elif broken == "attempt":
            wrong = replace(wrong, expect_attempt=new_id())
        if broken == "run":
            runs = [RunChange(pk, DagRunState.QUEUED, DagRunState.RUNNING)]
        else:
            changes = [change for change in changes if change.ti_id != victim.id]
            changes.insert(draw(st.integers(0, len(changes))), wrong)
    written: dict[str, list[Any]] = {"tasks": changes, "runs": runs}
    if draw(st.booleans()):
        attempt = NewAttempt(new_id(), tasks[0].id, pk, 1, EXECUTOR, NOW, "a.log")
        written["new_attempts"] = [attempt]
        written["attempts"] = [AttemptChange(pk, attempt.id, AttemptState.RUNNING, start_date=NOW)]
    if draw(st.booleans()):
        xcom = XComWrite(pk, "sales", run.run.run_id, "extract", -1, (XComValue(key="k", value="1"),), True)
        written["xcoms"] = [xcom]
    if draw(st.booleans()):
        written["callbacks"] = [CallbackRow(new_id(), pk, "on_failure_callback", "", NOW)]
    return written


@settings(max_examples=25)
@given(data=st.data())
def test_a_run_whose_guards_miss_is_not_changed_at_all(world: World, data: st.DataObject) -> None:
    assert isinstance(world.store, Store)
    runs = [world.run() for _ in range(data.draw(st.integers(1, 3)))]
    holds = [data.draw(st.booleans()) for _ in runs]
    outdated = [data.draw(st.booleans()) for _ in runs]
    step = Step(fence=LEADER)
    for run, hold, old in zip(runs, holds, outdated, strict=True):
        for name, items in data.draw(parts(run, guards_hold=hold)).items():
            getattr(step, name).extend(items)
        step.revisions[run.run.id] = run.run.revision
        if old:
            with write(world.store.engine) as connection:
                table = tables.dag_run
                connection.execute(update(table).where(table.c.id == run.run.id).values(revision=7))
    before = [rows_of(world.store, run.run.id) for run in runs]

    missed = world.store.scheduler.apply(step)

    expected = {run.run.id for run, hold, old in zip(runs, holds, outdated, strict=True) if old or not hold}
    assert missed == expected
    for run, was in zip(runs, before, strict=True):
        now = rows_of(world.store, run.run.id)
        if run.run.id in missed:
            assert now == was
        for name in ("tasks", "new_attempts", "xcoms", "callbacks"):
            wanted = [item for item in getattr(step, name) if item.run_pk == run.run.id]
            if wanted and run.run.id not in missed:
                assert now != was


def test_of_two_leaders_only_the_holder_of_the_lease_writes(store: Store, store_url: str) -> None:
    """Two schedulers queue the same tasks as fast as they can while the lease goes to and fro between
    them.
    """
    world = World(store)
    names = [f"task_{n}" for n in range(30)]
    world.save(dag_spec("race", tasks=names))
    run = world.run("race")
    wins: dict[str, list[str]] = {LEADER: [], RIVAL: []}
    refused: dict[str, int] = {LEADER: 0, RIVAL: 0}
    errors: list[BaseException] = []
    barrier = threading.Barrier(2)

    def lead(holder: str) -> None:
        try:
            with Store(store_url) as own:
                barrier.wait(60)
                for task in run.tasks:
                    change, attempt = world.queue(run, task)
                    change.values["reason"] = holder
                    step = Step(holder, {run.run.id: 0}, tasks=[change], new_attempts=[attempt])
                    # everybody may take the lease at any time: it is always expired
                    own.leases.acquire("scheduler", holder, NOW + TTL * 2, TTL * 0)
                    try:
                        if not own.scheduler.apply(step):
                            wins[holder].append(attempt.id)
                    except LeadershipLost:
                        refused[holder] += 1
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=lead, args=(holder,)) for holder in wins]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    with read(store.engine) as connection:
        attempts = connection.execute(select(tables.attempt.c.id, tables.attempt.c.ti_id)).all()
        written = connection.execute(
            select(tables.task_instance.c.attempt_id, tables.task_instance.c.reason).where(
                tables.task_instance.c.attempt_id.is_not(None)
            )
        ).all()
    assert sorted(row[0] for row in attempts) == sorted(wins[LEADER] + wins[RIVAL])
    assert len({row[1] for row in attempts}) == len(attempts), "a task instance got two attempts"
    assert {(row[0], row[1]) for row in written} == {
        (attempt, holder) for holder, mine in wins.items() for attempt in mine
    }


def test_a_step_in_flight_is_finished_before_the_lease_changes_hands(postgres_store: Store) -> None:
    """The deposed leader's transaction holds the lease row: nobody leads before it is decided."""
    world = World(postgres_store)
    taken = threading.Event()

    def take() -> None:
        assert postgres_store.leases.acquire("scheduler", RIVAL, NOW + TTL * 2, TTL)
        taken.set()

    with write(postgres_store.engine) as connection:
        check_fence(connection, world.fence)
        rival = threading.Thread(target=take)
        rival.start()
        assert not taken.wait(0.2)
    assert taken.wait(60)
    rival.join()
    with pytest.raises(LeadershipLost), write(postgres_store.engine) as connection:
        check_fence(connection, world.fence)
