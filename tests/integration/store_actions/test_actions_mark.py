"""Marking task instances and runs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.actions_lab import LATER, NOW, Lab, S, dag
from tradewind.errors import InvalidError, NotFoundError
from tradewind.spec.states import FINISHED, DagRunState, TaskInstanceState
from tradewind.store import Store

R = DagRunState


def test_marking_success_resumes_what_failed_below(lab: Lab) -> None:
    lab.add(dag())
    run = lab.run()
    lab.set_run(run, R.RUNNING)
    lab.force(run, a=S.FAILED, b=S.UPSTREAM_FAILED, c=S.UPSTREAM_FAILED)
    lab.set_run(run, R.FAILED)
    lab.signals()
    rows = lab.actions.set_task_state("d", run.run_id, "a", "success", note="by hand", user="ann", now=LATER)
    assert [(row["task_id"], row["state"], row["new_state"]) for row in rows] == [("a", "failed", "success")]
    assert lab.states(run) == {"a": "success", "b": None, "c": None}
    assert lab.snapshot(run).run.state is R.QUEUED
    assert lab.signals() == [("run", "d", run.id)]
    assert [row["note"] for row in lab.rows("task_instance")] == ["by hand", None, None]
    assert lab.events()[-1] == ("patch_task_instance", "ann")


def test_marking_a_running_task_ends_its_attempt_as_cancelled(lab: Lab) -> None:
    lab.add(dag())
    run = lab.run()
    lab.set_run(run, R.RUNNING)
    lab.force(run, a=S.RUNNING)
    attempt = lab.task(run, "a").attempt_id
    lab.actions.set_task_state("d", run.run_id, "a", S.FAILED, now=LATER)
    task = lab.task(run, "a")
    assert (task.state, task.attempt_id, task.end_date) == (S.FAILED, attempt, LATER)
    assert lab.attempt_state(attempt) == "cancelled"
    assert lab.snapshot(run).run.state is R.RUNNING


def test_relatives_and_neighbours_are_marked_too(lab: Lab) -> None:
    lab.add(dag())
    runs = [lab.run(run_id=f"r{day}", logical_date=NOW + timedelta(days=day)) for day in range(3)]
    mark = lab.actions.set_task_state
    rows = mark("d", "r1", "b", "success", upstream=True, future=True, dry_run=True, now=LATER)
    assert [(row["run_id"], row["task_id"]) for row in rows] == [("r1", "a"), ("r1", "b"), ("r2", "a"), ("r2", "b")]
    assert all(set(lab.states(run).values()) == {None} for run in runs)
    mark("d", "r1", "b", "skipped", downstream=True, past=True, now=LATER)
    assert [lab.states(run) for run in runs] == [
        {"a": None, "b": "skipped", "c": "skipped"},
        {"a": None, "b": "skipped", "c": "skipped"},
        {"a": None, "b": None, "c": None},
    ]
    assert mark("d", "r1", "b", "skipped", now=LATER) == []


def test_marking_says_what_is_wrong(lab: Lab) -> None:
    lab.add(dag(shape={"extract": []}))
    run = lab.run()
    with pytest.raises(NotFoundError, match="'extrat'") as caught:
        lab.actions.set_task_state("d", run.run_id, "extrat", "success", now=LATER)
    assert caught.value.fix == "did you mean 'extract'?"
    with pytest.raises(NotFoundError, match="no map index 3"):
        lab.actions.set_task_state("d", run.run_id, "extract", "success", map_index=3, now=LATER)
    with pytest.raises(InvalidError, match="'running'"):
        lab.actions.set_task_state("d", run.run_id, "extract", "running", now=LATER)
    with pytest.raises(InvalidError, match="'done'"):
        lab.actions.set_task_state("d", run.run_id, "extract", "done", now=LATER)
    with pytest.raises(InvalidError, match="no logical date"):
        lab.actions.set_task_state("d", run.run_id, "extract", "success", future=True, now=LATER)
    with pytest.raises(InvalidError, match="'running'"):
        lab.actions.set_run_state("d", run.run_id, "running", now=LATER)
    assert lab.signals() == []


def test_a_run_marked_failed_stops_what_runs_and_skips_what_waits(lab: Lab) -> None:
    lab.add(dag(shape={"done": [], "runs": [], "waits": ["runs"], "queued": []}))
    run = lab.run()
    lab.set_run(run, R.RUNNING)
    lab.force(run, done=S.SUCCESS, runs=S.RUNNING, queued=S.QUEUED)
    rows = lab.actions.set_run_state("d", run.run_id, "failed", note="enough", user="ann", now=LATER)
    assert lab.states(run) == {"done": "success", "runs": "failed", "waits": "skipped", "queued": "skipped"}
    assert {row["task_id"] for row in rows} == {"runs", "waits", "queued"}
    after = lab.snapshot(run).run
    assert (after.state, after.end_date, after.note) == (R.FAILED, LATER, "enough")
    states = sorted(row["state"] for row in lab.rows("attempt"))
    assert states == ["cancelled", "cancelled", "success"]
    assert lab.signals()[-1:] == [("run", "d", run.id)]
    assert lab.events()[-1] == ("patch_dag_run", "ann")


def test_a_run_marked_success_keeps_what_ended(lab: Lab) -> None:
    lab.add(dag())
    run = lab.run()
    lab.set_run(run, R.RUNNING)
    lab.force(run, a=S.FAILED, b=S.UPSTREAM_FAILED)
    before = lab.states(run)
    lab.actions.set_run_state("d", run.run_id, R.SUCCESS, now=LATER)
    assert lab.states(run) == before | {name: "skipped" for name, state in before.items() if state is None}
    assert lab.snapshot(run).run.state is R.SUCCESS


def test_teardowns_still_run_when_a_run_is_marked(lab: Lab) -> None:
    shape = {"make": [], "use": ["make"], "drop": ["make", "use"]}
    lab.add(dag(shape=shape, of={"make": {"is_setup": True}, "drop": {"is_teardown": True}}))
    run = lab.run()
    lab.set_run(run, R.RUNNING)
    lab.force(run, make=S.SUCCESS, use=S.RUNNING)
    lab.actions.set_run_state("d", run.run_id, "failed", now=LATER)
    assert lab.states(run) == {"make": "success", "use": "failed", "drop": None}
    assert lab.snapshot(run).run.state is R.RUNNING


def test_a_run_marked_queued_is_looked_at_anew(lab: Lab) -> None:
    lab.add(dag())
    run = lab.run()
    lab.set_run(run, R.RUNNING)
    lab.force(run, a=S.SUCCESS, b=S.FAILED)
    lab.set_run(run, R.FAILED)
    lab.signals()
    assert lab.actions.set_run_state("d", run.run_id, "queued", now=LATER) == []
    after = lab.snapshot(run).run
    assert (after.state, after.start_date, after.end_date) == (R.QUEUED, None, None)
    assert lab.states(run) == {"a": "success", "b": "failed", "c": None}
    assert lab.signals() == [("run", "d", run.id)]


@given(
    states=st.lists(st.sampled_from([None, *TaskInstanceState]), min_size=3, max_size=3),
    wanted=st.sampled_from([R.SUCCESS, R.FAILED]),
)
def test_a_marked_run_has_ended_and_no_attempt_of_it_lives(
    sqlite_store: Store, states: list[TaskInstanceState | None], wanted: DagRunState
) -> None:
    lab = Lab(sqlite_store)
    if not lab.rows("dag"):
        lab.add(dag())
    run = lab.run()
    lab.set_run(run, R.RUNNING)
    lab.force(run, **dict(zip("abc", states, strict=True)))
    dry = lab.actions.set_run_state("d", run.run_id, wanted, dry_run=True, now=LATER)
    assert dry == lab.actions.set_run_state("d", run.run_id, wanted, now=LATER)
    after = lab.snapshot(run)
    assert after.run.state is wanted
    assert all(task.state in FINISHED for task in after.tasks)
    assert all(row["state"] not in ("queued", "running") for row in lab.rows("attempt", dag_run_id=run.id))
    for row in dry:
        assert lab.states(run)[row["task_id"]] == row["new_state"]
    assert lab.actions.set_run_state("d", run.run_id, wanted, now=LATER) == []
