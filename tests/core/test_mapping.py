"""Mapped tasks and groups in a run: examples in words, then random DAGs with random lengths and outcomes."""

from __future__ import annotations

import itertools
from datetime import datetime
from random import Random
from typing import Any

import pytest
from core_support import T0, RunRow, TaskRow, dag, task
from hypothesis import given, settings
from hypothesis import strategies as st

from tradewind.core import flow, mapping
from tradewind.core.clearing import clear, select_instances
from tradewind.core.flow import RunDecision, TaskDecision
from tradewind.core.machine import Fact, step
from tradewind.core.mapping import Growth, first_indexes
from tradewind.core.marking import mark_tasks
from tradewind.core.view import RunView, Upstream, build_view
from tradewind.errors import IllegalTransitionError
from tradewind.spec.dag import DagSpec, GroupSpec, LengthSpec
from tradewind.spec.ids import TaskKey
from tradewind.spec.states import FINISHED, DagRunState, TaskInstanceState, TriggerRule

S = TaskInstanceState
R = TriggerRule


def literal(length: int) -> LengthSpec:
    return LengthSpec(kind="literal", length=length)


def of(*task_ids: str, kind: Any = "product") -> LengthSpec:
    parts = tuple(LengthSpec(kind="task", task_id=task_id) for task_id in task_ids)
    return parts[0] if len(parts) == 1 else LengthSpec(kind=kind, parts=parts)


def mapped(expand: LengthSpec, **options: Any) -> dict[str, Any]:
    return {"mapped": True, "expand": expand, **options}


def new_view(spec: DagSpec) -> RunView:
    numbers = itertools.count()
    run = build_view(RunRow(), spec, (), new_id=lambda: f"new-{next(numbers)}")
    rows = [
        TaskRow(t.task_id, None, i, max_tries=t.retries)
        for t in spec.tasks
        for i in first_indexes(run.graph, t.task_id)
    ]
    return build_view(RunRow(), spec, rows, graph=run.graph, new_id=run.new_id)


def finish(
    run: RunView, task_id: str, index: int = -1, fact: Fact = Fact.SUCCEEDED, *, length: int | None = None, **kw: Any
) -> list[Any]:
    it = task(run, task_id, index)
    assert it.state is S.SCHEDULED, (it.key, it.state)
    step(it, Fact.ADMITTED, T0, attempt_id=f"a-{it.key.name}-{it.try_number}", worker_id="w")
    step(it, Fact.CLAIMED, T0)
    run.note_length(it.key, None)
    step(it, fact, T0, **kw)
    if fact is Fact.SUCCEEDED and length is not None:
        run.note_length(it.key, length)
    return flow.after(run, [it.key], T0)


def states(run: RunView, task_id: str) -> dict[int, Any]:
    return {key.map_index: t.state for key, t in sorted(run.tasks.items()) if key.task_id == task_id}


def end(decisions: list[Any]) -> DagRunState | None:
    return next((d.to_state for d in decisions if isinstance(d, RunDecision)), None)


def test_values_of_the_dag_file_make_all_instances_at_once() -> None:
    run = new_view(dag({"m": ("z",)}, options={"m": mapped(literal(3))}))
    flow.settle(run, T0)
    assert states(run, "m") == dict.fromkeys(range(3), S.SCHEDULED)
    assert [end(finish(run, "m", i)) for i in range(3)] == [None] * 3
    assert end(finish(run, "z")) is DagRunState.SUCCESS


def test_a_result_makes_as_many_instances_as_it_has_elements() -> None:
    run = new_view(dag({"a": ("m",), "m": ("z",)}, options={"m": mapped(of("a"))}))
    flow.settle(run, T0)
    assert states(run, "m") == {-1: None}
    first = task(run, "m")
    decisions = finish(run, "a", length=3)
    growth = decisions[0]
    assert isinstance(growth, Growth)
    assert growth.moved is first and first.key == TaskKey("m", 0)
    assert [one.key.map_index for one in growth.added] == [1, 2]
    assert [d.transition.key.map_index for d in decisions[1:] if isinstance(d, TaskDecision)] == [0, 1, 2]
    assert states(run, "m") == dict.fromkeys(range(3), S.SCHEDULED)
    finish(run, "m", 0)
    finish(run, "m", 2)
    assert task(run, "z").state is None
    finish(run, "m", 1)
    assert end(finish(run, "z")) is DagRunState.SUCCESS


