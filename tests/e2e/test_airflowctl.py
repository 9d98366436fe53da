"""A working day through Airflow's published `airflowctl`, against a running Tradewind with logins.

Every command is run.  What the program cannot make sense of in an answer ends it with a status other than 0.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext, redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from airflowctl.ctl import cli_parser
from airflowctl.ctl.cli_config import safe_call_command

from support.product import Product
from tradewind.store import Store

FILES = Path(__file__).with_name("client_day")
PASSWORD = "correct horse"

UNPRINTED = {
    "assets materialize": AttributeError,
    "backfill cancel": AttributeError,
    "backfill create-dry-run": ValueError,
    "backfill pause": AttributeError,
    "backfill unpause": AttributeError,
    "connections create-defaults": AttributeError,
    "connections test": AttributeError,
    "dags get-tags": ValueError,
}
"""Commands that ask and then fail at what Airflow's API answers, too: their parsers lack an option, their printer
refuses a list of words or an answer without a body, a dry run is read as if it were a backfill."""


def commands() -> set[str]:
    """All commands of the program."""

    def walk(parser: argparse.ArgumentParser, before: tuple[str, ...]) -> Iterator[str]:
        groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
        if not groups:
            yield " ".join(before)
        for group in groups:
            for name, below in group.choices.items():
                yield from walk(below, (*before, name))

    return set(walk(cli_parser.get_parser(), ()))


class Refused(Exception):
    """What a command said before it ended with a status other than 0."""


class Shell:
    """The program, which is logged in, and the commands that were run."""

    def __init__(self, product: Product) -> None:
        self.product = product
        self.parser = cli_parser.get_parser()
        self.ran: set[str] = set()

    def __call__(self, command: str, *arguments: str) -> Any:
        """What a command prints as JSON, or its text."""
        args = self.parser.parse_args([*command.split(), *arguments])
        printed = io.StringIO()
        with redirect_stdout(printed), pytest.raises(UNPRINTED[command]) if command in UNPRINTED else nullcontext():
            try:
                safe_call_command(args.func, args=args)
            except SystemExit as end:
                raise Refused(printed.getvalue()) from end
        self.ran.add(command)
        text = printed.getvalue()
        return json.loads(text) if text.startswith(("[]", "[{", "[\n", '{"')) else text

    def until(self, ready: Any, what: str) -> Any:
        """Ask until the answer is true; a command that fails is asked again."""

        def ask() -> Any:
            try:
                return ready()
            except Refused:
                return None

        return self.product.wait(ask, what)


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    home = tmp_path_factory.mktemp("home")
    dags = home / "dags"
    dags.mkdir()
    shutil.copy(FILES / "dags.py", dags / "dags.py")
    (dags / "broken.py").write_text("from airflow import DAG\nimport a_module_that_nobody_has\n", encoding="utf-8")
    with Store(f"sqlite:///{home}/tradewind.db") as store:
        store.migrate()
        store.users.create("ann", PASSWORD, "admin", now=datetime.now(UTC))
    env = {"TRADEWIND_EXPOSE_CONFIG": "true", "TRADEWIND_TEST_CONNECTION": "enabled"}
    with Product(home, dags, env=env, no_auth=False) as product, pytest.MonkeyPatch.context() as patched:
        own = str(home / "airflowctl")
        patched.setenv("AIRFLOW_HOME", own)
        patched.setenv("COLUMNS", "400")
        patched.chdir(home)
        url = f"http://127.0.0.1:{product.port}"
        program = Path(sys.executable).with_name("airflowctl")
        asked = [str(program), "auth", "token", "--api-url", url, "--username", "ann", "--password", PASSWORD]
        token = subprocess.run(asked, capture_output=True, text=True, check=True, env=dict(os.environ)).stdout
        patched.setenv("AIRFLOW_CLI_TOKEN", token.split()[-1])
        made = Shell(product)
        made.ran.add("auth token")
        made("auth login", "--api-url", url, "--skip-keyring")
        yield made


def test_a_working_day_with_airflowctl(shell: Shell) -> None:
    """In parts that build on each other, so that one server serves them all."""
    _look_around(shell)
    _settings(shell)
    run_id = _runs(shell)
    _values(shell, run_id)
    _assets(shell)
    _backfills(shell)
    shell("dags delete", "gone")
    assert commands() - shell.ran == set()


def _ids(rows: list[dict[str, Any]], key: str) -> set[Any]:
    return {row[key] for row in rows}


def _look_around(shell: Shell) -> None:
    assert "airflowctl_version" in shell("version", "--remote")
    shell.until(lambda: {"daily", "gone"} <= _ids(shell("dags list"), "dag_id"), "the DAGs are there")
    assert shell("dags get", "daily")[0]["dag_id"] == "daily"
    assert shell("dags get-details", "daily")[0]["params"]
    assert shell("dags list-version", "daily")[0]["version_number"] == "1"
    shell("dags get-version", "daily", "1")
    shell("dags list-warning")
    shell("dags get-tags")
    shell("dags pause", "daily")
    assert shell("dags get", "daily")[0]["is_paused"] == "True"
    shell("dags unpause", "daily")
    shell("dags update", "daily", "--no-is-paused")
    shell("dags next-execution", "daily")
    errors = shell.until(lambda: shell("dags list-import-errors"), "the broken file is told")
    assert "a_module_that_nobody_has" in json.dumps(shell("dags get-import-error", errors[0]["import_error_id"]))
    assert "SchedulerJob" in json.dumps(shell("jobs list", "--is-alive", "--job-type", "SchedulerJob"))
    assert "dags_folder" in json.dumps(shell("config list"))
    shell("config get", "core", "dags_folder")
    shell("config lint")
    shell("providers list")
    shell("plugins list")
    shell("plugins list-import-errors")
    shell("auth list-envs")


def _settings(shell: Shell) -> None:
    shell("variables create", "--key", "k", "--value", "v")
    shell("variables update", "--key", "k", "--value", "w")
    assert shell("variables get", "k")[0]["value"] == "w"
    shell("variables delete", "k")
    Path("variables.json").write_text(json.dumps({"x": "1", "y": {"z": 2}}), encoding="utf-8")
    shell("variables import", "variables.json", "-a", "overwrite")
    assert {"x", "y"} <= _ids(shell("variables list"), "key")
    lite = ["--connection-id", "lite", "--conn-type", "sqlite", "--host", ":memory:"]
    shell("connections create", *lite, "--password", "hidden")
    assert "hidden" not in json.dumps(shell("connections get", "lite"))
    shell("connections update", *lite, "--login", "ann")
    shell("connections test", *lite)
    shell("connections delete", "lite")
    Path("connections.json").write_text(json.dumps({"far": {"conn_type": "http", "host": "h"}}), encoding="utf-8")
    shell("connections import", "connections.json")
    shell("connections create-defaults")
    assert {"far", "fs_default"} <= _ids(shell("connections list"), "connection_id")
    shell("pools create", "--name", "p", "--slots", "3", "--description", "d", "--no-include-deferred")
    shell("pools update", "--pool", "p", "--slots", "4")
    assert shell("pools get", "p")[0]["slots"] == "4"
    shell("pools export", "pools.json")
    shell("pools delete", "p")
    shell("pools import", "pools.json", "-a", "overwrite")
    assert "p" in _ids(shell("pools list"), "name")


def _runs(shell: Shell) -> str:
    shell("dags trigger", "daily", "--dag-run-id", "by_hand")
    shell.until(lambda: shell("dagrun get", "daily", "by_hand")[0]["state"] == "success", "the run succeeds")
    listed = shell("dagrun list", "--dag-id", "daily", "--state", "success", "--limit", "5")
    assert "by_hand" in json.dumps(listed)
    assert shell("dags get-stats", "daily") == [], "it asks for DAGs named by the letters of the id"
    return "by_hand"


def _values(shell: Shell, run_id: str) -> None:
    place = ["daily", run_id, "extract"]
    assert shell("xcom get", *place, "return_value")[0]["value"]
    shell("xcom add", *place, "mine", '{"a": 1}')
    shell("xcom edit", *place, "mine", "[2]")
    assert _ids(shell("xcom list", *place), "key") == {"mine", "return_value"}
    shell("xcom delete", *place, "mine")
    assert _ids(shell("xcom list", *place), "key") == {"return_value"}


def _assets(shell: Shell) -> None:
    orders = next(row["id"] for row in shell("assets list") if row["name"] == "orders")
    shell("assets get", orders)
    alias = shell("assets list-by-alias")[0]["id"]
    shell("assets get-by-alias", alias)
    shell("dags unpause", "waiter")

    def told(*command: str) -> None:
        shell("assets create-event", "--asset-id", orders)
        shell.until(lambda: shell("assets get-queued-events", orders), "the event waits for the second asset")
        shell(*command)

    told("assets get-dag-queued-events", "waiter", "2100-01-01T00:00:00Z")
    told("assets get-dag-queued-event", "waiter", orders)
    told("assets delete-dag-queued-events", "waiter", "2100-01-01T00:00:00Z")
    told("assets delete-queued-event", "waiter", orders)
    told("assets delete-queued-events", orders)
    shell("assets materialize", orders)
    shell.until(lambda: shell("dagrun list", "--dag-id", "maker"), "a run that makes the asset")


def _backfills(shell: Shell) -> None:
    # dates that leave nothing to a scheduler that is quick: one run at a time of many
    wanted = ["--dag-id", "daily", "--from-date", "2024-01-01", "--to-date", "2024-03-01", "--max-active-runs", "1"]
    wanted += ["--reprocess-behavior", "none", "--no-run-backwards", "--no-run-on-latest-version"]
    shell("backfill create-dry-run", *wanted)
    shell("backfill create", *wanted)
    number = shell("backfill list", "daily")[0]["id"]
    assert shell("backfill get", number)[0]["dag_id"] == "daily"
    shell("backfill pause", number)
    assert shell("backfill get", number)[0]["is_paused"] == "True"
    shell("backfill unpause", number)
    assert shell("backfill get", number)[0]["is_paused"] == "False"
    shell("backfill cancel", number)
    assert shell("backfill get", number)[0]["completed_at"] != "None"
