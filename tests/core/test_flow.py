"""What follows in a run: examples in words, then random DAGs with random outcomes on a virtual clock."""

from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from core_support import T0, RunRow, TaskRow, dag, rows, task, view
from hypothesis import given, settings
from hypothesis import strategies as st

from tradewind.core import flow
from tradewind.core.flow import RUN_TABLE, RunDecision, RunFact, TaskDecision
from tradewind.core.machine import Fact, step
from tradewind.core.trigger_rules import RUN, evaluate, setup_constraint
from tradewind.core.view import RunView, Upstream, build_view
from tradewind.errors import IllegalTransitionError
from tradewind.spec.dag import DagSpec
from tradewind.spec.ids import TaskKey
from tradewind.spec.states import FINISHED, DagRunState, DagRunType, TaskInstanceState, TriggerRule

S = TaskInstanceState
R = TriggerRule
DIAMOND = {"a": ("b", "c"), "b": ("d",), "c": ("d",)}


def changes(decisions: list[flow.Decision]) -> list[tuple[str, str | None]]:
    return [
        (d.transition.key.task_id, d.transition.to_state) if isinstance(d, TaskDecision) else ("run", d.to_state)
        for d in decisions
    ]


def finish(run: RunView, task_id: str, fact: Fact = Fact.SUCCEEDED, now: datetime = T0, **kw: Any) -> list:
    """Bring a scheduled task to its end and return what followed."""
    it = task(run, task_id)
    step(it, Fact.ADMITTED, now, attempt_id=f"a-{task_id}-{it.try_number}", worker_id="w")
    step(it, Fact.CLAIMED, now)
    step(it, fact, now, **kw)
    return changes(flow.after(run, [it.key], now))


def test_a_diamond() -> None:
    run = view(dag(DIAMOND))
    assert changes(flow.settle(run, T0)) == [("a", S.SCHEDULED)]
    assert finish(run, "a") == [("b", S.SCHEDULED), ("c", S.SCHEDULED)]
    assert finish(run, "b") == []
    assert finish(run, "c") == [("d", S.SCHEDULED)]
    assert finish(run, "d") == [("run", DagRunState.SUCCESS)]
    assert (run.state, run.end_date) == (DagRunState.SUCCESS, T0)


def test_a_failure_fails_what_is_below_and_the_run() -> None:
    run = view(dag(DIAMOND))
    flow.settle(run, T0)
    finish(run, "a")
    finish(run, "b")
    c = task(run, "c")
    step(c, Fact.ADMITTED, T0, attempt_id="a")
    step(c, Fact.CLAIMED, T0)
    step(c, Fact.FAILED, T0)
    decisions = flow.after(run, [c.key], T0)
    assert changes(decisions) == [("d", S.UPSTREAM_FAILED), ("run", DagRunState.FAILED)]
    assert isinstance(decisions[0], TaskDecision)
    assert decisions[0].transition.reason == "trigger rule all_success: of 2 upstream, 1 succeeded, 1 failed"
    assert isinstance(decisions[1], RunDecision)
    assert decisions[1].reason == "task c failed"


def test_retry_and_the_clock() -> None:
    run = view(dag({"a": ()}, options={"a": {"retries": 1, "retry_delay": 60.0}}))
    flow.settle(run, T0)
    assert finish(run, "a", Fact.FAILED) == []
    due_at = T0 + timedelta(seconds=60)
    assert flow.next_due(run) == due_at
    assert flow.due(run, due_at - timedelta(seconds=1)) == []
    assert flow.due(run, due_at) == [TaskKey("a")]
    step(task(run, "a"), Fact.RETRY_DUE, due_at)
    assert flow.due(run, due_at) == []
    assert flow.next_due(run) is None
    assert flow.after(run, [TaskKey("a")], due_at) == []
    assert finish(run, "a", Fact.FAILED, due_at) == [("run", DagRunState.FAILED)]


