"""What users do to a run: clear and mark."""

from datetime import timedelta

import pytest
from core_support import T0, RunRow, TaskRow, dag, rows, task, view

from tradewind.core import flow
from tradewind.core.clearing import clear, select_instances
from tradewind.core.flow import RunDecision, TaskDecision
from tradewind.core.marking import mark_run, mark_tasks
from tradewind.core.view import RunView, build_view
from tradewind.errors import ConflictError, InvalidError, TaskNotFound
from tradewind.spec.ids import TaskKey
from tradewind.spec.states import FINISHED, DagRunState
from tradewind.spec.states import TaskInstanceState as S

NOW = T0 + timedelta(hours=1)
CHAIN = {"a": ("b",), "b": ("c",)}
FAILED_RUN = RunRow(state=DagRunState.FAILED, end_date=T0)


def states(run: RunView) -> dict[str, S | None]:
    return {key.task_id: it.state for key, it in run.tasks.items()}


def failed_chain() -> RunView:
    return view(dag(CHAIN), RunRow(state=DagRunState.FAILED, end_date=T0), a=S.SUCCESS, b=S.FAILED, c=S.UPSTREAM_FAILED)


def test_clear_queues_the_run_again() -> None:
    run = failed_chain()
    decisions = clear(run, select_instances(run, ["b"], downstream=True), NOW)
    assert states(run) == {"a": S.SUCCESS, "b": None, "c": None}
    last = decisions[-1]
    assert isinstance(last, RunDecision)
    assert (last.from_state, last.to_state) == (DagRunState.FAILED, DagRunState.QUEUED)
    assert last.values["clear_number"] == 1
    flow.step_run(run, flow.RunFact.STARTED, NOW)
    (ready,) = flow.settle(run, NOW)
    assert isinstance(ready, TaskDecision)
    assert ready.transition.key == TaskKey("b")


def test_clear_without_resetting_the_run() -> None:
    run = failed_chain()
    assert len(clear(run, select_instances(run), NOW, reset_run=False)) == 3
    assert run.state is DagRunState.FAILED


def test_clear_only_failed_or_running() -> None:
    spec = dag({"a": (), "b": (), "c": (), "d": (), "e": ()})
    table = {"a": S.SUCCESS, "b": S.FAILED, "c": S.UPSTREAM_FAILED, "d": S.RUNNING, "e": S.QUEUED}
    for options, changed in (
        ({"only_failed": True}, {"b", "c"}),
        ({"only_running": True}, {"d"}),
        ({"only_failed": True, "only_running": True}, {"b", "c", "d"}),
        ({}, {"a", "b", "c", "d", "e"}),
    ):
        run = view(spec, **table)
        clear(run, select_instances(run), NOW, **options)
        assert {t for t, state in states(run).items() if state is not table[t]} == changed
        assert run.state is DagRunState.RUNNING
    assert states(run) == {"a": None, "b": None, "c": None, "d": S.RESTARTING, "e": S.RESTARTING}
    assert clear(run, select_instances(run), NOW) == []


def test_clear_may_be_refused_while_tasks_are_active() -> None:
    run = view(dag(CHAIN), a=S.SUCCESS, b=S.RUNNING)
    with pytest.raises(ConflictError, match="'b' of run 'r' is running"):
        clear(run, select_instances(run), NOW, prevent_running=True)
    assert states(run) == {"a": S.SUCCESS, "b": S.RUNNING, "c": None}


def test_a_cleared_run_goes_on_while_it_runs() -> None:
    run = view(dag(CHAIN), a=S.SUCCESS, b=S.SUCCESS, c=S.RUNNING)
    task(run, "c").attempt_id = "x"
    decisions = clear(run, select_instances(run, ["a"]), NOW)
    assert isinstance(decisions[-1], RunDecision)
    assert decisions[-1].to_state is DagRunState.RUNNING
    assert len(flow.settle(run, NOW)) == 1
    assert task(run, "a").state is S.SCHEDULED


def test_select_instances_by_map_index() -> None:
    spec = dag({"m": ("z",)})
    run = build_view(RunRow(), spec, [*(TaskRow("m", S.SUCCESS, i) for i in range(3)), TaskRow("z", S.SUCCESS)])
    chosen = select_instances(run, [("m", 1), ("m", 2)])
    assert [t.key for t in chosen] == [TaskKey("m", 1), TaskKey("m", 2)]
    assert len(select_instances(run, ["m", ("m", 1)])) == 3
    assert len(select_instances(run, [("m", 1), "m"])) == 3
    assert [t.key.task_id for t in select_instances(run, [("m", 0)], downstream=True)] == ["m", "z"]
    with pytest.raises(TaskNotFound):
        select_instances(run, ["x"])


