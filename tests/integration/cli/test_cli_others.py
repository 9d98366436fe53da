"""What is installed and alive, the database's shell, and commands of Airflow that are something else here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cli_lab import Command, opened
from sqlalchemy import insert

from tradewind.authoring import plugins, providers
from tradewind.cli import COMMANDS, MOVED, OLD
from tradewind.cli.db_shell import program
from tradewind.errors import InvalidError
from tradewind.store import tables

SHOP = {
    "package-name": "apache-airflow-providers-shop",
    "description": "`Shop <https://shop.example>`__\n",
    "connection-types": [
        {
            "connection-type": "shop",
            "hook-class-name": "shop_hooks.ShopHook",
            "hook-name": "Shop",
            "conn-fields": {"aisle": {"label": "Aisle"}},
            "ui-field-behaviour": {"hidden-fields": ["port"]},
        }
    ],
    "triggers": [{"integration-name": "Shop", "python-modules": ["shop.triggers"]}],
    "extra-links": ["shop.links.Till"],
    "notifications": ["shop.Bell"],
    "config": {"shop": {"options": {"currency": {"default": "EUR"}}}},
}
HOOKS = """
from tradewind import BaseHook

class ShopHook(BaseHook):
    conn_name_attr = "shop_conn_id"
    def __init__(self, shop_conn_id="shop_default"):
        self.shop_conn_id = shop_conn_id
    def test_connection(self):
        host = self.get_connection(self.shop_conn_id).host
        if host == "broken":
            raise OSError("nobody there")
        return host == "open", f"the shop is {host}"
"""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installed provider package."""
    (tmp_path / "shop_hooks.py").write_text(HOOKS)
    monkeypatch.syspath_prepend(str(tmp_path))

    class Entry:
        value, dist = "shop", None

        @staticmethod
        def load() -> object:
            return lambda: {**SHOP, "versions": ["1.2.3"]}

    monkeypatch.setattr(providers, "entry_points", lambda group: [Entry])
    providers.installed.cache_clear()
    yield
    providers.installed.cache_clear()


@pytest.mark.usefixtures("shop")
def test_providers(run: Command) -> None:
    package = "apache-airflow-providers-shop"
    assert run("providers", "list", "-o", "json").json == [
        {"package_name": package, "description": "Shop", "version": "1.2.3"}
    ]
    assert run("providers", "get", package, "-o", "json").json == [{"Provider": package, "Version": "1.2.3"}]
    assert run("providers", "get", package, "-f", "-o", "json").json[0]["triggers"] == SHOP["triggers"]
    assert "did you mean" in run("providers", "get", package + "s", code=1).err
    [hook] = run("providers", "hooks", "-o", "json").json
    assert (hook["connection_type"], hook["class"]) == ("shop", "shop_hooks.ShopHook")
    assert run("providers", "triggers", "-o", "json").json[0]["class"] == "shop.triggers"
    assert run("providers", "links", "-o", "json").json == [{"extra_link_class_name": "shop.links.Till"}]
    assert run("providers", "notifications", "-o", "json").json == [{"notification_class_name": "shop.Bell"}]
    assert run("providers", "widgets", "-o", "json").json[0]["connection_parameter_name"] == "extra__shop__aisle"
    assert run("providers", "behaviours", "-o", "json").json[0]["field_behaviours"] == "shop"
    assert run("providers", "configs", "-o", "json").json[0]["options"] == ["currency"]
    for verb in ("secrets", "logging", "executors", "auth-managers", "auth", "queues"):
        assert run("providers", verb, "-o", "json").json == []