def test_due_is_sorted() -> None:
    spec = dag({"a": (), "b": (), "c": ()})
    table = rows(spec, a=S.UP_FOR_RETRY, b=S.UP_FOR_RESCHEDULE, c=S.UP_FOR_RETRY)
    for row, seconds in zip(table, (9, 3, 30), strict=True):
        row.next_at = T0 + timedelta(seconds=seconds)
    run = build_view(RunRow(), spec, table)
    assert flow.due(run, T0 + timedelta(seconds=10)) == [TaskKey("b"), TaskKey("a")]
    assert flow.next_due(run) == T0 + timedelta(seconds=3)


def test_a_branch() -> None:
    options = {"join": {"trigger_rule": R.NONE_FAILED_MIN_ONE_SUCCESS}}
    run = view(dag({"pick": ("x", "y"), "x": ("join",), "y": ("y2",), "y2": ("join",)}, options=options))
    flow.settle(run, T0)
    pick = task(run, "pick")
    step(pick, Fact.ADMITTED, T0, attempt_id="a")
    step(pick, Fact.CLAIMED, T0)
    step(pick, Fact.SUCCEEDED, T0, skips=("y", "nothing"))
    decisions = flow.after(run, [pick.key], T0)
    assert changes(decisions) == [("y", S.SKIPPED), ("x", S.SCHEDULED), ("y2", S.SKIPPED)]
    assert flow.after(run, [pick.key], T0) == []
    assert isinstance(decisions[0], TaskDecision)
    assert decisions[0].transition.reason == "skipped by task 'pick'"
    assert finish(run, "x") == [("join", S.SCHEDULED)]
    assert finish(run, "join") == [("run", DagRunState.SUCCESS)]


def test_a_branch_takes_back_what_is_only_scheduled() -> None:
    run = view(dag({"pick": ("x",)}, options={"x": {"trigger_rule": R.ALWAYS}}))
    assert changes(flow.settle(run, T0)) == [("pick", S.SCHEDULED), ("x", S.SCHEDULED)]
    pick = task(run, "pick")
    step(pick, Fact.ADMITTED, T0, attempt_id="a")
    step(pick, Fact.CLAIMED, T0)
    step(pick, Fact.SUCCEEDED, T0, skips=("x",))
    assert changes(flow.after(run, [pick.key], T0)) == [("x", S.SKIPPED), ("run", DagRunState.SUCCESS)]


def test_tasks_that_do_nothing_end_at_once() -> None:
    size = 3000
    names = [f"t{i}" for i in range(size)]
    edges = {a: (b,) for a, b in pairwise(names)}
    run = view(dag(edges, options={name: {"does_nothing": True} for name in names}))
    decisions = changes(flow.settle(run, T0))
    assert decisions[:2] == [("t0", S.SUCCESS), ("t1", S.SUCCESS)]
    assert decisions[-1] == ("run", DagRunState.SUCCESS)
    assert len(decisions) == size + 1


def test_a_run_without_tasks_succeeds() -> None:
    assert changes(flow.settle(view(dag({})), T0)) == [("run", DagRunState.SUCCESS)]


@pytest.mark.parametrize("state", [s for s in DagRunState if s is not DagRunState.RUNNING])
def test_only_running_runs_decide(state: DagRunState) -> None:
    run = view(dag({"a": ("b",)}), RunRow(state=state))
    assert flow.settle(run, T0) == []
    assert flow.after(run, [TaskKey("a")], T0) == []
    assert flow.timed_out(run, T0 + timedelta(days=9)) == []
    if state is DagRunState.QUEUED:
        started = flow.step_run(run, RunFact.STARTED, T0)
        assert (started.from_state, started.to_state) == (DagRunState.QUEUED, DagRunState.RUNNING)
        assert changes(flow.settle(run, T0)) == [("a", S.SCHEDULED)]


