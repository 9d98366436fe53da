"""Closures, cycles, weights, leaves and selections against plain recursive definitions."""

import pytest
from core_support import dag
from hypothesis import given
from hypothesis import strategies as st

from tradewind.core.graph import MAX_WEIGHT, Graph, select, weights
from tradewind.errors import TaskNotFound
from tradewind.spec.states import WeightRule


@st.composite
def shapes(draw: st.DrawFn, most: int = 9) -> dict[str, list[str]]:
    size = draw(st.integers(1, most))
    return {
        f"t{i}": sorted(
            {f"t{j}" for j in draw(st.lists(st.integers(i + 1, size - 1), max_size=3))} if i + 1 < size else ()
        )
        for i in range(size)
    }


def below(edges: dict[str, list[str]], task: str) -> set[str]:
    found: set[str] = set()
    for other in edges[task]:
        found |= {other} | below(edges, other)
    return found


@given(shapes(), st.data())
def test_closures_and_weights(edges: dict[str, list[str]], data: st.DataObject) -> None:
    options = {
        task: {
            "priority_weight": data.draw(st.integers(-3, 9)),
            "weight_rule": data.draw(st.sampled_from(WeightRule)),
        }
        for task in edges
    }
    spec = dag(edges, options=options)
    graph = Graph(spec)
    result = weights(spec)
    for task in edges:
        down = below(edges, task)
        up = {other for other in edges if task in below(edges, other)}
        assert set(graph.downstream(task)) == down
        assert set(graph.upstream(task)) == up
        assert list(graph.downstream(task)) == sorted(down, key=graph.order.__getitem__)
        rule = options[task]["weight_rule"]
        relatives = down if rule is WeightRule.DOWNSTREAM else up if rule is WeightRule.UPSTREAM else set()
        assert result[task] == sum(options[t]["priority_weight"] for t in relatives | {task})
    assert graph.leaves == {task for task, down in edges.items() if not down}


def test_weights_of_a_strategy_hold_per_try() -> None:
    graph = Graph(dag({"a": ("b",)}, options={"a": {"weights": (9, 4, 2)}, "b": {"priority_weight": 7}}))
    assert graph.weights() == {"a": 9, "b": 7}
    assert [graph.weight("a", number) for number in (0, 1, 2, 3, 4, 99)] == [9, 9, 4, 2, 2, 2]
    assert (graph.weight("b", 5), graph.weight("gone", 1)) == (7, 1)


def test_weights_are_clamped() -> None:
    spec = dag({"a": ("b",)}, options={"a": {"priority_weight": 2**30}, "b": {"priority_weight": 2**30}})
    assert weights(spec) == {"a": MAX_WEIGHT, "b": 2**30}
    spec = dag({"a": ("b",)}, options={"a": {"priority_weight": -(2**31)}, "b": {"priority_weight": -1}})
    assert weights(spec)["a"] == -(2**31)


def test_long_chains_and_wide_layers() -> None:
    chain = dag({f"t{i}": [f"t{i + 1}"] for i in range(2999)})
    assert weights(chain)["t0"] == 3000
    assert len(Graph(chain).upstream("t2999")) == 2999


def test_select() -> None:
    spec = dag({"a": ("b",), "b": ("c",), "x": ("c",)})
    assert select(spec, ["b"], False, False) == ("b",)
    assert select(spec, ["b"], True, False) == ("a", "b")
    assert select(spec, ["b"], False, True) == ("b", "c")
    assert set(select(spec, ["b", "x"], True, True)) == {"a", "b", "c", "x"}
    with pytest.raises(TaskNotFound, match="'nope'"):
        select(spec, ["nope"], False, False)


SETUP = {"setup": {"is_setup": True}, "teardown": {"is_teardown": True}}


def test_select_takes_setups_and_their_teardowns_along() -> None:
    edges = {"setup": ("w1", "teardown"), "w1": ("w2",), "w2": ("teardown", "after")}
    spec = dag(edges, options=SETUP)
    assert set(select(spec, ["w2"], False, False)) == {"setup", "w2", "teardown"}
    assert select(spec, ["after"], False, False) == ("after",)
    graph = Graph(spec)
    assert graph.indirect_setups == {"w2": ("setup",)}
    assert graph.setup_watchers == {"setup": ("w2",)}
    assert graph.leaves == {"after"}


def test_leaves_do_not_count_teardowns() -> None:
    edges = {"setup": ("work", "teardown"), "work": ("teardown",)}
    assert Graph(dag(edges, options=SETUP)).leaves == {"work"}
    failing = {**SETUP, "teardown": {"is_teardown": True, "on_failure_fail_dagrun": True}}
    assert Graph(dag(edges, options=failing)).leaves == {"teardown"}
    assert Graph(dag({"teardown": ()}, options={"teardown": {"is_teardown": True}})).leaves == {"teardown"}
