"""Plugins in the process of a task: their listeners are told, and what they bring that has no effect is named."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tradewind import DAG, PythonOperator
from tradewind.authoring import plugins
from tradewind.authoring.compile import compile_dag
from tradewind.errors import AirflowSkipException

PLUGIN = """
import sys

from airflow.listeners import hookimpl
from airflow.plugins_manager import AirflowPlugin
from airflow.timetables.base import DagRunInfo, DataInterval, Timetable

HEARD = []


class Objects:
    @hookimpl(trylast=True)
    def on_task_instance_running(self, previous_state, task_instance):
        HEARD.append(("last", str(previous_state), task_instance.task_id, str(task_instance.state)))

    @hookimpl
    def on_task_instance_failed(self, error):
        HEARD.append(("failed", type(error).__name__))
        raise RuntimeError("a listener of little use")

    def on_task_instance_success(self):
        HEARD.append("not marked")


@hookimpl(tryfirst=True)
def on_task_instance_running(task_instance, session=None):
    HEARD.append(("first", task_instance.task_id, session))


@hookimpl
def on_task_instance_success(previous_state, task_instance):
    HEARD.append(("success", str(previous_state), str(task_instance.state)))


@hookimpl
def on_task_instance_skipped(task_instance):
    HEARD.append(("skipped", str(task_instance.state)))


@hookimpl
def on_dag_run_success(dag_run, msg):
    HEARD.append("runs are not told")


class AfterWork(Timetable):
    def next_dagrun_info(self, *, last_automated_data_interval, restriction):
        return None

    def infer_manual_data_interval(self, run_after):
        return DataInterval.exact(run_after)


class Told(AirflowPlugin):
    name = "told"
    listeners = [Objects(), sys.modules[__name__]]
    timetables = [AfterWork]
    flask_blueprints = ["x"]
"""


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    (tmp_path / "listens_to_tasks.py").write_text(PLUGIN)
    monkeypatch.setenv("AIRFLOW__CORE__PLUGINS_FOLDER", str(tmp_path))
    monkeypatch.syspath_prepend(str(tmp_path))
    plugins.plugins.cache_clear()
    import listens_to_tasks

    yield listens_to_tasks
    plugins.plugins.cache_clear()


def test_listeners_are_told_in_the_process_of_the_task(plugin: Any, capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise ValueError("broken")

    def skip() -> None:
        raise AirflowSkipException

    with DAG("d", schedule=None) as dag:
        PythonOperator(task_id="good", python_callable=lambda: 1)
        PythonOperator(task_id="skips", python_callable=skip)
        PythonOperator(task_id="fails", python_callable=fail)
    dag.test()
    by_task = {name: plugin.HEARD.index(("first", name, None)) for name in ("good", "skips", "fails")}
    assert len(plugin.HEARD) == 9
    for name, ends in (
        ("good", ("success", "running", "success")), ("skips", ("skipped", "skipped")),
        ("fails", ("failed", "ValueError")),
    ):  # fmt: skip
        at = by_task[name]
        assert plugin.HEARD[at + 1 : at + 3] == [("last", "queued", name, "running"), ends]
    assert "Objects.on_task_instance_failed failed: RuntimeError: a listener of little use" in capsys.readouterr().err


def test_what_has_no_effect_is_named(plugin: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    plugins.plugins()
    (told,) = [record.getMessage() for record in caplog.records if "the plugin told" in record.getMessage()]
    assert told.endswith("has flask_blueprints, on_dag_run_success, which Tradewind does not use")


def test_timetables_of_plugins(plugin: Any) -> None:
    with DAG("d", schedule=plugin.AfterWork()) as dag:
        PythonOperator(task_id="a", python_callable=print)
    spec = compile_dag(dag, fileloc="d.py", relative_fileloc="d.py").timetable
    assert (spec.kind, spec.type_name) == ("custom", "listens_to_tasks.AfterWork")