def test_fail_fast_stops_all_but_teardowns() -> None:
    options: dict[str, dict[str, Any]] = {
        "setup": {"is_setup": True},
        "teardown": {"is_teardown": True, "trigger_rule": R.ALL_DONE_SETUP_SUCCESS},
    }
    edges = {"setup": ("bad", "good", "teardown"), "bad": ("last",), "good": ("last",), "last": ("teardown",), "x": ()}
    run = view(dag(edges, options=options, fail_fast=True))
    flow.settle(run, T0)
    finish(run, "setup")
    good = task(run, "good")
    step(good, Fact.ADMITTED, T0, attempt_id="g")
    step(good, Fact.CLAIMED, T0)
    assert set(finish(run, "bad", Fact.FAILED)) == {
        ("good", S.FAILED),
        ("last", S.UPSTREAM_FAILED),
        ("x", S.SKIPPED),
        ("teardown", S.SCHEDULED),
    }
    assert finish(run, "teardown") == [("run", DagRunState.FAILED)]


def test_a_retry_does_not_trigger_fail_fast() -> None:
    run = view(dag({"a": (), "b": ()}, options={"a": {"retries": 1}}, fail_fast=True))
    flow.settle(run, T0)
    assert finish(run, "a", Fact.FAILED) == []
    assert task(run, "b").state is S.SCHEDULED


def test_a_cleared_task_runs_though_another_had_failed_fast() -> None:
    run = view(dag({"a": (), "b": ()}, fail_fast=True), a=S.FAILED, b=None)
    assert changes(flow.settle(run, T0)) == [("b", S.SCHEDULED)]


def test_run_timeout() -> None:
    run = view(dag({"a": ("b",), "x": ()}, dagrun_timeout=60.0), a=S.RUNNING, x=S.SUCCESS)
    assert flow.timeout_at(run) == T0 + timedelta(seconds=60)
    assert flow.timed_out(run, T0 + timedelta(seconds=59)) == []
    late = T0 + timedelta(seconds=60)
    assert changes(flow.timed_out(run, late)) == [("a", S.FAILED), ("b", S.SKIPPED), ("run", DagRunState.FAILED)]
    assert flow.timed_out(run, late) == []
    assert flow.timed_out(view(dag({"a": ()})), late) == []


def test_run_ends_by_its_leaves() -> None:
    options: dict[str, dict[str, Any]] = {"b": {"trigger_rule": R.ALL_DONE}}
    run = view(dag({"a": ("b",)}, options=options), a=S.FAILED, b=S.SUCCESS)
    assert changes(flow.settle(run, T0)) == [("run", DagRunState.SUCCESS)]
    run = view(dag({"a": ("b",), "x": ()}, options=options), a=S.FAILED, b=S.SUCCESS, x=S.UPSTREAM_FAILED)
    (decision,) = flow.settle(run, T0)
    assert isinstance(decision, RunDecision)
    assert (decision.to_state, decision.reason) == (DagRunState.FAILED, "task x failed")


@pytest.mark.parametrize("counts", [False, True])
def test_a_failed_teardown_counts_only_when_asked(counts: bool) -> None:
    options = {"t": {"is_teardown": True, "on_failure_fail_dagrun": counts}}
    run = view(dag({"w": ("t",)}, options=options), w=S.SUCCESS, t=S.FAILED)
    end = DagRunState.FAILED if counts else DagRunState.SUCCESS
    assert changes(flow.settle(run, T0)) == [("run", end)]


def test_setups_further_up_must_succeed() -> None:
    edges = {"setup": ("w1", "teardown"), "w1": ("w2",), "w2": ("teardown",)}
    options: dict[str, dict[str, Any]] = {
        "setup": {"is_setup": True},
        "w2": {"trigger_rule": R.ALL_DONE},
        "teardown": {"is_teardown": True, "trigger_rule": R.ALL_DONE_SETUP_SUCCESS},
    }
    run = view(dag(edges, options=options))
    flow.settle(run, T0)
    decided = finish(run, "setup", Fact.FAILED)
    assert ("w2", S.UPSTREAM_FAILED) in decided
    assert decided[-1] == ("run", DagRunState.FAILED)
    run = view(dag(edges, options=options))
    flow.settle(run, T0)
    assert finish(run, "setup", Fact.SKIPPED)[0] == ("w1", S.SKIPPED)
    assert [t.state for t in run.tasks.values()] == [S.SKIPPED] * 4


