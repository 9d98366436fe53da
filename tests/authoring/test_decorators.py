"""@task and its kin, XCom arguments, context injection."""

import asyncio
from collections.abc import Mapping
from typing import Any, TypedDict

import pytest
from authoring_kit import context_of, run, spec_of

from tradewind import DAG, BashOperator, PythonOperator, TaskGroup, XComArg, setup, task, task_group, teardown
from tradewind.authoring.context import get_current_context, use
from tradewind.errors import AirflowException, AirflowSkipException, XComNotFound


class Row(TypedDict):
    a: int


def test_taskflow_links_by_its_arguments() -> None:
    with DAG("d", schedule=None) as dag:

        @task
        def extract() -> dict[str, int]:
            return {"n": 1}

        @task(task_id="total", retries=3)
        def add(x: int, rows: list[Any], *, more: Any = None) -> int:
            return x

        first = extract()
        add(first["n"], [first, {"deep": extract()}])
        add(1, [], more=first)
        BashOperator(task_id="say", bash_command="echo ", env={"N": first["n"]})
    spec = spec_of(dag)
    assert {t.task_id: t.upstream for t in spec.tasks} == {
        "extract": (), "extract__1": (), "total": ("extract", "extract__1"), "total__1": ("extract",),
        "say": ("extract",),
    }  # fmt: skip
    assert spec.task("total").retries == 3  # type: ignore[union-attr]
    assert spec.task("extract").operator == "_PythonDecoratedOperator"  # type: ignore[union-attr]


def test_unique_ids_count_on() -> None:
    with DAG("d", schedule=None) as dag:

        @task
        def step() -> None:
            """What it does."""

        step()
        step()
        step.override(task_id="step__7")()
        step()
        with TaskGroup("g"):
            step()
            step()
    assert dag.task_ids == ["step", "step__1", "step__7", "step__8", "g.step", "g.step__1"]
    assert dag.get_task("step").doc_md == "What it does."


def returns_dict() -> dict[str, int]:
    return {}


def returns_mapping() -> Mapping[str, int]:
    return {}


def returns_typed_dict() -> Row:
    return {"a": 1}


def returns_text() -> "str":
    return ""


def returns_unknown() -> "Missing":  # type: ignore[name-defined]  # noqa: F821
    return None


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (returns_dict, True),
        (returns_mapping, True),
        (returns_typed_dict, True),
        (returns_text, False),
        (returns_unknown, False),
    ],
)
def test_multiple_outputs_by_annotation(function: Any, expected: bool) -> None:
    with DAG("d", schedule=None) as dag:
        task(function)()
        task(multiple_outputs=not expected)(function)()
    assert [t.multiple_outputs for t in spec_of(dag).tasks] == [expected, not expected]


def test_the_function_gets_what_it_asks_of_the_context() -> None:
    with DAG("d", schedule=None):

        @task
        def some(x: int, ds: str, ti: Any = None, *, run_id: str, other: str = "kept") -> Any:
            return x, ds, ti.task_id, run_id, other

        @task
        def everything(x: int, **context: Any) -> Any:
            return x, sorted(context)

        a, b = some(1), everything(2)
    assert run(a.operator, ds="2024-01-01")[0] == (1, "2024-01-01", "some", "r1", "kept")
    result, names = run(b.operator, ds="2024-01-01")[0]
    assert result == 2
    assert {"ti", "ds", "run_id", "params", "dag"} <= set(names)


def test_arguments_are_rendered_and_pulled() -> None:
    with DAG("d", schedule=None):

        @task
        def source() -> Any:
            return None

        @task
        def sink(text: str, value: Any, part: Any, nested: Any) -> Any:
            return text, value, part, nested

        out = source()
        made = sink("{{ run_id }}!", out, out["k"], [{"v": out}]).operator
    xcoms = {("source", "return_value"): 5, ("source", "k"): 6}
    assert run(made, xcoms)[0] == ("r1!", 5, 6, [{"v": 5}])
    with pytest.raises(XComNotFound, match="key 'k'"):
        run(made, {("source", "return_value"): 5})