@pytest.mark.parametrize(
    ("fact", "length", "rule", "becomes"),
    [
        (Fact.SUCCEEDED, 0, R.ALL_SUCCESS, S.SKIPPED),
        (Fact.SUCCEEDED, 0, R.ALL_DONE, S.SKIPPED),
        (Fact.SUCCEEDED, None, R.ALL_SUCCESS, S.UPSTREAM_FAILED),
        (Fact.FAILED, None, R.ALL_SUCCESS, S.UPSTREAM_FAILED),
        (Fact.FAILED, None, R.ALL_DONE, S.UPSTREAM_FAILED),
        (Fact.FAILED, None, R.ONE_FAILED, S.UPSTREAM_FAILED),
        (Fact.SKIPPED, None, R.ALL_SUCCESS, S.SKIPPED),
        (Fact.SKIPPED, None, R.NONE_FAILED, S.SKIPPED),
    ],
)
def test_without_values_there_is_one_instance(fact: Fact, length: int | None, rule: R, becomes: S) -> None:
    run = new_view(dag({"a": ("m",)}, options={"m": mapped(of("a"), trigger_rule=rule)}))
    flow.settle(run, T0)
    finish(run, "a", fact=fact, length=length)
    assert states(run, "m") == {-1: becomes}
    assert task(run, "m").end_date == T0


def test_the_length_of_a_mapped_task_is_the_number_of_its_results() -> None:
    edges = {"a": ("m",), "m": ("n",), "n": ()}
    run = new_view(dag(edges, options={"m": mapped(of("a")), "n": mapped(of("m"), trigger_rule=R.ALL_DONE)}))
    flow.settle(run, T0)
    finish(run, "a", length=3)
    finish(run, "m", 0, length=1)
    finish(run, "m", 1, Fact.FAILED)
    assert states(run, "n") == {-1: None}
    finish(run, "m", 2, length=1)
    assert states(run, "n") == {0: S.SCHEDULED, 1: S.SCHEDULED}


def test_combined_lengths() -> None:
    a, b = LengthSpec(kind="task", task_id="a"), LengthSpec(kind="task", task_id="b")
    sizes = {"a": 2, "b": 5}
    for kind, size in (("product", 10), ("sum", 7), ("shortest", 2), ("longest", 5)):
        spec = LengthSpec(kind=kind, parts=(a, b))  # type: ignore[arg-type]
        assert mapping.mapping_size(spec, sizes.get) == size
        assert mapping.mapping_size(spec, {"a": 2}.get) is None
        assert spec.task_ids() == ("a", "b")
    run = new_view(dag({"a": ("m",), "b": ("m",)}, options={"m": mapped(of("a", "b"), trigger_rule=R.ONE_SUCCESS)}))
    flow.settle(run, T0)
    finish(run, "a", length=2)
    assert states(run, "m") == {-1: None}, "the rule holds, but the other length is not known"
    finish(run, "b", length=2)
    assert states(run, "m") == dict.fromkeys(range(4), S.SCHEDULED)


def group_dag(expand: LengthSpec, **options: dict[str, Any]) -> DagSpec:
    """a -> [ one -> two -> three ] -> z, the bracket a mapped group with a group in it."""
    edges = {"a": ("one",), "one": ("two",), "two": ("three",), "three": ("z",)}
    groups = (GroupSpec(group_id="g", expand=expand), GroupSpec(group_id="g.deep", parent="g"))
    inside = {"one": "g", "two": "g.deep", "three": "g"}
    return dag(edges, options={t: {"group": inside.get(t), **options.get(t, {})} for t in (*edges, "z")}, groups=groups)


def test_in_a_mapped_group_each_index_goes_its_own_way() -> None:
    run = new_view(group_dag(of("a")))
    flow.settle(run, T0)
    decisions = finish(run, "a", length=2)
    assert sum(isinstance(d, Growth) for d in decisions) == 3, "all tasks of the group know their indexes at once"
    finish(run, "one", 0)
    assert (states(run, "two"), states(run, "three")) == ({0: S.SCHEDULED, 1: None}, {0: None, 1: None})
    finish(run, "two", 0)
    finish(run, "three", 0)
    finish(run, "one", 1, Fact.FAILED)
    assert (states(run, "two")[1], states(run, "three")[1], task(run, "z").state) == (S.UPSTREAM_FAILED,) * 3


def test_a_branch_in_a_mapped_group_skips_its_own_index_only() -> None:
    run = new_view(group_dag(of("a"), z={"trigger_rule": R.NONE_FAILED}))
    flow.settle(run, T0)
    finish(run, "a", length=2)
    finish(run, "one", 1, skips=("two", "three", "z"))
    assert (states(run, "two"), states(run, "three")) == ({0: None, 1: S.SKIPPED}, {0: None, 1: S.SKIPPED})
    assert task(run, "z").state is None, "it waits for all instances"