def test_tasks_outside_their_dates_are_no_part_of_the_run() -> None:
    options = {
        "early": {"end_date": T0 - timedelta(days=1)},
        "late": {"start_date": T0 + timedelta(days=1)},
        "now": {"start_date": T0, "end_date": T0},
    }
    spec = dag({"early": ("now",), "now": ("late",)}, options=options)
    run = view(spec)
    assert changes(flow.settle(run, T0)) == [("early", S.REMOVED), ("now", S.SCHEDULED), ("late", S.REMOVED)]
    assert finish(run, "now") == [("run", DagRunState.SUCCESS)]
    run = view(spec, RunRow(run_type=DagRunType.BACKFILL))
    assert changes(flow.settle(run, T0)) == [("early", S.SCHEDULED)]
    run = view(spec, RunRow(logical_date=None))
    assert changes(flow.settle(run, T0)) == [("early", S.SCHEDULED)]


def test_depends_on_past() -> None:
    spec = dag({"a": ("b",)}, options={"a": {"depends_on_past": True}})
    for past, ready in (
        (None, True),
        ({}, True),
        ({"a": S.SUCCESS}, True),
        ({"a": S.SKIPPED}, True),
        ({"a": S.FAILED}, False),
        ({"a": S.RUNNING}, False),
        ({"a": None}, False),
    ):
        run = view(spec)
        run.past = past
        assert (changes(flow.settle(run, T0)) == [("a", S.SCHEDULED)]) is ready
        assert run.held_by_past == (set() if ready else {TaskKey("a")})
    run.past = {"a": S.SUCCESS}
    assert changes(flow.after(run, run.held_by_past, T0)) == [("a", S.SCHEDULED)]
    assert run.held_by_past == set()
    strict = dag({"a": ()}, options={"a": {"depends_on_past": True, "ignore_first_depends_on_past": False}})
    run = view(strict)
    run.past = {}
    assert flow.settle(run, T0) == []


def test_wait_for_downstream() -> None:
    spec = dag({"a": ("b", "c")}, options={"a": {"depends_on_past": True, "wait_for_downstream": True}})
    run = view(spec)
    run.past = {"a": S.SUCCESS, "b": S.SUCCESS, "c": S.RUNNING}
    assert flow.settle(run, T0) == []
    run.past = {"a": S.SUCCESS, "b": S.SUCCESS, "c": S.SUCCESS}
    assert changes(flow.settle(run, T0)) == [("a", S.SCHEDULED)]


def test_several_instances_of_one_task() -> None:
    spec = dag({"a": ("m",), "m": ("z",)})
    table = [TaskRow("a", S.SUCCESS), *(TaskRow("m", None, i) for i in range(3)), TaskRow("z")]
    run = build_view(RunRow(), spec, table)
    assert len(flow.settle(run, T0)) == 3
    for index in range(3):
        it = task(run, "m", index)
        step(it, Fact.ADMITTED, T0, attempt_id=f"m{index}")
        step(it, Fact.CLAIMED, T0)
        step(it, Fact.SUCCEEDED, T0)
        assert changes(flow.after(run, [it.key], T0)) == ([("z", S.SCHEDULED)] if index == 2 else [])


def test_instances_whose_task_is_gone_hinder_nobody() -> None:
    run = build_view(RunRow(), dag({"a": ()}), [TaskRow("a", S.SUCCESS), TaskRow("old", S.REMOVED)])
    assert changes(flow.settle(run, T0)) == [("run", DagRunState.SUCCESS)]


def test_run_steps() -> None:
    now = T0 + timedelta(hours=1)
    for state in DagRunState:
        for fact in RunFact:
            run = view(dag({}), RunRow(state=state, end_date=T0 if state in ("success", "failed") else None))
            if (state, fact) not in RUN_TABLE:
                with pytest.raises(IllegalTransitionError):
                    flow.step_run(run, fact, now)
                assert run.state is state
                continue
            decision = flow.step_run(run, fact, now)
            assert (decision.from_state, decision.to_state, run.state) == (state, RUN_TABLE[state, fact], run.state)
            assert decision.reason == decision.values["reason"]
            for column, value in decision.values.items():
                if column != "reason":
                    assert getattr(run, column) == value
            if run.state in (DagRunState.SUCCESS, DagRunState.FAILED):
                assert run.end_date == (T0 if state in ("success", "failed") else now)
            else:
                assert run.end_date is None
    run = view(dag({}), RunRow(state=DagRunState.FAILED, end_date=T0, clear_number=1))
    flow.step_run(run, RunFact.CLEARED, now)
    assert (run.clear_number, run.queued_at, run.start_date) == (2, now, None)


