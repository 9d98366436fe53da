"""Rules of compilation that hold for DAGs of any shape."""

from itertools import pairwise
from typing import Any

import pytest
from authoring_kit import spec_of
from hypothesis import given
from hypothesis import strategies as st

from tradewind import DAG, EmptyOperator, TaskGroup, task
from tradewind.errors import AirflowDagCycleException
from tradewind.spec.dag import DagSpec, decode_dag, encode_dag

SIZE = st.shared(st.integers(1, 12), key="size")
NODE = SIZE.flatmap(lambda size: st.integers(0, size - 1))
LINKS = st.lists(st.tuples(NODE, NODE), max_size=30)
ORDER = SIZE.flatmap(lambda size: st.permutations(range(size)))


def build(size: int, links: list[tuple[int, int]], **kwargs: Any) -> DAG:
    with DAG("d", schedule="@daily", **kwargs) as dag:
        tasks = [EmptyOperator(task_id=f"t{index}") for index in range(size)]
        for up, down in links:
            tasks[up] >> tasks[down]
    return dag


def check_shape(spec: DagSpec) -> None:
    """Topological, with both directions of every link."""
    place = {task.task_id: index for index, task in enumerate(spec.tasks)}
    forth = {(task.task_id, down) for task in spec.tasks for down in task.downstream}
    back = {(up, task.task_id) for task in spec.tasks for up in task.upstream}
    assert forth == back
    assert all(place[up] < place[down] for up, down in forth)


@given(size=SIZE, links=LINKS, order=ORDER)
def test_any_acyclic_shape_compiles_in_topological_order(
    size: int, links: list[tuple[int, int]], order: list[int]
) -> None:
    # links that go forward in a hidden order make no cycle
    forward = [(a, b) if order[a] < order[b] else (b, a) for a, b in links if a != b]
    spec = spec_of(build(size, forward))
    check_shape(spec)
    assert {(int(t.task_id[1:]), int(d[1:])) for t in spec.tasks for d in t.downstream} == set(forward)
    # ties are broken by definition: what comes first of the ready ones is the one defined first
    done: set[str] = set()
    left = {t.task_id: set(t.upstream) for t in spec.tasks}
    for task_spec in spec.tasks:
        ready = [name for name in left if name not in done and left[name] <= done]
        assert task_spec.task_id == min(ready, key=lambda name: int(name[1:]))
        done.add(task_spec.task_id)


@given(size=SIZE, links=LINKS)
def test_any_shape_compiles_or_names_a_real_cycle(size: int, links: list[tuple[int, int]]) -> None:
    dag = build(size, links)
    try:
        check_shape(spec_of(dag))
    except AirflowDagCycleException as error:
        path = str(error).split("cycle: ")[1].split("\n")[0].split(" -> ")
        known = {(f"t{up}", f"t{down}") for up, down in links}
        assert path[0] == path[-1] and len(set(path)) == len(path) - 1
        assert all(link in known for link in pairwise(path))


@given(size=SIZE, links=LINKS, order=ORDER, retries=st.integers(0, 3), tags=st.lists(st.sampled_from("abc")))
def test_compilation_is_deterministic(
    size: int, links: list[tuple[int, int]], order: list[int], retries: int, tags: list[str]
) -> None:
    forward = [(a, b) if order[a] < order[b] else (b, a) for a, b in links if a != b]

    def once(links: list[tuple[int, int]]) -> DagSpec:
        return spec_of(build(size, links, default_args={"retries": retries}, tags=tags))

    first = once(forward)
    assert first.meaning() == once(forward).meaning() == once(forward[::-1]).meaning()
    assert decode_dag(encode_dag(first)) == first
    assert spec_of(build(size, forward, default_args={"retries": retries + 1})).meaning() != first.meaning()


GROUPS = st.recursive(st.just(None), lambda inner: st.lists(inner, max_size=3), max_leaves=8)


@given(tree=GROUPS)
def test_group_ids_prefix_their_members(tree: Any) -> None:
    def grow(tree: Any, prefix: str) -> None:
        if tree is None:
            made = EmptyOperator(task_id="leaf") if f"{prefix}leaf" not in dag.task_dict else None
            assert made is None or made.task_id == f"{prefix}leaf"
            return
        with TaskGroup("g", add_suffix_on_collision=True) as group:
            for child in tree:
                grow(child, f"{group.group_id}.")

    with DAG("d", schedule=None) as dag:
        grow(tree, "")
    spec = spec_of(dag)
    ids = {group.group_id for group in spec.groups}
    assert len(ids) == len(spec.groups)
    assert all(group.parent is None or group.group_id.startswith(group.parent + ".") for group in spec.groups)
    assert all(t.group is None or (t.group in ids and t.task_id == f"{t.group}.leaf") for t in spec.tasks)


@given(chain=st.lists(st.integers(0, 8), min_size=1, max_size=9))
def test_taskflow_links_are_those_of_the_arguments(chain: list[int]) -> None:
    with DAG("d", schedule=None) as dag:

        @task
        def step(value: Any = None) -> Any:
            return value

        outputs: list[Any] = []
        expected = set()
        for index, choice in enumerate(chain):
            source = outputs[choice % len(outputs)] if outputs else None
            outputs.append(step({"deep": [source]}))
            if source is not None:
                expected.add((source.operator.task_id, "step" if index == 0 else f"step__{index}"))
    spec = spec_of(dag)
    check_shape(spec)
    assert {(t.task_id, down) for t in spec.tasks for down in t.downstream} == expected


def test_compiling_twice_warns_once() -> None:
    with DAG("d", default_args={"catchup": True}) as dag:
        EmptyOperator(task_id="a", run_as_user="me")
    assert spec_of(dag) == spec_of(dag)
    kinds = [warning.kind for warning in spec_of(dag).warnings]
    assert kinds == ["argument_ignored", "dag_argument_in_default_args"]


def test_callbacks_stay_out_of_the_spec() -> None:
    def told(context: Any) -> None:
        pytest.fail("compilation calls nothing")

    with DAG("d", schedule=None, on_failure_callback=told) as dag:
        EmptyOperator(task_id="a", on_failure_callback=[told], on_success_callback=told)
    spec = spec_of(dag)
    assert spec.callbacks == ("on_failure_callback",)
    assert spec.tasks[0].callbacks == ("on_failure_callback", "on_success_callback")
