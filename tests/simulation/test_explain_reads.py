"""Explanations read a part of a run only: what they leave out would change nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.engine import START, Engine, tasks
from tradewind.spec.dag import DagSpec, GroupSpec, LengthSpec
from tradewind.spec.ids import TaskKey
from tradewind.spec.states import TriggerRule
from tradewind.store.reads import explain
from tradewind.store.snapshots import load_run

OF_B = LengthSpec(kind="task", task_id="b")
SHAPE = {
    "a": [],
    "up": [],
    "b": ["a", "up"],
    "c": ["b"],
    "m": ["b"],
    "in1": ["m", "c"],
    "in2": ["in1"],
    "d": ["c", "m"],
    "any": ["a", "d"],
    "e": ["in2", "d", "any"],
    "down": ["e", "up"],
}
FIELDS = {
    "up": {"is_setup": True},
    "down": {"is_teardown": True, "trigger_rule": TriggerRule.ALL_DONE_SETUP_SUCCESS},
    "m": {"expand": OF_B, "mapped": True},
    "in1": {"group": "g"},
    "in2": {"group": "g", "retries": 1},
    "c": {"retries": 1},
    "any": {"trigger_rule": TriggerRule.ONE_DONE},
}
GROUP = GroupSpec(group_id="g", expand=OF_B)
STEPS = st.lists(st.tuples(st.integers(0, 20), st.sampled_from(["claim", "succeed", "succeed", "fail"])), max_size=14)


@pytest.fixture
def engine(store, tmp_path):
    return Engine(store, tmp_path, slots=200)


def explained(engine: Engine, run: Any) -> list[Any]:
    """Of the run and of every instance in it."""
    reads, now = engine.store.reads.explain, engine.clock.now()
    keys = [TaskKey(task.task_id, task.map_index) for task in engine.store.scheduler.load_run(run.id).tasks]
    told = [reads.task("d", run.run_id, key, now, 30.0) for key in keys]
    return [(one.sentence, one.since, one.unmet) for one in [reads.run("d", run.run_id, now, 30.0), *told]]


@given(steps=STEPS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_left_out_would_change_nothing(engine, steps):
    spec = DagSpec(
        dag_id="d",
        tasks=tasks(SHAPE, **FIELDS),
        groups=(GROUP,),
        start_date=START,
        max_active_tasks=2,
        max_active_runs=100,
    )
    if engine.store.reads.dags.get("d") is None:
        engine.add(spec)
        engine.lead()
    run = engine.trigger("d")

    def whole(connection: Any, run_pk: int, ti_ids: Any, task_ids: Any = ()) -> Any:
        return load_run(connection, engine.store.reads.versions, run_pk).tasks

    claimed: set[str] = set()
    for choice, what in steps:
        works = [work for work in engine.executor.out() if work.run.run_id == run.run_id]
        if works:
            work = sorted(works, key=lambda work: work.ti_id)[choice % len(works)]
            if work.attempt_id not in claimed:
                claimed.add(work.attempt_id)
                engine.step(engine.executor.claim(work, engine.clock.now()))
            if what != "claim":
                state = {"state": "failed", "error": "no"} if what == "fail" else {"map_length": 2}
                engine.step(engine.executor.finish(work, engine.clock.now(), **state))
        some = explained(engine, run)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(explain, "load_some", whole)
            assert some == explained(engine, run)