def test_marking_success_lets_the_run_go_on() -> None:
    run = failed_chain()
    decisions = mark_tasks(run, [task(run, "b")], S.SUCCESS, NOW)
    assert states(run) == {"a": S.SUCCESS, "b": S.SUCCESS, "c": None}
    assert run.state is DagRunState.QUEUED
    assert len(decisions) == 3


def test_marking_clears_below_only_what_failed() -> None:
    spec = dag({"a": ("b", "c", "d")})
    run = view(spec, RunRow(state=DagRunState.FAILED), a=S.FAILED, b=S.SUCCESS, c=S.SKIPPED, d=S.UPSTREAM_FAILED)
    mark_tasks(run, [task(run, "a")], S.SUCCESS, NOW)
    assert states(run) == {"a": S.SUCCESS, "b": S.SUCCESS, "c": S.SKIPPED, "d": None}


def test_marking_a_leaf_leaves_the_run_alone() -> None:
    run = failed_chain()
    (only,) = mark_tasks(run, [task(run, "c")], S.SKIPPED, NOW)
    assert isinstance(only, TaskDecision)
    assert run.state is DagRunState.FAILED
    assert mark_tasks(run, [task(run, "c")], S.SKIPPED, NOW) == []


def test_marking_a_running_task_failed() -> None:
    run = view(dag(CHAIN), a=S.RUNNING)
    task(run, "a").attempt_id = "x"
    (only,) = mark_tasks(run, [task(run, "a")], S.FAILED, NOW)
    assert isinstance(only, TaskDecision)
    assert (only.transition.from_attempt, only.transition.to_state) == ("x", S.FAILED)
    flow.settle(run, NOW)
    assert run.state is DagRunState.FAILED


def test_marks_that_cannot_be() -> None:
    run = view(dag(CHAIN))
    with pytest.raises(InvalidError, match="'running'"):
        mark_tasks(run, [task(run, "a")], S.RUNNING, NOW)
    with pytest.raises(InvalidError, match="'running'"):
        mark_run(run, DagRunState.RUNNING, NOW)


ALL = {
    "none": None, "scheduled": S.SCHEDULED, "queued": S.QUEUED, "running": S.RUNNING, "waits": S.UP_FOR_RESCHEDULE,
    "retry": S.UP_FOR_RETRY, "good": S.SUCCESS, "bad": S.FAILED, "skip": S.SKIPPED, "gone": S.REMOVED,
}  # fmt: skip


@pytest.mark.parametrize("state", [DagRunState.SUCCESS, DagRunState.FAILED])
def test_mark_run(state: DagRunState) -> None:
    run = view(dag(dict.fromkeys(ALL, ())), **ALL)
    decisions = mark_run(run, state, NOW)
    same = S.SUCCESS if state is DagRunState.SUCCESS else S.FAILED
    waited = dict.fromkeys(("none", "scheduled", "queued", "retry"), S.SKIPPED)
    assert states(run) == {**ALL, **waited, "running": same, "waits": same}
    assert isinstance(decisions[-1], RunDecision)
    assert run.state is state
    assert run.unfinished == 0
    assert mark_run(run, state, NOW) == []


@pytest.mark.parametrize("state", [DagRunState.SUCCESS, DagRunState.FAILED])
def test_a_marked_run_still_tears_down(state: DagRunState) -> None:
    run = view(dag({"w": ("t",)}, options={"t": {"is_teardown": True}}), w=S.RUNNING)
    task(run, "w").attempt_id = "x"
    assert len(mark_run(run, state, NOW)) == 1
    assert run.state is DagRunState.RUNNING
    flow.settle(run, NOW)
    assert task(run, "t").state in (S.SCHEDULED, S.UPSTREAM_FAILED)


def test_mark_run_queued_looks_at_it_anew() -> None:
    run = failed_chain()
    (only,) = mark_run(run, DagRunState.QUEUED, NOW)
    assert isinstance(only, RunDecision)
    assert (only.to_state, only.values["start_date"]) == (DagRunState.QUEUED, None)
    assert all(state in FINISHED for state in states(run).values())


def test_max_tries_after_a_clear() -> None:
    spec = dag({"a": ()}, options={"a": {"retries": 2}})
    table = rows(spec, a=S.FAILED)
    table[0].try_number = 3
    run = build_view(FAILED_RUN, spec, table)
    first = clear(run, select_instances(run), NOW)[0]
    assert isinstance(first, TaskDecision)
    assert first.transition.values["max_tries"] == 5
