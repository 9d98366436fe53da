"""The rules of task groups and of setup and teardown tasks, as Airflow documents them, over all small shapes."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

import pytest
from authoring_kit import spec_of
from hypothesis import given
from hypothesis import strategies as st

from tradewind import DAG, EmptyOperator, Label, TaskGroup
from tradewind.errors import DagAuthoringError, DuplicateTaskIdFound
from tradewind.spec.states import TriggerRule


def empty(task_id: str, **arguments: Any) -> EmptyOperator:
    return EmptyOperator(task_id=task_id, **arguments)


EDGES = st.integers(1, 6).flatmap(
    lambda size: st.tuples(
        st.just(size),
        st.sets(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)).filter(lambda edge: edge[0] < edge[1])),
    )
)

# --- Setups and teardowns -----------------------------------------------------------------------------------------


@given(EDGES)
def test_a_scope_goes_around_the_work_in_it(shape: tuple[int, set[tuple[int, int]]]) -> None:
    size, edges = shape
    with DAG("d", schedule=None) as dag:
        create, delete = empty("create"), empty("delete")
        with delete.as_teardown(setups=create):
            work = [empty(f"w{number}") for number in range(size)]
            for up, down in edges:
                work[up] >> work[down]
        empty("outside")
    assert create.is_setup and delete.is_teardown and delete.trigger_rule is TriggerRule.ALL_DONE_SETUP_SUCCESS
    for number, task in enumerate(work):
        is_first = all(down != number for _, down in edges)
        is_last = all(up != number for up, _ in edges)
        assert ("create" in task.upstream_task_ids) is is_first
        assert ("delete" in task.downstream_task_ids) is is_last
    assert "create" in delete.upstream_task_ids
    assert dag.get_task("outside").upstream_task_ids == dag.get_task("outside").downstream_task_ids == set()


def test_scopes_inside_one_another() -> None:
    with DAG("d", schedule=None) as dag:
        outer_up, outer_down, inner_up, inner_down = map(empty, ("outer_up", "outer_down", "inner_up", "inner_down"))
        with outer_down.as_teardown(setups=outer_up):
            before = empty("before")
            with inner_down.as_teardown(setups=inner_up):
                inside = empty("inside")
            before >> inside
    edges = {(up, task.task_id) for task in dag.tasks for up in task.upstream_task_ids}
    assert edges == {
        ("outer_up", "before"), ("outer_up", "inner_up"), ("outer_up", "outer_down"), ("inner_up", "inside"),
        ("inner_up", "inner_down"), ("inside", "inner_down"), ("before", "inside"), ("inner_down", "outer_down"),
    }  # fmt: skip


def test_several_setups_and_tasks_added_by_hand() -> None:
    with DAG("d", schedule=None):
        one, two, gone, late = empty("one"), empty("two"), empty("gone"), empty("late")
        with gone.as_teardown(setups=[one, two]) as scope:
            work = empty("work")
            scope.add_task(late)
    assert work.upstream_task_ids == late.upstream_task_ids == {"one", "two"}
    assert gone.upstream_task_ids == {"one", "two", "work", "late"}
    assert one.is_setup and two.is_setup
    with DAG("e", schedule=None):
        plain = empty("plain")
    with pytest.raises(DagAuthoringError, match="neither a setup nor a teardown"), plain:
        pass


def test_a_teardown_keeps_a_rule_of_its_own() -> None:
    with DAG("d", schedule=None):
        assert empty("a").as_teardown().trigger_rule is TriggerRule.ALL_DONE_SETUP_SUCCESS
        assert empty("b", trigger_rule="always").as_teardown().trigger_rule is TriggerRule.ALWAYS
        assert empty("c").as_teardown(on_failure_fail_dagrun=True).on_failure_fail_dagrun is True
        assert empty("d").as_teardown().on_failure_fail_dagrun is False


def test_what_follows_a_group_does_not_wait_for_its_teardowns() -> None:
    with DAG("d", schedule=None):
        with TaskGroup("g") as group:
            up, work, down = empty("up").as_setup(), empty("work"), empty("down")
            up >> work >> down.as_teardown(setups=up)
        after = empty("after")
        group >> after
    assert after.upstream_task_ids == {"g.work"}


# --- Groups ------------------------------------------------------------------------------------------------------


@given(st.lists(st.booleans(), max_size=5))
def test_ids_begin_with_the_groups_around_them(prefixes: list[bool]) -> None:
    """The nearest groups, as far as they prefix without a break."""
    with DAG("d", schedule=None) as dag, ExitStack() as stack:
        groups = [
            stack.enter_context(TaskGroup(f"g{depth}", prefix_group_id=prefix)) for depth, prefix in enumerate(prefixes)
        ]
        task = empty("t")
    parts: list[str] = []
    for depth in reversed(range(len(prefixes))):
        if not prefixes[depth]:
            break
        parts.insert(0, f"g{depth}")
    assert task.task_id == ".".join([*parts, "t"]) and task.label == "t"
    assert set(dag.task_group_dict) == {group.group_id for group in groups}
    spec = spec_of(dag)
    assert spec.tasks[0].group == (groups[-1].group_id if groups else None)
    assert {group.group_id: group.parent for group in spec.groups} == {
        group.group_id: groups[depth - 1].group_id if depth else None for depth, group in enumerate(groups)
    }


@given(st.lists(st.sampled_from(["a", "b", "a__1"]), max_size=6))
def test_suffixes_make_ids_that_nobody_has(names: list[str]) -> None:
    with DAG("d", schedule=None) as dag, TaskGroup("outer"):
        made = [str(TaskGroup(name, add_suffix_on_collision=True).group_id) for name in names]
    assert len(set(made)) == len(made)
    assert all(group_id.startswith(f"outer.{name}") for group_id, name in zip(made, names, strict=True))
    assert set(made) == set(dag.task_group_dict) - {"outer"}


def test_without_suffixes_a_second_group_or_task_of_a_name_is_refused() -> None:
    with DAG("d", schedule=None):
        TaskGroup("g")
        with pytest.raises(DuplicateTaskIdFound, match="'g' already"):
            TaskGroup("g")
        with pytest.raises(DuplicateTaskIdFound):
            empty("g")
        with TaskGroup("other"):
            empty("g")  # is `other.g`
        with TaskGroup("plain", prefix_group_id=False), pytest.raises(DuplicateTaskIdFound):
            empty("other.g")


LEVELS = st.lists(st.none() | st.integers(0, 9), min_size=4, max_size=4)


@given(LEVELS)
def test_the_nearest_default_counts(levels: list[int | None]) -> None:
    """Of DAG, outer group, inner group and task, the last one that says something."""
    of_dag, outer, inner, own = ({} if value is None else {"retries": value} for value in levels)
    with DAG("d", schedule=None, default_args=of_dag):
        with TaskGroup("outer", default_args=outer), TaskGroup("inner", default_args=inner):
            task = empty("t", **own)
        beside = empty("beside")
    assert task.retries == next((value for value in reversed(levels) if value is not None), 0)
    assert beside.retries == (levels[0] or 0)


@given(EDGES, EDGES)
def test_edges_between_groups(left: tuple[int, set[tuple[int, int]]], right: tuple[int, set[tuple[int, int]]]) -> None:
    """All last tasks of one group are before all first tasks of the other, and each of these edges has the label."""
    members: dict[str, list[EmptyOperator]] = {}
    with DAG("d", schedule=None) as dag:
        groups = []
        for name, (size, edges) in (("l", left), ("r", right)):
            with TaskGroup(name) as group:
                members[name] = [empty(f"t{number}") for number in range(size)]
                for up, down in edges:
                    members[name][up] >> members[name][down]
            groups.append(group)
        groups[0] >> Label("then") >> groups[1]
    last = {f"l.t{n}" for n in range(left[0])} - {f"l.t{up}" for up, _ in left[1]}
    first = {f"r.t{n}" for n in range(right[0])} - {f"r.t{down}" for _, down in right[1]}
    between = {(up, task.task_id) for task in members["r"] for up in task.upstream_task_ids if up.startswith("l.")}
    assert between == {(up, down) for up in last for down in first}
    assert set(spec_of(dag).edge_labels) == {(up, down, "then") for up, down in between}