@pytest.mark.usefixtures("shop")
def test_connections_are_tested_by_their_hook(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    run("connections", "add", "mine", "--conn-uri", "shop://open")
    assert "Connection success! the shop is open" in run("connections", "test", "mine").out
    monkeypatch.setenv("AIRFLOW_CONN_OTHER", "shop://shut")
    assert "Connection failed! the shop is shut" in run("connections", "test", "other", code=1).out
    monkeypatch.setenv("AIRFLOW_CONN_OTHER", "shop://broken")
    assert "Connection failed! OSError: nobody there" in run("connections", "test", "other", code=1).out
    assert "there is no connection 'none'" in run("connections", "test", "none", code=1).err
    run("connections", "add", "odd", "--conn-uri", "nothing://h")
    assert "no hook for the type 'nothing'" in run("connections", "test", "odd", code=1).err


def test_plugins(run: Command, home: Path) -> None:
    plugins.plugins.cache_clear()
    try:
        assert run("plugins").out == "No plugins loaded\n"
        (home / "plugins").mkdir(parents=True)
        (home / "plugins" / "mine.py").write_text(
            "from tradewind.authoring.plugins import AirflowPlugin\n"
            "def double(x):\n    return 2 * x\n"
            "class Mine(AirflowPlugin):\n    name = 'mine'\n    macros = [double]\n"
            "    appbuilder_views = [{'name': 'A page'}]\n"
        )
        plugins.plugins.cache_clear()
        [found] = run("plugins", "-o", "json").json
        assert found["name"] == "mine"
        assert found["macros"][0].endswith(".double")
        assert found["appbuilder_views"] == ["A page"]
        assert "mine" in run("plugins").out
    finally:
        plugins.plugins.cache_clear()


def test_jobs(run: Command, home: Path) -> None:
    assert "No alive job" in run("jobs", "check", code=1).err
    now = datetime.now(UTC)
    with opened(home) as store, store.engine.begin() as connection:
        common = {"hostname": "here", "process": "1", "started_at": now - timedelta(hours=1)}
        for number, (kind, heard, ended) in enumerate(
            [("scheduler", now, None), ("triggerer", now - timedelta(hours=1), None), ("dag_processor", now, now)]
        ):
            row = {"id": f"{number}", "kind": kind, "heartbeat_at": heard, "ended_at": ended, **common}
            connection.execute(insert(tables.worker).values(row))
    assert run("jobs", "check").out == "Found one alive job.\n"
    run("jobs", "check", "--job-type", "SchedulerJob", "--hostname", "here")
    assert (
        "No alive SchedulerJob on there"
        in run("jobs", "check", "--job-type", "SchedulerJob", "--hostname", "there", code=1).err
    )
    run("jobs", "check", "--job-type", "TriggererJob", code=1)
    run("jobs", "check", "--job-type", "DagProcessorJob", code=1)
    assert "add --limit" in run("jobs", "check", "--allow-multiple", code=1).err
    run("jobs", "check", "--allow-multiple", "--limit", "0")
    states = {row["job_type"]: row["state"] for row in run("dags", "list-jobs", "-o", "json").json}
    assert states == {"SchedulerJob": "running", "TriggererJob": "failed", "DagProcessorJob": "success"}
    [row] = run("dags", "list-jobs", "--state", "failed", "-o", "json").json
    assert list(row)[:5] == ["dag_id", "state", "job_type", "start_date", "end_date"]
    assert "leave out --dag-id" in run("dags", "list-jobs", "-d", "x", code=1).err


def test_the_shell_of_the_database(run: Command, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = tmp_path / "said"
    (tmp_path / "sqlite3").write_text(f'#!/bin/sh\necho "$@" > {said}\nexit 4\n')
    (tmp_path / "sqlite3").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert "there is no database yet" in run("db", "shell", code=1).err
    run("db", "migrate")
    run("db", "shell", code=4)
    assert said.read_text() == f"{home}/tradewind.db\n"
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    assert "sqlite3 is not installed" in run("db", "shell", code=1).err


def test_a_password_of_the_database_is_in_no_list_of_processes() -> None:
    command, environ = program("postgresql+psycopg://me:s%40cret@h:5433/base")
    assert command == ["psql"]
    assert environ == {
        "PGHOST": "h", "PGPORT": "5433", "PGUSER": "me", "PGPASSWORD": "s@cret", "PGDATABASE": "base",
    }  # fmt: skip
    with pytest.raises(InvalidError, match="'mysql'"):
        program("mysql://h/d")


@pytest.mark.parametrize("command", [*MOVED, *OLD])
def test_commands_of_airflow_that_are_something_else(command: str, run: Command) -> None:
    said = run(command, "whatever", code=2).err.splitlines()
    assert len(said) == 2
    if command in OLD:
        assert OLD[command].split()[0] in {*COMMANDS, *MOVED}
        assert said[1].endswith(f"{OLD[command]} now")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("tasks run", "tradewind tasks test"),
        ("db downgrade", "backup"),
        ("db export-archived", "nothing is archived"),
        ("db drop-archived", "nothing is archived"),
        ("connections create-default-connections", "tradewind connections add"),
        ("config lint", "tradewind config list"),
        ("config update", "tradewind config list"),
        ("providers lazy-loaded", "nothing to check"),
        ("dags show-dependencies", "tradewind assets details"),
    ],
)
def test_verbs_of_airflow_that_are_something_else(words: str, hint: str, run: Command) -> None:
    said = run(*words.split(), "--any", "thing", code=2).err.splitlines()
    assert len(said) == 2
    assert said[1].startswith("  fix: ") and hint in said[1]


