"""Clearing task instances and runs."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest

from support.actions_lab import LATER, NOW, Lab, S, dag
from tradewind.errors import ConflictError, InvalidError, NotFoundError
from tradewind.ports.store import Step, TaskChange
from tradewind.spec.states import DagRunState

R = DagRunState


def ended(lab: Lab, **states: Any) -> Any:
    """A run of DAG `d` that failed, with its tasks in these states."""
    run = lab.run()
    lab.set_run(run, R.RUNNING)
    lab.force(run, **states)
    lab.set_run(run, R.FAILED)
    lab.signals()
    return run


def test_a_cleared_task_starts_anew_and_its_run_queues_up(lab: Lab) -> None:
    lab.add(dag(of={"b": {"retries": 2}}))
    run = ended(lab, a=S.SUCCESS, b=S.FAILED, c=S.UPSTREAM_FAILED)
    before = lab.snapshot(run).run
    rows = lab.actions.clear_tasks(
        "d", run_id=run.run_id, task_ids=["b"], downstream=True, note="again", user="ann", now=LATER
    )
    assert [(row["task_id"], row["state"], row["new_state"]) for row in rows] == [
        ("b", "failed", None),
        ("c", "upstream_failed", None),
    ]
    assert lab.states(run) == {"a": "success", "b": None, "c": None}
    task = lab.task(run, "b")
    assert (task.try_number, task.max_tries, task.lost, task.attempt_id) == (1, 3, 0, None)
    assert (task.start_date, task.end_date) == (None, None)
    after = lab.snapshot(run).run
    assert (after.state, after.clear_number, after.queued_at) == (R.QUEUED, before.clear_number + 1, LATER)
    assert (after.start_date, after.end_date) == (None, None)
    assert after.revision == before.revision + 1
    assert lab.signals() == [("run", "d", run.id)]
    assert [row["note"] for row in lab.rows("task_instance")] == [None, "again", "again"]
    (attempt,) = lab.rows("attempt", ti_id=task.id)
    assert attempt["state"] == "failed"  # history stays as it was
    assert lab.events()[-1] == ("post_clear_task_instances", "ann")


def test_a_dry_run_tells_the_same_and_changes_nothing(lab: Lab) -> None:
    lab.add(dag())
    run = ended(lab, a=S.FAILED, b=S.RUNNING)
    before = [lab.rows(name) for name in ("dag_run", "task_instance", "attempt", "event_log")]
    dry = lab.actions.clear_tasks("d", run_id=run.run_id, dry_run=True, now=LATER)
    assert [lab.rows(name) for name in ("dag_run", "task_instance", "attempt", "event_log")] == before
    assert lab.signals() == []
    assert dry == lab.actions.clear_tasks("d", run_id=run.run_id, now=LATER)
    assert [(row["task_id"], row["new_state"]) for row in dry] == [("a", None), ("b", "restarting")]


def test_what_a_worker_has_restarts_only_after_the_leader_ended_it(lab: Lab) -> None:
    lab.add(dag())
    run = lab.run()
    lab.set_run(run, R.RUNNING)
    lab.force(run, a=S.RUNNING)
    attempt = lab.task(run, "a").attempt_id
    for _ in range(2):  # clearing once more must not free the place of the attempt that still runs
        lab.actions.clear_tasks("d", run_id=run.run_id, task_ids=["a"], now=LATER)
        task = lab.task(run, "a")
        assert (task.state, task.attempt_id) == (S.RESTARTING, attempt)
        assert lab.attempt_state(attempt) == "running"
    assert task.worker_id == "worker"
    assert lab.snapshot(run).run.state is R.RUNNING


def test_only_failed_and_only_running(lab: Lab) -> None:
    shape: dict[str, list[str]] = {name: [] for name in "abcd"}
    lab.add(dag(shape=shape))
    run = ended(lab, a=S.FAILED, b=S.UPSTREAM_FAILED, c=S.RUNNING, d=S.SKIPPED)
    failed = lab.actions.clear_tasks("d", run_id=run.run_id, only_failed=True, dry_run=True, now=LATER)
    assert [row["task_id"] for row in failed] == ["a", "b"]
    running = lab.actions.clear_tasks("d", run_id=run.run_id, only_running=True, dry_run=True, now=LATER)
    assert [row["task_id"] for row in running] == ["c"]
    with pytest.raises(InvalidError, match="exclude each other"):
        lab.actions.clear_tasks("d", run_id=run.run_id, only_failed=True, only_running=True, now=LATER)
    with pytest.raises(ConflictError, match="'c'"):
        lab.actions.clear_tasks("d", run_id=run.run_id, prevent_running=True, now=LATER)
    assert lab.states(run)["a"] == "failed"


def test_runs_are_chosen_by_date_and_by_neighbourhood(lab: Lab) -> None:
    lab.add(dag())
    runs = [lab.run(run_id=f"r{day}", logical_date=NOW + timedelta(days=day)) for day in range(4)]
    undated = lab.run(run_id="undated")
    for run in [*runs, undated]:
        lab.set_run(run, R.RUNNING)
        lab.force(run, a=S.SUCCESS)
        lab.set_run(run, R.SUCCESS)

    def chosen(**fields: Any) -> list[str]:
        rows = lab.actions.clear_tasks("d", dry_run=True, now=LATER, **fields)
        return [row["run_id"] for row in rows]

    def at(day: int) -> Any:
        return NOW + timedelta(days=day)

    assert sorted(chosen()) == ["r0", "r1", "r2", "r3", "undated"]
    assert chosen(start=at(1), end=at(2)) == ["r1", "r2"]
    assert chosen(start=at(2)) == ["r2", "r3"]
    assert sorted(chosen(end=at(0))) == ["r0", "undated"]
    assert chosen(start=at(1), end=at(1), future=True) == ["r1", "r2", "r3"]
    assert chosen(run_id="r2") == ["r2"]
    assert chosen(run_id="r2", future=True) == ["r2", "r3"]
    assert chosen(run_id="r2", past=True) == ["r0", "r1", "r2"]
    assert chosen(run_id="r2", past=True, future=True, task_ids=["a"]) == ["r0", "r1", "r2", "r3"]
    assert chosen(start=at(20)) == []
    with pytest.raises(InvalidError, match="no logical date"):
        chosen(run_id="undated", future=True)
    with pytest.raises(InvalidError, match="no time zone"):
        chosen(start=NOW.replace(tzinfo=None))
    lab.signals()
    cleared = lab.actions.clear_tasks("d", start=at(1), end=at(2), now=LATER)
    assert len(cleared) == 2
    assert sorted(signal[2] or 0 for signal in lab.signals()) == [runs[1].id, runs[2].id]
    assert [lab.snapshot(run).run.state.value for run in runs] == ["success", "queued", "queued", "success"]


def test_without_a_reset_the_run_stays_ended(lab: Lab) -> None:
    lab.add(dag())
    run = ended(lab, a=S.FAILED)
    lab.actions.clear_tasks("d", run_id=run.run_id, reset_dag_runs=False, now=LATER)
    assert lab.states(run)["a"] is None
    assert lab.snapshot(run).run.state is R.FAILED
    assert lab.signals() == [("run", "d", run.id)]


def test_clearing_nothing_leaves_the_run_alone(lab: Lab) -> None:
    lab.add(dag())
    run = ended(lab, a=S.SUCCESS)
    assert lab.actions.clear_run("d", run.run_id, only_failed=True, note="x", now=LATER) == []
    after = lab.snapshot(run).run
    assert (after.state, after.note) == (R.FAILED, None)
    assert lab.signals() == []


def test_a_whole_run_is_cleared_with_a_note_on_the_run(lab: Lab) -> None:
    lab.add(dag())
    run = ended(lab, a=S.SUCCESS, b=S.FAILED, c=S.UPSTREAM_FAILED)
    assert len(lab.actions.clear_run("d", run.run_id, note="again", user="ann", now=LATER)) == 3
    assert lab.states(run) == {"a": None, "b": None, "c": None}
    after = lab.snapshot(run).run
    assert (after.state, after.note) == (R.QUEUED, "again")
    assert lab.events()[-1] == ("clear_dag_run", "ann")


def test_setups_and_teardowns_are_cleared_with_what_needs_them(lab: Lab) -> None:
    shape = {"make": [], "use": ["make"], "drop": ["make", "use"], "other": []}
    lab.add(dag(shape=shape, of={"make": {"is_setup": True}, "drop": {"is_teardown": True}}))
    run = ended(lab, make=S.SUCCESS, use=S.FAILED, drop=S.SUCCESS, other=S.SUCCESS)
    rows = lab.actions.clear_tasks("d", run_id=run.run_id, task_ids=["use"], now=LATER)
    assert {row["task_id"] for row in rows} == {"make", "use", "drop"}


def test_unknown_names_are_told_with_their_like(lab: Lab) -> None:
    lab.add(dag())
    run = ended(lab, a=S.FAILED)
    lab.add(dag("without_runs", {"extract": []}))
    with pytest.raises(NotFoundError, match="'bb'") as caught:
        lab.actions.clear_tasks("d", run_id=run.run_id, task_ids=["a", "bb"], now=LATER)
    assert caught.value.fix == "did you mean 'b'?"
    assert lab.states(run)["a"] == "failed"
    with pytest.raises(NotFoundError, match="'extrac'") as caught:
        lab.actions.clear_tasks("without_runs", task_ids=["extrac"], now=LATER)
    assert caught.value.fix == "did you mean 'extract'?"
    with pytest.raises(NotFoundError, match="DAG 'dd' does not exist"):
        lab.actions.clear_tasks("dd", now=LATER)
    with pytest.raises(NotFoundError, match="run of DAG 'd'") as caught:
        lab.actions.clear_run("d", run.run_id[:-1], now=LATER)
    assert repr(run.run_id) in str(caught.value.fix)


def test_a_task_of_an_older_version_is_cleared_where_it_is_known(lab: Lab) -> None:
    lab.add(dag(shape={"a": [], "old": ["a"]}))
    first = lab.run(run_id="first", logical_date=NOW)
    lab.add(dag(shape={"a": [], "new": ["a"]}))
    second = lab.run(run_id="second", logical_date=LATER)
    lab.force(first, a=S.SUCCESS, old=S.SUCCESS)
    lab.force(second, a=S.SUCCESS, new=S.SUCCESS)
    rows = lab.actions.clear_tasks("d", task_ids=["old"], now=LATER)
    assert [(row["run_id"], row["task_id"]) for row in rows] == [("first", "old")]


def test_the_leaders_older_decision_misses(lab: Lab) -> None:
    lab.add(dag())
    run = ended(lab, a=S.FAILED)
    seen = lab.snapshot(run)
    task = lab.task(run, "b")
    lab.actions.clear_tasks("d", run_id=run.run_id, now=LATER)
    change = TaskChange(run.id, task.id, None, None, S.UPSTREAM_FAILED)
    step = Step(fence="leader", revisions={run.id: seen.run.revision}, tasks=[change])
    assert lab.apply(step) == {run.id}
    assert lab.states(run)["b"] is None


def test_the_leader_and_people_at_once_end_in_one_of_both_orders(lab: Lab) -> None:
    """Eight runs, cleared together while the leader marks their tasks one by one: nothing is lost or half done."""
    lab.add(dag())
    runs = [lab.run(run_id=f"r{number}") for number in range(8)]
    for run in runs:
        lab.set_run(run, R.RUNNING)
        lab.force(run, a=S.RUNNING)
    barrier = threading.Barrier(2)
    missed: set[int] = set()

    def lead() -> None:
        step = Step(fence="leader")
        for run in reversed(runs):
            task, snapshot = lab.task(run, "a"), lab.snapshot(run)
            step.revisions[run.id] = snapshot.run.revision
            step.tasks.append(TaskChange(run.id, task.id, S.RUNNING, task.attempt_id, S.SUCCESS, {"end_date": LATER}))
        barrier.wait(60)
        missed.update(lab.apply(step))

    leader = threading.Thread(target=lead)
    leader.start()
    barrier.wait(60)
    lab.actions.clear_tasks("d", now=LATER)
    leader.join(60)
    assert not leader.is_alive()
    states = {run.id: lab.states(run)["a"] for run in runs}
    assert set(states.values()) <= {None, "restarting"}
    assert {run_pk for run_pk, state in states.items() if state == "restarting"} == missed
