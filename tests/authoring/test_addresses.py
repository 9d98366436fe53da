"""Links go to the server that the environment names, wherever they are made."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tradewind.authoring.addresses import run_url, server_url
from tradewind.authoring.operators.hitl import ApprovalOperator

NAMES = ("TRADEWIND_BASE_URL", "AIRFLOW__API__BASE_URL", "AIRFLOW__WEBSERVER__BASE_URL")


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("name", NAMES)
def test_each_name_of_the_setting_is_read(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert server_url() == "http://localhost:8080"
    monkeypatch.setenv(name, "https://etl.example.org/")
    assert server_url() == "https://etl.example.org"


def test_ids_are_quoted() -> None:
    assert run_url("a/b", "r+1", "http://h/") == "http://h/dags/a%2Fb/runs/r%2B1"


def test_the_link_to_a_question_goes_to_the_same_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADEWIND_BASE_URL", "https://etl.example.org")
    operator = ApprovalOperator(task_id="ask", subject="Deploy?")
    ti = SimpleNamespace(dag_id="d", run_id="r", task_id="ask", map_index=-1)
    link = operator.generate_link_to_ui(task_instance=ti, options="Approve")
    assert (
        link
        == "https://etl.example.org/dags/d/runs/r/tasks/ask/required_actions?_options=%5B%27Approve%27%5D&map_index=-1"
    )