def test_the_copy_keeps_the_loaded_dag_as_it_was() -> None:
    with DAG("d", schedule=None):
        made = PythonOperator(task_id="p", python_callable=lambda a: a, op_kwargs={"a": "{{ run_id }}"})
    assert run(made)[0] == "r1"
    assert made.op_kwargs == {"a": "{{ run_id }}"}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda f: f(), "lacks the argument 'table'"),
        (lambda f: f("x", tabel="y"), "unknown argument 'tabel'"),
        (lambda f: f("x", table="y"), "got 'table' twice"),
        (lambda f: f("x", "y", "z", 4), "at most 2 positional"),
    ],
)
def test_calls_that_do_not_fit(call: Any, message: str) -> None:
    with DAG("d", schedule=None):

        @task
        def load(table: str, ds: str = "") -> None:
            pass

        with pytest.raises(TypeError, match=message):
            call(load)


def test_python_operator_arguments() -> None:
    def function(a: int, b: int, ds: str, templates_dict: Any = None) -> Any:
        return a, b, ds, templates_dict

    with DAG("d", schedule=None) as dag:
        made = PythonOperator(
            task_id="p",
            python_callable=function,
            op_args=[1],
            op_kwargs={"b": 2, "unknown": 3},
            templates_dict={"q": "{{ run_id }}"},
            provide_context=True,
        )
    assert run(made, ds="2024-01-01")[0] == (1, 2, "2024-01-01", {"q": "r1"})
    assert "provide_context is not needed" in spec_of(dag).warnings[0].message
    with pytest.raises(TypeError, match="python_callable must be a function"):
        PythonOperator(task_id="q", python_callable=3)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="already decorated with @task"):
        PythonOperator(task_id="q", python_callable=task(function))


def test_dropped_arguments_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    with DAG("d", schedule=None):
        made = PythonOperator(task_id="p", python_callable=lambda: 1, op_kwargs={"nmae": 3})
    assert run(made)[0] == 1
    assert "has no parameter 'nmae': not passed" in caplog.text


def test_builtins_and_coroutines_run() -> None:
    async def slow(x: int) -> int:
        await asyncio.sleep(0)
        return x + 1

    with DAG("d", schedule=None):
        assert run(PythonOperator(task_id="a", python_callable=max, op_args=[3, 7]))[0] == 7
        assert run(task(slow)(4).operator)[0] == 5


def test_templates_of_xcom_args() -> None:
    with DAG("d", schedule=None):
        first = PythonOperator(task_id="first", python_callable=dict)
        made = BashOperator(task_id="b", bash_command=f"echo {first.output}")
    assert made.bash_command == "echo {{ task_instance.xcom_pull(task_ids='first', dag_id='d') }}"
    assert str(first.output["k"]).endswith("dag_id='d', key='k') }}")
    assert first.output == XComArg(first) and first.output != first.output["k"]


def test_what_xcom_args_cannot_do() -> None:
    with DAG("d", schedule=None):
        out = PythonOperator(task_id="first", python_callable=dict).output
        with pytest.raises(TypeError, match="cannot be looped over"):
            list(out)
        with pytest.raises(TypeError, match="indexed only with the name"):
            out[0]  # type: ignore[index]


def test_unknown_decorator() -> None:
    with pytest.raises(AttributeError, match=r"no decorator @task\.docker"):
        task.docker(image="x")
    assert not hasattr(task, "kubernetes")


