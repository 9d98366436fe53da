"""`partial`, `expand`, `map`, `zip` and `concat` as authors write them, and what they are told when it is wrong."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

import pytest

from tradewind import DAG, BashOperator, EmptyOperator, PythonOperator, TaskGroup, task, task_group
from tradewind.authoring.compile import compile_dag
from tradewind.authoring.expansion import mapped_over
from tradewind.authoring.mapped import MappedOperator
from tradewind.errors import DagAuthoringError
from tradewind.spec.dag import DagSpec, LengthSpec

START = datetime(2024, 1, 1)


def compiled(dag: DAG) -> DagSpec:
    return compile_dag(dag, fileloc="/d.py", relative_fileloc="d.py")


def of(task_id: str) -> LengthSpec:
    return LengthSpec(kind="task", task_id=task_id)


@task
def values() -> list[int]:
    return [1, 2]


@task
def one(x: Any, y: Any = 0, ti: Any = None) -> Any:
    return x


@pytest.mark.parametrize(
    ("make", "wanted"),
    [
        (lambda: one.expand(x=[1, 2, 3]), LengthSpec(kind="literal", length=3)),
        (lambda: one.expand(x={"a": 1}), LengthSpec(kind="literal", length=1)),
        (lambda: one.expand(x=values()), of("values")),
        (lambda: one.expand(x=values().map(str)), of("values")),
        (
            lambda: one.expand(x=[1, 2], y=values()),
            LengthSpec(kind="product", parts=(LengthSpec(kind="literal", length=2), of("values"))),
        ),
        (
            lambda: one.expand(x=values().zip(values())),
            LengthSpec(kind="shortest", parts=(of("values"), of("values__1"))),
        ),
        (
            lambda: one.expand(x=values().zip(values(), fillvalue=None)),
            LengthSpec(kind="longest", parts=(of("values"), of("values__1"))),
        ),
        (
            lambda: one.expand(x=values().concat(values())),
            LengthSpec(kind="sum", parts=(of("values"), of("values__1"))),
        ),
        (lambda: one.expand_kwargs([{"x": 1}, {"x": 2, "y": 3}]), LengthSpec(kind="literal", length=2)),
        (lambda: one.expand_kwargs(values()), of("values")),
        (lambda: one.expand(x=[values(), values()]), LengthSpec(kind="literal", length=2)),
    ],
)
def test_lengths_and_links(make: Callable[[], Any], wanted: LengthSpec) -> None:
    with DAG("d", schedule=None) as dag:
        made = make()
    spec = compiled(dag)
    found = spec.task("one")
    assert found is not None and found.mapped and found.expand == wanted
    assert found.operator == "_PythonDecoratedOperator"
    sources = {t.task_id for t in spec.tasks if t.task_id.startswith("values")}
    assert set(found.upstream) == sources
    assert mapped_over(dag) == set(wanted.task_ids())
    assert made.operator is dag.get_task("one")


def test_a_mapped_operator_keeps_what_the_scheduler_needs() -> None:
    with DAG("d", schedule=None, default_args={"retries": 3, "pool": "small"}) as dag, TaskGroup("g"):
        BashOperator.partial(
            task_id="b", trigger_rule="all_done", on_failure_callback=print, max_active_tis_per_dagrun=2
        ).expand(bash_command=["a", "b"])
    found = compiled(dag).task("g.b")
    assert found is not None
    assert (found.operator, found.operator_module) == ("BashOperator", "tradewind.authoring.operators.bash")
    assert (found.retries, found.pool, found.trigger_rule, found.group) == (3, "small", "all_done", "g")
    assert (found.callbacks, found.max_active_tis_per_dagrun) == (("on_failure_callback",), 2)
    assert found.template_fields == tuple(BashOperator.template_fields)


def test_one_instance_is_the_operator_that_the_author_meant() -> None:
    with DAG("d", schedule=None, default_args={"cwd": "/here", "retries": 2}) as dag:
        BashOperator.partial(task_id="b", env={"A": "1"}).expand(bash_command=["x", "y"])
        one.partial(y=["shared"]).expand(x=[{"a": 1}, {"b": 2}])
        PythonOperator.partial(task_id="p", python_callable=len, params={"q": 1}).expand_kwargs(
            [{"op_args": ["ab"]}, {"op_args": ["c"], "params": {"q": 5}}]
        )
    context: dict[str, Any] = {}
    made = dag.get_task("b").unmap(context, 1)  # type: ignore[attr-defined]
    assert type(made) is BashOperator
    assert (made.bash_command, made.cwd, made.env, made.retries, made.task_id) == ("y", "/here", {"A": "1"}, 2, "b")
    assert made.dag is dag and dag.get_task("b") is not made
    first = dag.get_task("one").unmap(context, 0)  # type: ignore[attr-defined]
    assert first.op_kwargs == {"y": ["shared"], "x": {"a": 1}}
    first.op_kwargs["y"].append("changed")
    second = dag.get_task("one").unmap(context, 1)  # type: ignore[attr-defined]
    assert second.op_kwargs == {"y": ["shared"], "x": {"b": 2}}, "a task cannot change the loaded DAG"
    made = dag.get_task("p").unmap(context, 1)  # type: ignore[attr-defined]
    assert (made.op_args, made.params["q"], dag.get_task("p").params["q"]) == (["c"], 5, 1)


def test_groups() -> None:
    with DAG("d", schedule=None) as dag:

        @task_group
        def group(x: Any, y: Any = 7) -> None:
            @task_group
            def deep(x: Any) -> None:
                one.override(task_id="two")(x)

            one(x, y=y) >> deep(x)

        made = group.expand(x=values())
        made >> EmptyOperator(task_id="after")
        group.partial(y=1).expand_kwargs([{"x": 1}])
    spec = compiled(dag)
    groups = {g.group_id: g.expand for g in spec.groups}
    assert groups == {
        "group": of("values"),
        "group.deep": None,
        "group__1": LengthSpec(kind="literal", length=1),
        "group__1.deep": None,
    }
    two = spec.task("group.deep.two")
    assert two is not None and set(two.upstream) == {"group.one", "values"} and not two.mapped
    assert mapped_over(dag) == {"values"}


def in_mapped_group(body: Callable[[Any], Any]) -> None:
    @task_group
    def group(x: Any) -> None:
        body(x)

    group.expand(x=values())


MISTAKES: list[tuple[Callable[[], Any], str]] = [
    (lambda: one.expand(), "no arguments to expand"),
    (lambda: one.expand(x=3), "'x', which cannot be mapped over"),
    (lambda: one.expand(x="abc"), "cannot be mapped over"),
    (lambda: one.expand(x={1, 2}), "cannot be mapped over"),
    (lambda: one.expand(z=[1]), "unexpected keyword argument 'z'"),
    (lambda: one.partial(z=1), "unexpected keyword argument 'z'"),
    (lambda: one.expand(ti=[1]), "context variable 'ti'"),
    (lambda: one.partial(x=1).expand(x=[1]), "given in partial"),
    (lambda: one.partial(x=1).partial(x=1), "given in partial"),
    (lambda: one.partial(x=1).expand_kwargs([{"x": 1}]), "given in partial"),
    (lambda: one.expand_kwargs(3), "expects a list of dicts"),
    (lambda: one.expand_kwargs([3]), "the list has 3"),
    (lambda: one.expand(x=values()["key"]), "XCom 'key' of task 'values'"),
    (lambda: one.expand(x=values().map(one)), "plain function"),
    (lambda: one.expand(x=values().map(3)), "must be a function"),
    (lambda: one.expand(x=values().zip([1])), r"\.zip\(\) takes results of tasks"),
    (lambda: values().map(str)["a"], "cannot be indexed"),
    (lambda: one.override(trigger_rule="always").expand(x=values()), "trigger rule always"),
    (lambda: BashOperator.partial(bash_command="x"), "'task_id'"),
    (lambda: BashOperator.partial(task_id="b", bash="x"), "unexpected keyword argument 'bash'"),
    (lambda: BashOperator.partial(task_id="b").expand(pool=["a"]), "unmappable argument"),
    (lambda: BashOperator.partial(task_id="b", bash_command="x").expand(bash_command=["a"]), "given in partial"),
    (lambda: BashOperator.expand(bash_command=["x"]), "needs a task_id"),
    (lambda: in_mapped_group(lambda x: one.expand(x=[1])), "one mapping inside another"),
    (lambda: in_mapped_group(lambda x: in_mapped_group(one)), "one mapping inside another"),
    (lambda: in_mapped_group(list), "cannot be looped over"),
    (lambda: TaskGroup("g").expand(x=[1]), "cannot be mapped"),
]


@pytest.mark.parametrize(("mistake", "text"), MISTAKES, ids=[text for _, text in MISTAKES])
def test_mistakes_are_told_while_the_dag_is_defined(mistake: Callable[[], Any], text: str) -> None:
    with DAG("d", schedule=None), pytest.raises(DagAuthoringError, match=text) as caught:
        mistake()
    assert caught.value.fix


def test_who_catches_the_error_does_not_get_a_dag_that_never_ends() -> None:
    with DAG("d", schedule=None) as dag, suppress(DagAuthoringError):
        in_mapped_group(lambda x: one.expand(x=[1]))
    with pytest.raises(DagAuthoringError, match="one mapping inside another"):
        compiled(dag)


def test_always_in_a_mapped_group() -> None:
    with DAG("d", schedule=None) as dag:
        in_mapped_group(lambda x: one.override(trigger_rule="always")(x))
    with pytest.raises(DagAuthoringError, match="mapped task group 'group'"):
        compiled(dag)


def test_a_mapped_task_is_a_task_like_others() -> None:
    with DAG("d", schedule=None) as dag:
        made = one.expand(x=[1])
        made >> EmptyOperator(task_id="after")
        made.as_teardown(setups=values())
    operator = dag.get_task("one")
    assert isinstance(operator, MappedOperator) and operator.is_mapped and operator.is_teardown
    assert operator.downstream_task_ids == {"after"} and operator.upstream_task_ids == {"values"}
    assert repr(operator) == "<Mapped(_PythonDecoratedOperator): one>"
    with pytest.raises(TypeError, match="mapped"):
        operator.execute({})
