"""Mapped tasks in a process: the arguments of one instance, what it hands on, how it is named, what is refused."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tradewind import DAG, BashOperator, PythonOperator, task, task_group
from tradewind.authoring.context import get_current_context
from tradewind.errors import AirflowSkipException, TaskNotFound, UnmappableXComTypePushed
from tradewind.runtime import inline
from tradewind.runtime.xcom_sequence import LazyXComSequence
from tradewind.spec import serde, wire

AT = datetime(2022, 5, 5, tzinfo=UTC)


def run_dag(build: Callable[[], Any]) -> inline.DagTest:
    with DAG("d", start_date=AT, schedule=None, default_args={"retries": 0}) as dag:
        build()
    out = io.StringIO()
    result = inline.test_dag(dag, inline.manual_run("d", AT), out=out)
    result.errors["log"] = out.getvalue()
    return result


def values(result: inline.DagTest, task_id: str) -> list[Any]:
    found = {name: serde.loads(text) for (name, key), text in result.xcoms.items() if key == "return_value"}
    return [found[name] for name in sorted(found) if name.split("[")[0] == task_id]


@task
def numbers() -> list[int]:
    return [1, 2, 3]


@task
def show(x: Any, y: Any = None, expanded_ti_count: Any = None, ti: Any = None) -> Any:
    return [x, y, ti.map_index, expanded_ti_count]


def test_combinations_come_in_order_and_the_last_argument_changes_fastest() -> None:
    result = run_dag(lambda: show.expand(x={"k": 1, "l": 2}, y=numbers()))
    pairs = [("k", 1), ("l", 2)]
    assert values(result, "show") == [[pairs[i // 3], i % 3 + 1, i, 6] for i in range(6)]


def test_results_are_no_templates_but_what_the_file_says_is() -> None:
    @task
    def braces() -> list[str]:
        return ["{{ ds }}", "plain"]

    def build() -> None:
        text = braces()
        show.partial(y="{{ ds }}").expand(x=text)
        show.override(task_id="literal").expand(x=["{{ ds }}", ["{{ ds }}"]])
        BashOperator.partial(task_id="bash").expand(bash_command=["echo {{ ds_nodash }}"])

    result = run_dag(build)
    assert [v[:2] for v in values(result, "show")] == [["{{ ds }}", "2022-05-05"], ["plain", "2022-05-05"]]
    assert [v[0] for v in values(result, "literal")] == ["2022-05-05", ["2022-05-05"]]
    assert values(result, "bash") == ["20220505"]


def test_functions_run_for_the_element_that_is_needed() -> None:
    seen: list[Any] = []

    def double(value: Any) -> Any:
        seen.append(value)
        if value == 2:
            raise AirflowSkipException("no twos")
        return value * 2

    result = run_dag(lambda: show.expand(x=numbers().map(double).map(str)))
    assert (values(result, "show"), sorted(seen)) == ([["2", None, 0, 3], ["6", None, 2, 3]], [1, 2, 3])
    assert [str(result.tasks[f"show[{i}]"]) for i in range(3)] == ["success", "skipped", "success"]


def test_combined_results() -> None:
    @task
    def whole(found: Any) -> Any:
        return [len(found), list(found), found[-1], found[1:3]]

    def build() -> None:
        one, two = numbers(), show.expand(x=numbers())
        show.override(task_id="zipped").expand(x=one.zip(two.map(lambda v: v[0])))
        show.override(task_id="longest").expand(x=one.concat(one).zip(one, fillvalue="none"))
        whole(one.concat(two.map(lambda v: -v[0])).map(lambda v: [v]))

    result = run_dag(build)
    assert [tuple(v[0]) for v in values(result, "zipped")] == [(1, 1), (2, 2), (3, 3)]
    assert [tuple(v[0]) for v in values(result, "longest")][2:4] == [(3, 3), (1, "none")]
    assert len(values(result, "longest")) == 6
    everything = [[1], [2], [3], [-1], [-2], [-3]]
    assert values(result, "whole") == [[6, everything, [-3], everything[1:3]]]


def test_in_a_mapped_group_each_instance_takes_its_own_and_what_follows_takes_all() -> None:
    def build() -> None:
        @task_group
        def group(x: Any, factor: int) -> Any:
            @task
            def first(x: int, factor: int) -> int:
                return x * factor

            @task
            def second(y: int, ti: Any = None) -> str:
                own = ti.xcom_pull(task_ids="group.first", map_indexes=ti.map_index)
                assert own == y
                return f"{ti.map_index}: {y}"

            return second(first(x, factor))

        @task
        def after(found: Any) -> Any:
            return [found[-1], found[0:2], len(found), list(found)]

        after(group.partial(factor=10).expand(x=numbers()))

    result = run_dag(build)
    everything = ["0: 10", "1: 20", "2: 30"]
    assert values(result, "after") == [["2: 30", everything[:2], 3, everything]]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("text", "unmappable return type 'str'"),
        (7, "unmappable return type 'int'"),
        ({1}, "unmappable return type 'set'"),
        (None, "did not push XCom for task mapping"),
        ([0] * 1025, "unmappable return value length: 1025 > 1024"),
    ],
)
def test_the_task_that_gives_no_list_fails(value: Any, text: str) -> None:
    @task
    def give() -> Any:
        return value

    result = run_dag(lambda: show.expand(x=give()))
    assert text in result.errors["give"]
    assert (str(result.tasks["give"]), str(result.tasks["show"])) == ("failed", "upstream_failed")


def test_a_result_that_is_not_there_is_told_as_such() -> None:
    told = str(UnmappableXComTypePushed(None, about="the argument 'path'"))
    assert told.startswith("there is no result for the argument 'path' to map over")
    assert "`dags test` runs them too" in told


def test_how_many_are_too_many_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW__CORE__MAX_MAP_LENGTH", "2")
    assert "length: 3 > 2" in run_dag(lambda: show.expand(x=numbers())).errors["numbers"]


def test_arguments_that_do_not_fit_fail_the_instance() -> None:
    @task
    def dicts() -> list[Any]:
        return [{"x": 1}, {"z": 1}, {"x": 1, "y": 2}, 5, {3: 4}]

    result = run_dag(lambda: show.partial(y=0).expand_kwargs(dicts()))
    assert values(result, "show") == [[1, 0, 0, 5]]
    errors = [result.errors[f"show[{i}]"] for i in range(1, 5)]
    for error, text in zip(errors, ("'z'", "given in partial", "element 3 is a int", "the key 3"), strict=True):
        assert text in error


def test_names() -> None:
    @task(map_index_template="{{ name }}")
    def named(x: int) -> None:
        if x != 3:
            get_current_context()["name"] = f"number {x}"
        if x == 2:
            raise ValueError("two")

    with DAG("d", start_date=AT, schedule=None) as dag:
        named.expand(x=[1, 2, 3])
    run = inline.manual_run("d", AT)
    found = [inline.test_task(dag, "named", run, out=io.StringIO(), map_index=index) for index in range(3)]
    assert [outcome.rendered_map_index for outcome in found] == ["number 1", "number 2", None]
    assert [outcome.state for outcome in found] == ["success", "failed", "failed"]
    assert ("two" in found[1].error, "'name' is undefined" in found[2].error) == (True, True)


def test_one_instance_alone() -> None:
    with DAG("d", start_date=AT, schedule=None) as dag:
        PythonOperator.partial(task_id="p", python_callable=len).expand(op_args=[["{{ ds }}"], [[1, 2]]])
    run = inline.manual_run("d", AT)
    assert inline.render_task(dag, "p", run, map_index=0)["op_args"] == '["2022-05-05"]'
    assert inline.test_task(dag, "p", run, out=io.StringIO(), map_index=1).xcoms[0].value == "2"
    with pytest.raises(TaskNotFound, match="is mapped"):
        inline.test_task(dag, "p", run, out=io.StringIO())


def test_a_sequence_asks_for_what_it_needs() -> None:
    asked: list[tuple[int, int]] = []
    walked: list[int] = []
    stored = [[2 * index, str(index * 10)] for index in range(1200)]  # half of them pushed nothing

    def request(it: Any) -> Any:
        assert isinstance(it, wire.GetXComItems)
        first = it.offset if it.after is None else it.after // 2 + 1 + it.offset
        walked.append(it.offset)
        asked.append((first, it.limit))
        return [len(stored), []] if it.limit == 0 else [0, stored[first : first + it.limit]]

    found = LazyXComSequence(request, "d", "r", "t", "return_value")
    assert (found[700], asked) == (7000, [(700, 1)])
    assert (found[-1], len(found), found[3:6], found[10:4:-3]) == (11990, 1200, [30, 40, 50], [100, 70])
    with pytest.raises(IndexError):
        found[1200]
    asked.clear()
    assert list(found) == [index * 10 for index in range(1200)]
    assert asked == [(0, 500), (500, 500), (1000, 200)]
    assert found == [index * 10 for index in range(1200)] and found != [1]
    assert repr(found) == "LazyXComSequence([1200 items])"
    walked.clear()
    assert [found[place] for place in range(701, 1200)] == [place * 10 for place in range(701, 1200)]
    assert set(walked) == {0}, "the one after the one before, by its key"
    assert (found[350], found[350], found[349]) == (3500, 3500, 3490)