def test_the_cheat_sheet_names_every_command(run: Command) -> None:
    lines = run("cheat-sheet").out
    for words in ("dags trigger", "tasks test", "standalone", "db shell", "providers auth-managers"):
        assert f"tradewind {words} " in lines


def test_whole_runs_are_cleared(run: Command, loaded: Path, home: Path) -> None:
    for run_id in ("one", "two"):
        run("dags", "trigger", "second_dag", "-r", run_id)
        with opened(home) as store:
            store.actions.set_run_state("second_dag", run_id, "failed", now=datetime.now(UTC))
    assert "one of three ways" in run("dags", "clear", "second_dag", code=1).err
    assert "--yes" in run("dags", "clear", "second_dag", "--run-id", "one", code=1).err
    assert "1 task instance of 1 run cleared" in run("dags", "clear", "second_dag", "--run-id", "one", "-y").out
    states = {row["run_id"]: row["state"] for row in run("dags", "list-runs", "second_dag", "-o", "json").json}
    assert states == {"one": "queued", "two": "failed"}
    assert "no run 'three'" in run("dags", "clear", "second_dag", "--run-id", "three", code=1).err
    assert "Nothing to clear" in run("dags", "clear", "second_dag", "--partition-key", "k", "-y").out
    assert "Nothing to clear" in run("dags", "clear", "second_dag", "--partition-date-start", "2020-01-01").out
    assert "no DAG" in run("dags", "clear", "thrid_dag", "--partition-key", "k", code=1).err


def test_tasks_test_reads_what_a_real_run_holds(run: Command, dags: Path, home: Path) -> None:
    (dags / "chain.py").write_text("""
from datetime import datetime
from tradewind import DAG, task

with DAG("chain", start_date=datetime(2024, 1, 1), schedule=None):
    @task
    def give():
        return 1

    @task
    def take(value, ti=None):
        print("took", value, ti.xcom_pull(task_ids="give", key="more"), ti.run_id)
        ti.xcom_push("own", "now")
        print("own", ti.xcom_pull(task_ids="take", key="own"))

    @task
    def double(value):
        return value * 2

    take(give())
    double.expand(value=give.override(task_id="many")())
""")
    run("dags", "reserialize")
    run("dags", "trigger", "chain", "-r", "real", "-l", "2024-03-05")
    now = datetime.now(UTC)
    with opened(home) as store:
        store.xcoms.set("chain", "real", "give", "return_value", "41", now=now)
        store.xcoms.set("chain", "real", "give", "more", '"too"', now=now)
        store.xcoms.set("chain", "real", "take", "own", '"then"', now=now)
        store.xcoms.set("chain", "real", "many", "return_value", "[3, 4]", now=now)
    for which in ("real", "2024-03-05"):
        assert "took 41 too real\nown now\n" in run("tasks", "test", "chain", "take", which).out
    assert "took None None" in run("tasks", "test", "chain", "take", "2024-03-06").out
    assert "41" in run("tasks", "render", "chain", "take", "real").out
    tested = run("tasks", "test", "chain", "double", "real", "--map-index", "1")
    assert "succeeded" in tested.out + tested.err
    with opened(home) as store:
        found = store.reads.xcoms.get("chain", "real", "take", "own", -1)
        assert found is not None and found["value"] == '"then"'