# --- Random DAGs ---------------------------------------------------------------------------------------------------


def random_dag(rng: Random) -> DagSpec:
    size = rng.randint(1, 12)
    edges = {
        f"t{i}": [f"t{j}" for j in range(i + 1, size) if rng.random() < rng.choice((0.1, 0.3, 0.6))]
        for i in range(size)
    }
    options: dict[str, dict[str, Any]] = {}
    for name in edges:
        roll = rng.random()
        options[name] = {
            "trigger_rule": rng.choice(list(R)) if rng.random() < 0.5 else R.ALL_SUCCESS,
            "retries": rng.choice((0, 0, 1, 2)),
            "retry_exponential_backoff": rng.choice((0.0, 2.0)),
            "does_nothing": rng.random() < 0.15,
            "is_setup": roll < 0.12,
            "is_teardown": roll > 0.88,
            "on_failure_fail_dagrun": rng.random() < 0.5,
        }
        if rng.random() < 0.1:
            options[name]["end_date"] = T0 - timedelta(days=1)
    return dag(edges, options=options, fail_fast=rng.random() < 0.15)


def copy_of(run: RunView) -> RunView:
    """The run as a new leader finds it in the store."""
    table = [
        TaskRow(
            t.key.task_id, t.state, t.key.map_index, t.try_number, t.max_tries, t.lost, t.attempt_id, t.worker_id,
            t.start_date, t.end_date, t.next_at, skips=t.skips,
        )
        for t in run.tasks.values()
    ]  # fmt: skip
    return build_view(RunRow(state=run.state, start_date=run.start_date, end_date=run.end_date), run.spec, table)


def recounted(run: RunView, task_id: str) -> Upstream:
    """Counters of a task's direct upstream, counted from the states."""
    counters = Upstream()
    for other in run.tasks.values():
        if task_id in other.spec.downstream:
            counters.total += 1
            counters.setups += other.spec.is_setup
            counters.shift(other.state, 1, other.spec.is_setup)
    return counters


def check(run: RunView, decisions: list[flow.Decision]) -> None:
    """What must hold after every step."""
    changed = [d.transition.key for d in decisions if isinstance(d, TaskDecision)]
    assert len(changed) == len(set(changed)), "one row, one change: the batch that writes them has no order"
    for t in run.tasks.values():
        assert run.upstream[t.key.task_id] == recounted(run, t.key.task_id)
        assert t.counted is t.state
    assert run.unfinished == sum(t.state not in FINISHED for t in run.tasks.values())
    assert run.timed == {k for k, t in run.tasks.items() if t.state in (S.UP_FOR_RETRY, S.UP_FOR_RESCHEDULE)}
    for decision in decisions:
        if isinstance(decision, TaskDecision) and decision.transition.to_state is S.SCHEDULED:
            spec = run.spec.task(decision.transition.key.task_id)
            assert spec is not None
            # Nothing that ended goes back within one step, so the rule that held then holds now.
            assert evaluate(spec.trigger_rule, recounted(run, spec.task_id)) is RUN
            far = run.setups.get(spec.task_id)
            if far is not None and spec.trigger_rule is not R.ALWAYS:
                assert setup_constraint(far) is RUN
    assert flow.settle(copy_of(run), T0) == []


OUTCOMES = [Fact.SUCCEEDED] * 6 + [Fact.FAILED] * 3 + [Fact.SKIPPED, Fact.RESCHEDULED, Fact.LOST, Fact.CLEARED]


