"""Mapped tasks on a real database and a virtual clock: expanded once, by whoever leads, and again after a clear."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from support.engine import START, Engine, tasks
from tradewind.core import mapping
from tradewind.spec import wire
from tradewind.spec.dag import DagSpec, GroupSpec, LengthSpec
from tradewind.spec.states import DagRunState, TaskInstanceState
from tradewind.store import tables

S = TaskInstanceState
OF_A = LengthSpec(kind="task", task_id="a")


@pytest.fixture
def engine(store, tmp_path):
    return Engine(store, tmp_path, slots=5000)


def mapped_dag(shape: dict[str, list[str]] | None = None, *, groups: Any = (), **fields: Any) -> DagSpec:
    made = tasks(shape or {"a": [], "m": ["a"], "z": ["m"]}, **(fields or {"m": {"expand": OF_A, "mapped": True}}))
    return DagSpec(dag_id="d", tasks=made, groups=groups, start_date=START, max_active_tasks=5000)


def states(engine: Engine, run: Any, task_id: str = "m") -> dict[int, Any]:
    found = engine.store.scheduler.load_run(run.id).tasks
    return {task.map_index: task.state for task in sorted(found, key=lambda t: t.map_index) if task.task_id == task_id}


def succeed_all(engine: Engine, task_id: str, **fields: Any) -> None:
    works = engine.executor.out(task_id)
    engine.step(*[engine.executor.claim(work, engine.clock.now()) for work in works])
    engine.step(*[engine.executor.finish(work, engine.clock.now(), **fields) for work in works])


def take_over(engine: Engine, name: str) -> None:
    """The leader is gone without a word; another one takes its place."""
    engine.store.leases.end(engine.scheduler._leadership.holder, engine.clock.now())
    engine.clock.advance(60)
    engine.scheduler = engine.make_scheduler(name)
    engine.scheduler._executor.start(engine.scheduler._inbox.put, lambda request: None)
    engine.lead()


def test_a_result_becomes_rows_in_the_step_that_learns_of_it(engine):
    engine.add(mapped_dag())
    engine.lead()
    run = engine.trigger("d")
    before = {t.task_id: t.id for t in engine.store.scheduler.load_run(run.id).tasks}
    engine.succeed("a", map_length=3)
    assert states(engine, run) == dict.fromkeys(range(3), S.QUEUED)
    works = engine.executor.out("m")
    assert [(work.map_index, work.expanded_ti_count) for work in works] == [(0, 3), (1, 3), (2, 3)]
    assert works[0].ti_id == before["m"], "the first instance is the one that waited"
    assert [work.log_path.split("/")[-2] for work in works] == [f"map_index={i}" for i in range(3)]
    succeed_all(engine, "m", rendered_map_index="shown")
    engine.succeed("z")
    assert engine.run_state(run.id) is DagRunState.SUCCESS
    with engine.store.engine.connect() as connection:
        ti = tables.task_instance.c
        rows = connection.execute(select(ti.operator, ti.pool, ti.rendered_map_index).where(ti.task_id == "m")).all()
    assert set(rows) == {("BaseOperator", "default_pool", "shown")}


def test_a_new_leader_knows_the_length_and_expands(engine):
    shape = {"a": [], "x": [], "m": ["a", "x"]}
    engine.add(mapped_dag(shape, m={"expand": OF_A, "mapped": True}))
    engine.lead()
    run = engine.trigger("d")
    engine.succeed("a", map_length=4)
    assert states(engine, run) == {-1: None}
    x = engine.claim("x")
    take_over(engine, "scheduler-2")
    assert states(engine, run) == {-1: None}
    engine.store.actions.set_task_state("d", run.run_id, "x", S.SUCCESS, now=engine.clock.now())
    engine.changed()
    assert states(engine, run) == dict.fromkeys(range(4), S.QUEUED)
    assert x.attempt_id not in {work.attempt_id for work in engine.executor.out("m")}


def test_a_leader_that_dies_between_two_parts_of_an_expansion(engine):
    many = 2 * mapping.INSTANCES_AT_ONCE + 7
    engine.add(mapped_dag())
    engine.lead()
    run = engine.trigger("d")
    work = engine.claim("a")
    apply, calls = engine.store.scheduler.apply, []

    def dies(step: Any) -> set[int]:
        if step.new_tasks:
            calls.append(len(step.new_tasks))
            if len(calls) == 2:
                raise SystemExit
        return apply(step)

    engine.scheduler._store.apply = dies
    try:
        with pytest.raises(SystemExit):
            engine.step(engine.executor.finish(work, engine.clock.now(), map_length=many))
            engine.step()
    finally:
        del engine.scheduler._store.apply
    assert len(states(engine, run)) == mapping.INSTANCES_AT_ONCE + 1 and -1 in states(engine, run)
    take_over(engine, "scheduler-2")
    for _ in range(3):
        engine.step()
    assert sorted(states(engine, run)) == list(range(many))
    succeed_all(engine, "m")
    while engine.executor.out("m"):
        succeed_all(engine, "m")


@pytest.mark.parametrize("second", [1, 4])
def test_a_clear_makes_more_or_less(engine, second):
    engine.add(mapped_dag())
    engine.lead()
    run = engine.trigger("d")
    engine.succeed("a", map_length=2)
    value = wire.XComValue(key="return_value", value="1")
    succeed_all(engine, "m", map_length=1, xcoms=(value,))
    engine.succeed("z")
    engine.store.actions.clear_tasks("d", run_id=run.run_id, task_ids=["a", "m"], downstream=True)
    engine.changed()
    engine.succeed("a", map_length=second)
    assert states(engine, run) == {i: S.QUEUED if i < second else S.REMOVED for i in range(max(second, 2))}
    succeed_all(engine, "m", map_length=1, xcoms=(value,))
    engine.succeed("z")
    assert engine.run_state(run.id) is DagRunState.SUCCESS
    total, _ = engine.store.xcoms.items(
        wire.GetXComItems(dag_id="d", run_id=run.run_id, task_id="m", key="return_value", limit=0)
    )
    assert total == second, "the value of the removed instance went with it"
    lengths = engine.store.scheduler.load_run(run.id).lengths
    assert sorted(lengths) == [("a", -1, second), *[("m", i, 1) for i in range(second)]]


def test_one_instance_is_cleared_and_marked_in_its_group(engine):
    groups = (GroupSpec(group_id="g", expand=OF_A),)
    shape = {"a": [], "m": ["a"], "n": ["m"], "z": ["n"]}
    engine.add(mapped_dag(shape, groups=groups, m={"group": "g"}, n={"group": "g"}))
    engine.lead()
    run = engine.trigger("d")
    engine.succeed("a", map_length=3)
    succeed_all(engine, "m", state="failed")
    assert states(engine, run, "n") == dict.fromkeys(range(3), S.UPSTREAM_FAILED)
    assert engine.run_state(run.id) is DagRunState.FAILED
    engine.store.actions.clear_tasks("d", run_id=run.run_id, task_ids=[("m", 1)], downstream=True)
    engine.changed()
    assert states(engine, run, "m") == {0: S.FAILED, 1: S.QUEUED, 2: S.FAILED}
    assert states(engine, run, "n") == {0: S.UPSTREAM_FAILED, 1: None, 2: S.UPSTREAM_FAILED}
    engine.store.actions.set_task_state("d", run.run_id, "m", S.SUCCESS, map_index=2, now=engine.clock.now())
    engine.changed()
    assert states(engine, run, "n") == {0: S.UPSTREAM_FAILED, 1: None, 2: S.QUEUED}


def test_values_of_the_dag_file_are_rows_of_the_new_run(engine):
    engine.add(mapped_dag(m={"expand": LengthSpec(kind="literal", length=3), "mapped": True}))
    engine.lead()
    run = engine.trigger("d")
    assert states(engine, run) == dict.fromkeys(range(3), None)
    engine.succeed("a")
    succeed_all(engine, "m")
    engine.succeed("z")
    assert engine.run_state(run.id) is DagRunState.SUCCESS
