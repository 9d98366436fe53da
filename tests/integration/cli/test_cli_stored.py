"""`variables`, `connections`, `pools`, `users`, `config` and `db` on a real database."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from cli_lab import Command, opened

from tradewind.bootstrap import secret_key
from tradewind.cli.session import acting_user
from tradewind.settings import load_settings
from tradewind.store.reads import EventFilter, Page

# --- Variables --------------------------------------------------------------------------------------------


def test_variables_come_and_go_before_the_first_start(run: Command, home: Path) -> None:
    assert run("variables", "set", "url", "http://x", "--description", "where").out == "Variable url created\n"
    assert run("variables", "set", "url", "http://y").out == "Variable url changed\n"
    assert run("variables", "get", "url").out == "http://y\n"
    assert run("variables", "list", "-o", "json").json == [{"key": "url"}]
    shown = run("variables", "list", "--show-values", "-o", "json").json
    assert shown == [{"key": "url", "value": "http://y", "description": "where"}]
    run("variables", "delete", "url")
    assert run("variables", "list", "-o", "json").json == []
    assert run("variables", "list").out == "No data found\n"
    assert b"http://y" not in (home / "tradewind.db").read_bytes()
    assert (home / "secret.key").stat().st_mode & 0o777 == 0o600


def test_a_missing_variable_fails_or_has_the_default(run: Command) -> None:
    assert "'url'" in run("variables", "get", "url", code=1).err
    assert run("variables", "get", "url", "-d", "none").out == "none\n"


def test_json_variables(run: Command) -> None:
    run("variables", "set", "-j", "limits", '{"rows": 3}')
    assert json.loads(run("variables", "get", "-j", "limits").out) == {"rows": 3}
    assert "not JSON" in run("variables", "set", "-j", "limits", "{rows}", code=1).err
    assert json.loads(run("variables", "get", "limits").out) == {"rows": 3}


@pytest.mark.parametrize("prefix", ["AIRFLOW_VAR_", "TRADEWIND_VAR_"])
def test_get_sees_the_environment_first_as_tasks_do(run: Command, monkeypatch: pytest.MonkeyPatch, prefix: str) -> None:
    run("variables", "set", "url", "stored")
    monkeypatch.setenv(f"{prefix}URL", "from outside")
    assert run("variables", "get", "url").out == "from outside\n"


def test_secret_looking_variables_are_hidden_when_asked(run: Command) -> None:
    run("variables", "set", "api_key", "abc")
    shown = run("variables", "list", "--show-values", "--hide-sensitive", "-o", "json").json
    assert shown[0]["value"] == "***"


@pytest.mark.parametrize("name", ["all.json", "all.yaml"])
def test_variables_survive_export_and_import(run: Command, tmp_path: Path, name: str) -> None:
    run("variables", "set", "text", "a: b, \u00e9")
    run("variables", "set", "-j", "data", '{"deep": [1, 2]}')
    file = tmp_path / name
    run("variables", "export", str(file))
    assert file.stat().st_mode & 0o077 == 0
    run("variables", "delete", "text")
    run("variables", "set", "data", "changed")
    assert run("variables", "import", str(file)).out == "1 Variables created, 1 changed, 0 skipped\n"
    assert run("variables", "get", "text").out == "a: b, \u00e9\n"
    assert json.loads(run("variables", "get", "data").out) == {"deep": [1, 2]}
    run("variables", "set", "data", "kept")
    run("variables", "import", str(file), "-a", "skip")
    assert run("variables", "get", "data").out == "kept\n"
    assert "exist already" in run("variables", "import", str(file), "-a", "fail", code=1).err


def test_a_bad_file_is_named_with_the_place(run: Command, tmp_path: Path) -> None:
    file = tmp_path / "bad.json"
    assert "cannot be read" in run("variables", "import", str(file), code=1).err
    file.write_text('{"a": 1,}')
    assert "line 1 column 9" in run("variables", "import", str(file), code=1).err
    file.write_text("[1]")
    assert "does not hold names" in run("variables", "import", str(file), code=1).err
    (tmp_path / "bad.yaml").write_text("a: [1\n")
    assert "not valid YAML" in run("variables", "import", str(tmp_path / "bad.yaml"), code=1).err


# --- Connections ------------------------------------------------------------------------------------------


def test_connections_from_a_uri_from_json_and_from_fields(run: Command) -> None:
    said = run("connections", "add", "a", "--conn-uri", "postgres://joe:s%20ecret@db:5432/dw?sslmode=require").out
    assert "s%20ecret" not in said and "s ecret" not in said
    run("connections", "add", "b", "--conn-json", '{"conn_type": "http", "host": "h", "extra": {"x": 1}}')
    run("connections", "add", "c", "--conn-type", "http", "--conn-host", "h", "--conn-port", "8080")
    found = run("connections", "get", "a", "-o", "json").json[0]
    assert (found["login"], found["password"], found["port"], found["schema"]) == ("joe", "s ecret", "5432", "dw")
    assert found["extra_dejson"] == {"sslmode": "require"}
    assert found["get_uri"] == "postgres://joe:s%20ecret@db:5432/dw?sslmode=require"
    assert run("connections", "get", "b", "-o", "json").json[0]["extra_dejson"] == {"x": "1"}
    listed = run("connections", "list", "-o", "json").json
    assert [row["conn_id"] for row in listed] == ["a", "b", "c"]
    assert listed[0]["password"] == "***"
    assert "s ecret" in run("connections", "list", "--show-values").out
    assert "exists already" in run("connections", "add", "a", "--conn-uri", "http://x", code=1).err
    run("connections", "delete", "a")
    assert "'a'" in run("connections", "get", "a", code=1).err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--conn-uri", "http://h", "--conn-host", "h"],
        ["--conn-uri", "http://h", "--conn-json", "{}"],
        ["--conn-host", "h"],
        ["--conn-json", "{"],
        ["--conn-type", "http", "--conn-port", "many"],
    ],
)
def test_connections_that_cannot_be_made(run: Command, arguments: list[str]) -> None:
    assert run("connections", "add", "x", *arguments, code=1).err.startswith("error: ")
    assert run("connections", "list", "-o", "json").json == []


def test_get_sees_connections_of_the_environment(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_OUTSIDE", "http://joe@h:80")
    assert run("connections", "get", "outside", "-o", "json").json[0]["host"] == "h"


@pytest.mark.parametrize("arguments", [["c.json"], ["c.yaml"], ["c.env"], ["c.env", "--serialization-format", "json"]])
def test_connections_survive_export_and_import(run: Command, tmp_path: Path, arguments: list[str]) -> None:
    run("connections", "add", "a", "--conn-uri", "postgres://joe:p%40ss@db:5432/dw?sslmode=require")
    run("connections", "add", "b", "--conn-json", '{"conn_type": "aws", "extra": {"deep": {"x": [1]}}}')
    before = run("connections", "list", "--show-values", "-o", "json").json
    file = tmp_path / arguments[0]
    run("connections", "export", str(file), *arguments[1:])
    assert file.stat().st_mode & 0o077 == 0
    run("connections", "delete", "a")
    assert run("connections", "import", str(file)).out == "1 Connections created, 0 changed, 1 skipped\n"
    assert run("connections", "import", str(file), "--overwrite").out == "0 Connections created, 2 changed, 0 skipped\n"
    assert run("connections", "list", "--show-values", "-o", "json").json == before


def test_connection_files_that_cannot_be_read(run: Command, tmp_path: Path) -> None:
    (tmp_path / "c.env").write_text("# comment\n\njust words\n")
    assert "c.env:3" in run("connections", "import", str(tmp_path / "c.env"), code=1).err
    (tmp_path / "c.json").write_text('{"a": 3}')
    assert "connection 'a' is 3" in run("connections", "import", str(tmp_path / "c.json"), code=1).err
    assert "does not say how" in run("connections", "export", str(tmp_path / "c.txt"), code=1).err


# --- Pools, users, config ---------------------------------------------------------------------------------


def test_pools(run: Command, tmp_path: Path) -> None:
    run("pools", "set", "few", "2", "for few", "--include-deferred")
    found = run("pools", "get", "few", "-o", "json").json[0]
    assert (found["slots"], found["description"], found["include_deferred"]) == ("2", "for few", "True")
    assert {pool["pool"] for pool in run("pools", "list", "-o", "json").json} == {"default_pool", "few"}
    file = tmp_path / "pools.json"
    run("pools", "export", str(file))
    run("pools", "delete", "few")
    assert "'few'" in run("pools", "get", "few", code=1).err
    run("pools", "import", str(file))
    assert run("pools", "get", "few", "-o", "json").json[0]["slots"] == "2"
    assert "default" in run("pools", "delete", "default_pool", code=1).err
    assert "invalid int" in run("pools", "set", "few", "two", "x", code=2).err
    for slots in ("-1", "0", "20000"):  # no limit, none, and more than a local executor may have
        run("pools", "set", "few", slots, "for few")
        assert run("pools", "get", "few", "-o", "json").json[0]["slots"] == slots


def test_users(run: Command, home: Path) -> None:
    run("users", "create", "-u", "ann", "-r", "Op", "-p", "a password", "-e", "a@b", "-f", "A", "-l", "B")
    made = run("users", "create", "-u", "bob", "--use-random-password").out
    assert run("users", "list", "-o", "json").json[0]["roles"] == "op"
    with opened(home) as store:
        assert store.users.verify("ann", "a password")
        assert store.users.verify("bob", made.split("password: ")[1].strip())
    run("users", "reset-password", "-u", "ann", "-p", "another one")
    with opened(home) as store:
        assert store.users.verify("ann", "another one")
        assert not store.users.verify("ann", "a password")
    assert "fix" in run("users", "reset-password", "-u", "nobody", "-p", "x y z", code=1).err
    assert run("users", "add-role", "-u", "bob", "-r", "User").out == "User bob has the role user now; it was viewer\n"
    assert "admin now" in run("users", "add-role", "-u", "bob", "-r", "Admin").out
    assert "role admin already, which includes op" in run("users", "add-role", "-u", "bob", "-r", "op").out
    assert "does not have the role op" in run("users", "remove-role", "-u", "bob", "-r", "op", code=1).err
    run("users", "remove-role", "-u", "bob", "-r", "Admin")
    assert {row["username"]: row["roles"] for row in run("users", "list", "-o", "json").json}["bob"] == "viewer"
    assert "the least that a user has" in run("users", "remove-role", "-u", "bob", "-r", "viewer", code=1).err
    assert "no role 'boss'" in run("users", "add-role", "-u", "bob", "-r", "boss", code=1).err
    assert "nobody" in run("users", "add-role", "-u", "nobody", "-r", "op", code=1).err
    assert "--yes" in run("users", "delete", "-u", "bob", code=1).err
    run("users", "delete", "-u", "bob", "-y")
    assert [row["username"] for row in run("users", "list", "-o", "json").json] == ["ann"]


def test_config_shows_values_and_where_they_came_from(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW__CORE__PARALLELISM", "5")
    monkeypatch.setenv("TRADEWIND_DATABASE_URL", "postgresql://joe:hunter2@h/d")
    rows = {row["name"]: row for row in run("config", "list", "-V", "-o", "json").json}
    assert (rows["slots"]["value"], rows["slots"]["source"]) == ("5", "AIRFLOW__CORE__PARALLELISM")
    assert "hunter2" not in json.dumps(rows)
    assert "hunter2" in run("config", "list", "--show-values").out
    assert rows["port"]["variables"][0] == "TRADEWIND_PORT"
    assert run("config", "get-value", "core", "parallelism").out == "5\n"
    assert run("config", "get-value", "tradewind", "port").out == "8080\n"
    assert "did you mean 'core dags_folder'" in run("config", "get-value", "core", "dag_folder", code=1).err


def test_info_hides_the_password_and_says_the_state(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "missing" in run("info").out
    run("db", "migrate")
    assert yaml.safe_load(run("info", "-o", "yaml").out)[0]["schema"] == "current"
    monkeypatch.setenv("TRADEWIND_DATABASE_URL", "postgresql://joe:hunter2@127.0.0.1:1/d")
    out = run("info", "-o", "json").json[0]
    assert out["database"] == "postgresql://joe:***@127.0.0.1:1/d"
    assert out["schema"].startswith("cannot be read")


# --- The database -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["migrate", "init", "upgrade"])
def test_migrate_creates_and_repeats_harmlessly(run: Command, home: Path, verb: str) -> None:
    assert "applied" in run("db", verb).out
    assert "is current" in run("db", verb).out
    assert "can be reached; its schema is current" in run("db", "check").out
    run("db", "check-migrations", "-t", "0")
    assert "newest revision only" in run("db", verb, "-r", "abc", code=1).err


def test_check_migrations_gives_up_after_its_time(run: Command, home: Path) -> None:
    home.mkdir()
    assert "tradewind db migrate" in run("db", "check-migrations", "-t", "0", code=1).err


def test_reset_asks_and_empties(run: Command) -> None:
    run("variables", "set", "a", "1")
    assert "--yes" in run("db", "reset", code=1).err
    assert run("variables", "get", "a").out == "1\n"
    run("db", "reset", "-y")
    run("variables", "get", "a", code=1)
    run("db", "reset", "-y", "--skip-init")
    assert "missing" in run("db", "check").out


def test_clean_deletes_what_is_old_and_nothing_else(run: Command, loaded: Path, home: Path) -> None:
    run("dags", "trigger", "second_dag", "-r", "old")
    run("dags", "trigger", "second_dag", "-r", "unfinished")
    with opened(home) as store:
        store.actions.set_run_state("second_dag", "old", "success", now=datetime.now(UTC))
    soon = ["--clean-before-timestamp", datetime.now(UTC).isoformat()]
    assert "--yes" in run("db", "clean", *soon, code=1).err
    counted = dict(line.split() for line in run("db", "clean", *soon, "--dry-run").out.splitlines()[1:])
    assert counted["dag_run"] == "1"
    assert {row["run_id"] for row in run("dags", "list-runs", "second_dag", "-o", "json").json} == {"old", "unfinished"}
    run("db", "clean", *soon, "-y")
    assert {row["run_id"] for row in run("dags", "list-runs", "second_dag", "-o", "json").json} == {"unfinished"}
    assert "future" in run("db", "clean", "--clean-before-timestamp", "2999-01-01", "-y", code=1).err
    assert "no_table" in run("db", "clean", *soon, "-t", "no_table", "-y", code=1).err
    assert "not a date" in run("db", "clean", "--clean-before-timestamp", "yesterday", "-y", code=1).err


def test_two_processes_that_need_a_key_use_the_same_one(home: Path) -> None:
    settings = load_settings({"TRADEWIND_HOME": str(home)})
    keys: list[str] = []
    start = threading.Barrier(8)

    def ask() -> None:
        start.wait()
        keys.append(secret_key(settings))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(keys)) == 1
    assert [path.name for path in home.iterdir()] == ["secret.key"]


def test_commands_leave_their_user_in_the_audit_log(run: Command, home: Path, tmp_path: Path) -> None:
    (tmp_path / "v.json").write_text('{"a": "s3cret", "url": "s3cret"}')
    run("variables", "set", "url", "s3cret")
    run("variables", "import", str(tmp_path / "v.json"))
    run("connections", "add", "c", "--conn-uri", "http://u:s3cret@h")
    run("pools", "set", "p", "2", "about")
    for noun, name in (("variables", "url"), ("connections", "c"), ("pools", "p")):
        run(noun, "delete", name)
    with opened(home) as store:
        rows = store.reads.events.page(EventFilter(), Page(order_by=("event_log_id",))).items
    assert [row["event"] for row in rows] == [
        "post_variable", "post_variable", "patch_variable", "post_connection", "post_pool", "delete_variable",
        "delete_connection", "delete_pool",
    ]  # fmt: skip
    assert {row["owner"] for row in rows} == {acting_user()}
    assert not any("s3cret" in str(row) for row in rows)