def random_step(run: RunView, rng: Random, now: datetime, number: int) -> TaskKey | None:
    """Let something happen to one task, and return it."""
    open_tasks = [t for t in run.tasks.values() if t.state in (S.SCHEDULED, S.QUEUED, S.RUNNING, S.RESTARTING)]
    if not open_tasks:
        return None
    it = rng.choice(open_tasks)
    if it.state is S.SCHEDULED:
        step(it, Fact.ADMITTED, now, attempt_id=f"a{number}", worker_id="w")
    elif it.state is S.QUEUED:
        step(it, rng.choice([Fact.CLAIMED] * 8 + [Fact.LOST, Fact.FAILED]), now)
    else:
        fact = rng.choice(OUTCOMES)
        if it.state is S.RESTARTING and fact is Fact.RESCHEDULED:
            fact = Fact.LOST
        if fact is Fact.CLEARED and rng.random() < 0.5:
            fact = Fact.SUCCEEDED
        at = now + timedelta(seconds=rng.randint(0, 90))
        skips = tuple(below for below in it.spec.downstream if rng.random() < 0.5) if rng.random() < 0.2 else ()
        step(it, fact, now, at=at, retry=rng.random() < 0.9, skips=skips)
    return it.key


def takes_back(run: RunView, key: TaskKey) -> bool:
    """Whether the instance is a branch that decided against tasks which were scheduled already."""
    return any(run.tasks[TaskKey(below)].state is S.SCHEDULED for below in run.tasks[key].skips)


def walk(seed: int) -> RunView:
    rng = Random(seed)
    run = view(random_dag(rng))
    now = T0
    check(run, flow.settle(run, now))
    for number in range(2000):
        if run.state is not DagRunState.RUNNING:
            break
        key = random_step(run, rng, now, number)
        if key is None or rng.random() < 0.1:
            due_at = flow.next_due(run)
            assert key is not None or due_at is not None, "the run hangs"
            if due_at is not None:
                now = max(now, due_at)
                for due in flow.due(run, now):
                    waiting = run.tasks[due]
                    step(waiting, Fact.RETRY_DUE if waiting.state is S.UP_FOR_RETRY else Fact.RESCHEDULE_DUE, now)
                    assert flow.after(run, [due], now) == []
        if key is None:
            continue
        scratch, taken_back = copy_of(run), takes_back(run, key)
        decisions = flow.after(run, [key], now)
        if not run.spec.fail_fast and not taken_back:
            from_scratch = flow.settle(scratch, now)
            assert sorted(map(str, changes(decisions))) == sorted(map(str, changes(from_scratch)))
            assert {k: t.state for k, t in run.tasks.items()} == {k: t.state for k, t in scratch.tasks.items()}
        check(run, decisions)
        assert flow.after(run, [key], now) == []
    assert run.state in (DagRunState.SUCCESS, DagRunState.FAILED)
    assert run.unfinished == 0
    return run


@settings(max_examples=150)
@given(st.integers(0, 2**32))
def test_random_walks(seed: int) -> None:
    walk(seed)


def test_seeded_walks_reach_all_ends() -> None:
    ends = set()
    seen: set[TaskInstanceState | None] = set()
    for seed in range(150):
        run = walk(seed)
        ends.add(run.state)
        seen.update(t.state for t in run.tasks.values())
    assert ends == {DagRunState.SUCCESS, DagRunState.FAILED}
    assert seen == FINISHED


def test_the_cost_of_a_step_does_not_grow_with_the_run() -> None:
    class Counting(dict):  # type: ignore[type-arg]
        reads = 0

        def __getitem__(self, key: Any) -> Any:
            Counting.reads += 1
            return super().__getitem__(key)

    reads = []
    for width in (10, 1000):
        run = view(dag({"first": ("second",), **{f"t{i}": ("end",) for i in range(width)}}))
        flow.settle(run, T0)
        it = task(run, "first")
        step(it, Fact.ADMITTED, T0, attempt_id="a")
        step(it, Fact.CLAIMED, T0)
        step(it, Fact.SUCCEEDED, T0)
        run.tasks, Counting.reads = Counting(run.tasks), 0
        assert changes(flow.after(run, [it.key], T0)) == [("second", S.SCHEDULED)]
        reads.append(Counting.reads)
    assert reads[0] == reads[1] > 0