def test_what_waits_outside_a_group_holds_its_expansion_but_not_that_of_others() -> None:
    spec = dag(
        {"a": ("one",), "x": ("two",), "one": ("two",)},
        options={"one": {"group": "g"}, "two": {"group": "g"}},
        groups=(GroupSpec(group_id="g", expand=of("a")),),
    )
    run = new_view(spec)
    flow.settle(run, T0)
    finish(run, "a", length=2)
    assert (states(run, "one"), states(run, "two")) == ({0: S.SCHEDULED, 1: S.SCHEDULED}, {-1: None})
    finish(run, "one", 1, skips=("two",))
    finish(run, "x")
    assert states(run, "two") == {0: None, 1: S.SKIPPED}, "what was decided before there was an instance holds"
    run = new_view(spec)
    flow.settle(run, T0)
    finish(run, "a", length=2)
    finish(run, "x", fact=Fact.FAILED)
    assert states(run, "two") == {-1: S.UPSTREAM_FAILED}


def test_setup_and_teardown_in_a_mapped_group() -> None:
    spec = dag(
        {"a": ("up",), "up": ("w1", "down"), "w1": ("w2",), "w2": ("down",)},
        options={
            "up": {"group": "g", "is_setup": True},
            "w1": {"group": "g"},
            "w2": {"group": "g", "trigger_rule": R.ALL_DONE},
            "down": {"group": "g", "is_teardown": True, "trigger_rule": R.ALL_DONE_SETUP_SUCCESS},
        },
        groups=(GroupSpec(group_id="g", expand=of("a")),),
    )
    run = new_view(spec)
    flow.settle(run, T0)
    finish(run, "a", length=2)
    finish(run, "up", 0, Fact.FAILED)
    assert [states(run, t)[0] for t in ("w1", "w2", "down")] == [S.UPSTREAM_FAILED] * 3
    assert [states(run, t)[1] for t in ("w1", "w2", "down")] == [None] * 3
    finish(run, "up", 1)
    finish(run, "w1", 1, Fact.FAILED)
    finish(run, "w2", 1)
    finish(run, "down", 1)
    assert run.state is DagRunState.FAILED


def clear_all(run: RunView, *named: Any, **kw: Any) -> None:
    decisions = clear(run, select_instances(run, named, **kw), T0)
    if run.state is DagRunState.QUEUED:
        decisions.append(flow.step_run(run, flow.RunFact.STARTED, T0))
    flow.settle(run, T0)


@pytest.mark.parametrize(("second", "wanted"), [(5, [S.SCHEDULED] * 5), (1, [S.SCHEDULED, S.REMOVED, S.REMOVED])])
def test_after_a_clear_there_are_more_or_less(second: int, wanted: list[S]) -> None:
    run = new_view(dag({"a": ("m",), "m": ("z",)}, options={"m": mapped(of("a"))}))
    flow.settle(run, T0)
    finish(run, "a", length=3)
    for index in range(3):
        finish(run, "m", index, length=1)
    clear_all(run, "a", downstream=True)
    decisions = finish(run, "a", length=second)
    assert list(states(run, "m").values()) == wanted
    assert len({d.transition.key for d in decisions if isinstance(d, TaskDecision)}) == len(wanted)
    for index, state in states(run, "m").items():
        if state is S.SCHEDULED:
            finish(run, "m", index)
    assert end(finish(run, "z")) is DagRunState.SUCCESS
    assert flow.settle(copy_of(run), T0) == []


def test_nothing_left_after_a_clear() -> None:
    run = new_view(dag({"a": ("m",)}, options={"m": mapped(of("a"))}))
    flow.settle(run, T0)
    finish(run, "a", length=2)
    for index in range(2):
        finish(run, "m", index)
    clear_all(run, "a", downstream=True)
    assert end(finish(run, "a", length=0)) is DagRunState.SUCCESS
    assert states(run, "m") == {0: S.REMOVED, 1: S.REMOVED}


def test_clearing_and_marking_by_map_index() -> None:
    run = new_view(group_dag(of("a")))
    flow.settle(run, T0)
    finish(run, "a", length=2)
    for index in range(2):
        finish(run, "one", index, Fact.FAILED)
    chosen = select_instances(run, [("one", 1)], downstream=True)
    assert [t.key.name for t in chosen] == ["one[1]", "two[1]", "three[1]", "z"]
    assert [t.key.name for t in select_instances(run, ["one"])] == ["one[0]", "one[1]"]
    mark_tasks(run, [task(run, "one", 0)], S.SUCCESS, T0)
    assert (states(run, "two"), states(run, "three")) == ({0: None, 1: S.UPSTREAM_FAILED},) * 2
    assert task(run, "z").state is None


