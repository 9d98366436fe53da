"""What running tasks do to other DAGs: a run is made once for a request, however often that is sent."""

from __future__ import annotations

from typing import Any

import pytest

from support.actions_lab import LATER, NOW, Lab, S, dag
from tradewind.errors import DagIsPaused, DagRunAlreadyExists, InvalidError, NotFoundError
from tradewind.spec import wire
from tradewind.spec.states import DagRunState, DagRunType


def request(number: int = 1, attempt: str = "attempt-1", **fields: Any) -> wire.TriggerRun:
    return wire.TriggerRun(**{"attempt_id": attempt, "number": number, "dag_id": "d", "run_id": "mine", **fields})


@pytest.fixture
def lab(store):
    lab = Lab(store)
    lab.add(dag("d", params={"size": {"value": 1, "schema": {"type": "integer"}}}))
    return lab


def test_a_request_that_is_sent_again_finds_its_run(lab):
    act = lab.store.task_actions
    first = act.trigger(request(conf={"size": 2}), NOW)
    assert first == {"run_id": "mine", "logical_date": None, "made": True}
    assert act.trigger(request(conf={"size": 2}), LATER) == first
    (run,) = lab.rows("dag_run")
    assert (run["run_type"], run["triggered_by"], run["conf"]) == (
        DagRunType.OPERATOR_TRIGGERED,
        "operator",
        {"size": 2},
    )
    with pytest.raises(DagRunAlreadyExists, match="'mine' already; give another trigger_run_id"):
        act.trigger(request(attempt="attempt-2"), LATER)
    assert act.run_state("d", "mine") == "queued"
    assert act.run_state("d", "other") is None


def test_runs_named_after_the_same_moment_are_kept_apart(lab):
    act = lab.store.task_actions
    made = [act.trigger(request(attempt=f"a-{number}", auto=True, logical_date=NOW), NOW) for number in range(3)]
    assert len({run["run_id"] for run in made}) == len({run["logical_date"] for run in made}) == 3
    more = [act.trigger(request(number, run_id="", auto=True, logical_date=NOW), NOW) for number in (1, 2, 1)]
    assert more[0] == more[2] and more[0]["run_id"] != more[1]["run_id"]
    assert len(lab.rows("dag_run")) == 5


def test_a_logical_date_that_is_taken_is_a_run_that_exists(lab):
    act = lab.store.task_actions
    act.trigger(request(run_id="one", logical_date=NOW), NOW)
    with pytest.raises(DagRunAlreadyExists, match="'one' already"):
        act.trigger(request(run_id="two", attempt="attempt-2", logical_date=NOW), NOW)


def test_a_run_is_reset_once_for_a_request(lab):
    act = lab.store.task_actions
    run = lab.run("d", run_id="mine")
    lab.force(run, a=S.SUCCESS, b=S.FAILED)
    lab.set_run(run, DagRunState.FAILED)
    answer = act.trigger(request(reset=True), NOW)
    assert answer == {"run_id": "mine", "logical_date": run.logical_date, "made": False}
    assert lab.states(run) == {"a": None, "b": None, "c": None}
    lab.force(run, a=S.SUCCESS)
    assert act.trigger(request(reset=True), LATER) == answer
    assert lab.states(run)["a"] == S.SUCCESS, "the same request again changes nothing"
    act.trigger(request(reset=True, attempt="attempt-2"), LATER)
    assert lab.states(run)["a"] is None


def test_what_cannot_be_triggered_says_so(lab):
    act = lab.store.task_actions
    with pytest.raises(NotFoundError, match="DAG 'e' does not exist"):
        act.trigger(request(dag_id="e"), NOW)
    with pytest.raises(InvalidError, match="param 'size'"):
        act.trigger(request(conf={"size": "big"}), NOW)
    lab.store.actions.set_paused("d", True)
    with pytest.raises(DagIsPaused, match="DAG 'd' is paused"):
        act.trigger(request(fail_when_paused=True), NOW)
    assert act.trigger(request(), NOW)["made"], "a paused DAG takes the run and keeps it"
