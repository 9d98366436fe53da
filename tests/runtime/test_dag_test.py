"""`python my_dag.py`: `dag.test()`, `dag.cli()` and parts of DAGs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tradewind import DAG, EmptyOperator, TaskGroup, task
from tradewind.authoring.compile import compile_dag
from tradewind.errors import AirflowException
from tradewind.spec.states import DagRunState

MY_DAG = textwrap.dedent("""
    import sys
    from airflow.sdk import DAG, Connection, Param, Variable, task

    with DAG("mine", schedule=None, params={"n": Param(2, type="integer", minimum=1)}) as dag:
        @task
        def double(params):
            return params["n"] * 2

        @task
        def check(value, ds):
            if value > 5:
                raise ValueError(f"{value} is too much on {ds}")
            print("table", Variable.get("table"), "host", Connection.get("db").host)

        check(double())

    if __name__ == "__main__":
        dag.cli()
""")


@pytest.fixture
def my_dag(tmp_path: Path) -> Any:
    (tmp_path / "my_dag.py").write_text(MY_DAG)
    (tmp_path / "variables.env").write_text("# of the shop\nTABLE=orders\n")
    (tmp_path / "connections.yaml").write_text("db: {conn_type: postgres, host: db.example.com}\n")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "TRADEWIND_HOME": str(tmp_path / "home"), "AIRFLOW_HOME": str(tmp_path / "home")}
        return subprocess.run(
            [sys.executable, "my_dag.py", *arguments],
            cwd=tmp_path,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_the_command_line_of_a_dag_file(my_dag: Any) -> None:
    assert my_dag("list_tasks").stdout == "double\ncheck\n"
    files = ("--conn-file-path", "connections.yaml", "--variable-file-path", "variables.env")
    good = my_dag("test", "2024-03-05", *files)
    assert good.returncode == 0, good.stderr
    assert "table orders host db.example.com" in good.stdout
    assert good.stderr.splitlines()[-3:] == [
        "mine manual__2024-03-05T00:00:00+00:00: success", "  double  success", "  check   success",
    ]  # fmt: skip
    bad = my_dag("test", "2024-03-05", "-c", '{"n": 3}')
    assert bad.returncode == 1
    assert bad.stderr.splitlines()[-1] == "  check   failed: ValueError: 6 is too much on 2024-03-05"
    assert my_dag("task", "double").returncode == 0
    assert my_dag("task", "check").returncode == 1  # alone it has no value to look at


def chain() -> DAG:
    with DAG("d", schedule=None) as dag:
        first = EmptyOperator(task_id="first")
        with TaskGroup("g"):
            inner, other = EmptyOperator(task_id="inner"), EmptyOperator(task_id="other")

            @task(task_id="sums")
            def sums(value: Any) -> Any:
                return value

            summed = sums(inner.output)
        last, side = EmptyOperator(task_id="last"), EmptyOperator(task_id="side")
        first >> [inner, other] >> last
        side >> last
        summed >> last
    return dag


@pytest.mark.parametrize(
    ("chosen", "options", "kept"),
    [
        ("inner", {}, {"first", "g.inner"}),
        (["g.inner"], {"include_upstream": False}, {"g.inner"}),
        (["g.inner"], {"include_upstream": False, "include_direct_upstream": True}, {"first", "g.inner"}),
        (["g.sums"], {"include_upstream": False, "include_downstream": True}, {"g.sums", "last"}),
        (
            ["g.sums"],
            {"include_upstream": False, "include_downstream": True, "include_direct_upstream": True},
            {"g.inner", "g.other", "g.sums", "last", "side"},
        ),
        ("nothing at all", {}, set()),
    ],
)
def test_a_part_of_a_dag(chosen: Any, options: dict[str, bool], kept: set[str]) -> None:
    whole = chain()
    edges = {task.task_id: (set(task.upstream_task_ids), set(task.downstream_task_ids)) for task in whole.tasks}
    part = whole.partial_subset(chosen, **options)
    assert set(part.task_dict) == kept
    spec = compile_dag(part, fileloc=part.fileloc, relative_fileloc="d.py")
    for made in spec.tasks:
        above, below = edges[made.task_id]
        assert (set(made.upstream), set(made.downstream)) == (above & kept, below & kept)
    after = {task.task_id: (set(task.upstream_task_ids), set(task.downstream_task_ids)) for task in whole.tasks}
    assert after == edges and all(task.dag is whole for task in whole.tasks)


def test_a_part_runs_alone() -> None:
    result = chain().partial_subset("inner").test(datetime(2024, 3, 5))
    assert result.state is DagRunState.SUCCESS and set(result.tasks) == {"first", "g.inner"}


@pytest.mark.parametrize(("name", "text"), [("v.json", "[1]"), ("v.yaml", "{"), ("missing.json", None)])
def test_bad_files_are_named(tmp_path: Path, name: str, text: str | None) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(AirflowException, match=name):
        chain().test(variable_file_path=str(tmp_path / name))


def test_arguments_of_airflow_2_and_3(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    seen: list[Any] = []
    with DAG("d", schedule=None) as dag:

        @task
        def look(dag_run: Any) -> None:
            seen.append((dag_run.logical_date.isoformat(), dag_run.conf, os.environ.get("AIRFLOW_VAR_A")))

        @task
        def never() -> None:
            raise AssertionError

        look()
        never()
    (tmp_path / "v.json").write_text(json.dumps({"a": {"b": 1}}))
    day = datetime(2024, 3, 5)
    dag.test(day, {"x": 1}, mark_success_pattern="never")  # Airflow 2
    dag.test(
        run_after=day, run_conf={"x": 2}, variable_file_path=str(tmp_path / "v.json"), mark_success_pattern="nev.*"
    )
    dag.test(execution_date=day, use_executor=True, session=None, mark_success_pattern="never")
    at = "2024-03-05T00:00:00+00:00"
    assert seen == [(at, {"x": 1}, None), (at, {"x": 2}, '{"b": 1}'), (at, {}, None)]
    assert "AIRFLOW_VAR_A" not in os.environ