def test_many_instances_are_made_in_several_steps() -> None:
    most = mapping.INSTANCES_AT_ONCE
    run = new_view(dag({"a": ("m",), "m": ("z",)}, options={"m": mapped(of("a")), "z": {"trigger_rule": R.ALL_DONE}}))
    flow.settle(run, T0)
    finish(run, "a", length=2 * most + 10)
    assert (len(run.instances["m"]), run.expanding) == (most + 1, {TaskKey("m")})
    for index in range(1, 11):
        finish(run, "m", index)
    # a scheduler that takes over finds the rest by itself
    run = copy_of(run)
    flow.settle(run, T0)
    assert (len(run.instances["m"]), run.expanding) == (2 * most + 1, {TaskKey("m")})
    run.expanding.clear()
    flow.after(run, [TaskKey("m")], T0)
    assert sorted(states(run, "m")) == list(range(2 * most + 10))
    assert not run.expanding and run.open["m"] == 2 * most


def test_ten_thousand_that_wait_for_ten_thousand_cost_nothing_until_all_ended() -> None:
    class Counting(dict):  # type: ignore[type-arg]
        reads = 0

        def __getitem__(self, key: Any) -> Any:
            Counting.reads += 1
            return super().__getitem__(key)

    reads = []
    for width in (10, 1000):
        spec = dag({"m": ("n",)}, options={"m": mapped(literal(width)), "n": mapped(literal(width))})
        run = new_view(spec)
        flow.settle(run, T0)
        finish(run, "m", 0)
        run.tasks, Counting.reads = Counting(run.tasks), 0
        finish(run, "m", 1)
        reads.append(Counting.reads)
    assert reads[0] == reads[1] > 0


def test_a_view_that_cannot_name_instances_refuses_to_make_them() -> None:
    spec = dag({"a": ("m",)}, options={"m": mapped(of("a"))})
    run = build_view(RunRow(), spec, [TaskRow("a", S.SUCCESS), TaskRow("m")], lengths=[("a", -1, 2)])
    with pytest.raises(IllegalTransitionError, match="cannot name"):
        flow.settle(run, T0)


# --- Random DAGs ---------------------------------------------------------------------------------------------------


def random_dag(rng: Random) -> DagSpec:
    size = rng.randint(2, 9)
    names = [f"t{i}" for i in range(size)]
    edges = {names[i]: [names[j] for j in range(i + 1, size) if rng.random() < 0.35] for i in range(size)}
    options: dict[str, dict[str, Any]] = {name: {} for name in names}
    groups: list[GroupSpec] = []
    if rng.random() < 0.6:
        first = rng.randint(0, size - 1)
        members = names[first : first + rng.randint(1, 4)]
        source = rng.choice([None, *names[:first]])
        groups.append(GroupSpec(group_id="g", expand=literal(rng.randint(0, 3)) if source is None else of(source)))
        for member in members:
            options[member]["group"] = "g"
        if source is not None:
            above = {d for name in members for d in edges[name]}
            for root in set(members) - above:
                edges[source] = sorted({*edges[source], root})
    for i, name in enumerate(names):
        if rng.random() < 0.5:
            options[name]["trigger_rule"] = rng.choice([rule for rule in R if rule is not R.ALWAYS])
        options[name]["retries"] = rng.choice((0, 0, 1))
        options[name]["does_nothing"] = rng.random() < 0.1
        if "group" not in options[name] and rng.random() < 0.4:
            sources = rng.sample(names[:i], min(i, rng.randint(0, 2)))
            options[name].update(
                mapped(
                    of(*sources, kind=rng.choice(("product", "sum", "shortest")))
                    if sources
                    else literal(rng.randint(0, 3))
                )
            )
            for source in sources:
                edges[source] = sorted({*edges[source], name})
    return dag(edges, options=options, groups=tuple(groups), fail_fast=rng.random() < 0.1)


def copy_of(run: RunView) -> RunView:
    """The run as a new leader finds it in the store."""
    rows = [
        TaskRow(
            t.key.task_id, t.state, t.key.map_index, t.try_number, t.max_tries, t.lost, t.attempt_id, t.worker_id,
            t.start_date, t.end_date, t.next_at, skips=t.skips,
        )
        for t in run.tasks.values()
    ]  # fmt: skip
    lengths = [(task_id, index, n) for task_id, known in run._lengths.items() for index, n in known.items()]
    row = RunRow(state=run.state, start_date=run.start_date, end_date=run.end_date)
    return build_view(row, run.spec, rows, lengths=lengths, new_id=run.new_id)