def test_branches_skip_what_they_do_not_choose() -> None:
    with DAG("d", schedule=None) as dag:

        @task.branch
        def choose(which: Any) -> Any:
            return which

        @task
        def left() -> None: ...
        @task
        def right() -> None: ...
        @task
        def join() -> None: ...

        made = choose("left")
        with TaskGroup("g"):
            inside = left.override(task_id="inside")()
        made >> [left(), right(), inside] >> join()
        made >> dag.get_task("join")
    operator = made.operator
    assert run(operator)[1].skipped == ["g.inside", "right"]
    operator.op_args = (["left", "right"],)
    assert run(operator)[1].skipped == ["g.inside"]
    operator.op_args = ("g",)
    assert run(operator)[1].skipped == ["left", "right"]
    operator.op_args = (None,)
    assert run(operator)[1].skipped == ["g.inside", "left", "right", "join"]
    operator.op_args = ("lefft",)
    with pytest.raises(AirflowException, match="chose 'lefft'"):
        run(operator)
    operator.op_args = (5,)
    with pytest.raises(AirflowException, match="must return a task id"):
        run(operator)


def test_short_circuit() -> None:
    with DAG("d", schedule=None):

        @task.short_circuit
        def check(ok: bool) -> bool:
            return ok

        @task
        def step() -> None: ...
        @teardown
        def clean() -> None: ...

        made = check(False)
        made >> step() >> step() >> clean()
        direct = check.override(task_id="direct", ignore_downstream_trigger_rules=False)(False)
        direct >> step() >> step()
        fine = check.override(task_id="fine")(True)
        fine >> step()
    assert run(made.operator)[1].skipped == ["step", "step__1"]
    assert run(direct.operator)[1].skipped == ["step__2"]
    result, ti = run(fine.operator)
    assert result is True and ti.skipped == []


def test_conditions_skip() -> None:
    with DAG("d", schedule=None):

        @task.run_if(lambda context: context["run_id"] == "r1", "not today")
        @task
        def only_r1() -> str:
            return "ran"

        @task.skip_if(lambda context: context["run_id"] == "r1")
        @task
        def never_r1() -> str:
            return "ran"

        first, second = only_r1().operator, never_r1().operator
    assert run(first)[0] == "ran"
    with pytest.raises(AirflowSkipException, match="not today"):
        run(first, run_id="r2")
    with pytest.raises(AirflowSkipException):
        run(second)


def test_groups_from_functions() -> None:
    with DAG("d", schedule=None) as dag:

        @task
        def step(x: Any = None) -> Any:
            return x

        @task_group(default_args={"retries": 2})
        def section(x: int) -> Any:
            """What it groups."""
            return step(step(x))

        @task_group("named")
        def no_result() -> None:
            step()

        section(1) >> no_result()
        section(2)
    spec = spec_of(dag)
    assert [(g.group_id, g.tooltip) for g in spec.groups] == [
        ("section", "What it groups."), ("named", ""), ("section__1", "What it groups."),
    ]  # fmt: skip
    assert spec.task("named.step").upstream == ("section.step__1",)  # type: ignore[union-attr]
    assert spec.task("section.step").retries == 2  # type: ignore[union-attr]


def test_setup_and_teardown_decorators() -> None:
    with DAG("d", schedule=None) as dag:

        @setup
        def create() -> None: ...

        @teardown(on_failure_fail_dagrun=True)
        @task(retries=2)
        def delete() -> None: ...

        create() >> delete()
    found = {t.task_id: (t.is_setup, t.is_teardown, t.on_failure_fail_dagrun, t.retries) for t in spec_of(dag).tasks}
    assert found == {"create": (True, False, False, 0), "delete": (False, True, True, 2)}


def test_methods_can_be_tasks() -> None:
    class Source:
        name = "s"

        @task
        def read(self, x: int) -> Any:
            return self.name, x

    with DAG("d", schedule=None):
        made = Source().read(3).operator
    assert run(made)[0] == ("s", 3)


def test_current_context() -> None:
    with pytest.raises(AirflowException, match="only inside a running task"):
        get_current_context()
    with DAG("d", schedule=None):
        context = context_of(task(returns_dict)().operator)
    with use(context):
        assert get_current_context() is context
    with pytest.raises(AirflowException):
        get_current_context()