def recounted(run: RunView, key: TaskKey) -> Upstream:
    """The counters of one instance, counted from the states."""
    counters = Upstream()
    for other in run.tasks.values():
        if key.task_id in other.spec.downstream:
            inside = run.graph.same_mapped_group(key.task_id, other.key.task_id)
            if not inside or other.key.map_index == key.map_index:
                counters.total += 1
                counters.setups += other.spec.is_setup
                counters.shift(other.state, 1, other.spec.is_setup)
    return counters


def check(run: RunView, decisions: list[Any]) -> None:
    changed = [d.transition.key for d in decisions if isinstance(d, TaskDecision)]
    assert len(changed) == len(set(changed)), "one row, one change"
    for key, t in run.tasks.items():
        assert (t.key, t.counted) == (key, t.state)
        assert run.upstream_of(key) == recounted(run, key), key
        assert (key in run.waiting[key.task_id]) == (t.state is None)
    for task_id, keys in run.instances.items():
        assert len(keys) == len(set(keys)) and all(run.tasks[key].key.task_id == task_id for key in keys)
        assert run.open[task_id] == sum(run.tasks[key].state not in FINISHED for key in keys)
        indexes = {key.map_index for key in keys}
        if task_id not in run.graph.expansion or -1 in indexes:
            assert indexes == {-1}
        else:
            assert indexes == set(range(len(indexes))), "no holes"
    assert run.unfinished == sum(run.open.values())
    assert flow.settle(copy_of(run), T0) == []


def walk(seed: int) -> RunView:
    rng = Random(seed)
    run = new_view(random_dag(rng))
    now = T0
    check(run, flow.settle(run, now))
    clears = 2
    for number in range(3000):
        if run.state is not DagRunState.RUNNING:
            if not clears or not run.tasks:
                break
            clears -= 1
            clear(run, rng.sample(sorted(run.tasks.values(), key=lambda t: t.key), rng.randint(1, len(run.tasks))), now)
            if run.state is DagRunState.QUEUED:
                flow.step_run(run, flow.RunFact.STARTED, now)
            check(run, flow.settle(run, now))
            continue
        open_tasks = sorted(
            (t for t in run.tasks.values() if t.state in (S.SCHEDULED, S.QUEUED, S.RUNNING)), key=lambda t: t.key
        )
        if not open_tasks:
            due_at = flow.next_due(run)
            assert due_at is not None, "the run hangs"
            now = max(now, due_at)
            for key in flow.due(run, now):
                step(run.tasks[key], Fact.RETRY_DUE, now)
                check(run, flow.after(run, [key], now))
            continue
        it = rng.choice(open_tasks)
        happen(run, it, rng, now, number)
        check(run, flow.after(run, [it.key], now))
    assert run.state in (DagRunState.SUCCESS, DagRunState.FAILED)
    assert run.unfinished == 0
    return run


def happen(run: RunView, it: Any, rng: Random, now: datetime, number: int) -> None:
    if it.state is S.SCHEDULED:
        step(it, Fact.ADMITTED, now, attempt_id=f"a{number}", worker_id="w")
    elif it.state is S.QUEUED:
        step(it, Fact.CLAIMED, now)
        run.note_length(it.key, None)
    else:
        fact = rng.choice([Fact.SUCCEEDED] * 6 + [Fact.FAILED] * 2 + [Fact.SKIPPED, Fact.LOST])
        skips: tuple[str, ...] = ()
        if fact is Fact.SUCCEEDED and rng.random() < 0.2:
            skips = tuple(below for below in it.spec.downstream if rng.random() < 0.5)
        step(it, fact, now, skips=skips)
        if it.state is S.SUCCESS and rng.random() < 0.9:
            run.note_length(it.key, rng.randint(0, 3) if it.key.map_index < 0 else 1)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_random_walks(seed: int) -> None:
    walk(seed)


def test_seeded_walks_meet_everything() -> None:
    seen: set[Any] = set()
    most = 0
    for seed in range(80):
        run = walk(seed)
        for key, t in run.tasks.items():
            if key.task_id in run.graph.expansion:
                seen.add((key.map_index >= 0, t.state))
                most = max(most, key.map_index)
    assert {state for many, state in seen if many} == FINISHED
    assert {state for many, state in seen if not many} >= {S.SKIPPED, S.UPSTREAM_FAILED}
    assert most >= 5
