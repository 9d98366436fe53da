"""What users get wrong when they start Tradewind: each gives one clear message with the fix and a failing status."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.product import TRADEWIND, clean_env, descendants, kill
from tradewind.store import Store
from tradewind.store.reads import Page


class Shell:
    """Runs commands on a home folder of their own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.env = clean_env(TRADEWIND_HOME=str(home))

    def fails(self, *arguments: str, status: int = 1, **env: str) -> str:
        """Run a command that must fail with one message; returns it."""
        started = time.monotonic()
        done = subprocess.run(
            [TRADEWIND, *arguments], env={**self.env, **env}, capture_output=True, text=True, timeout=60
        )
        message = done.stderr
        assert done.returncode == status, f"{arguments} ended with {done.returncode}: {done.stdout}{message}"
        assert message.startswith("error: "), message
        assert message.count("error: ") == 1, message
        assert "\n  fix: " in message, message
        assert "Traceback" not in message
        assert not done.stdout, "something was started before the check"
        assert time.monotonic() - started < 30
        return message

    def works(self, *arguments: str) -> str:
        done = subprocess.run([TRADEWIND, *arguments], env=self.env, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "home")


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield int(taken.getsockname()[1])


@pytest.mark.parametrize("command", ["standalone", "api-server"])
def test_a_port_in_use_is_named_with_another_one(shell: Shell, busy_port: int, command: str) -> None:
    message = shell.fails(command, "--port", str(busy_port))
    assert f"Port {busy_port} on 127.0.0.1 is in use" in message
    assert f"--port {busy_port + 1}" in message


def test_a_host_that_is_not_of_this_machine(shell: Shell) -> None:
    assert "203.0.113.7" in shell.fails("standalone", "--host", "203.0.113.7", "--port", "0")
    assert "no.such.host.invalid" in shell.fails("standalone", "--host", "no.such.host.invalid", "--port", "0")


@pytest.mark.parametrize("command", ["standalone", "scheduler", "db migrate"])
def test_a_home_that_cannot_be_written(shell: Shell, command: str) -> None:
    # Permissions do not hold root back, and tests may run as root; nobody can make a folder in /proc.
    message = shell.fails(*command.split(), TRADEWIND_HOME="/proc/tradewind")
    assert "/proc/tradewind (from TRADEWIND_HOME) cannot be written" in message
    assert "another folder with TRADEWIND_HOME" in message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere; the test above does it without permissions")
def test_a_home_without_write_permission(shell: Shell) -> None:
    shell.home.mkdir(mode=0o500)
    assert f"{shell.home} (from TRADEWIND_HOME) cannot be written" in shell.fails("standalone", "--port", "0")


def test_a_file_in_the_place_of_the_home(shell: Shell) -> None:
    shell.home.write_text("I was here first")
    assert f"{shell.home} (from TRADEWIND_HOME) cannot be written" in shell.fails("standalone", "--port", "0")
    assert shell.home.read_text() == "I was here first"


@pytest.mark.parametrize("command", ["standalone --port 0", "scheduler", "db migrate", "dags list"])
def test_a_newer_schema_is_refused_and_left_alone(shell: Shell, command: str) -> None:
    shell.works("db", "migrate")
    with sqlite3.connect(shell.home / "tradewind.db") as connection:
        connection.execute("UPDATE tradewind_version SET version_num = '9999'")
    connection.close()
    message = shell.fails(*command.split())
    assert "made by a newer Tradewind" in message
    assert "9999" in message
    assert "upgrade Tradewind" in message
    with Store(f"sqlite:///{shell.home}/tradewind.db") as store:
        assert store.schema_state() == "newer"


def test_parts_alone_do_not_create_the_database(shell: Shell) -> None:
    for command in ("scheduler", "dag-processor"):
        assert "tradewind db migrate" in shell.fails(command)


def test_a_database_of_another_program(shell: Shell) -> None:
    shell.home.mkdir()
    with sqlite3.connect(shell.home / "tradewind.db") as connection:
        connection.execute("CREATE TABLE dag_run (id INTEGER PRIMARY KEY)")
    connection.close()
    assert "tables of another program" in shell.fails("standalone", "--port", "0")


def test_a_damaged_database(shell: Shell) -> None:
    shell.home.mkdir()
    (shell.home / "tradewind.db").write_bytes(b"not a database at all, " * 100)
    assert "damaged or not a SQLite database" in shell.fails("standalone", "--port", "0")


def test_a_database_server_that_does_not_answer_does_not_show_the_password(shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    url = f"postgresql://somebody:hunter2@127.0.0.1:{port}/metadata"
    for command in (("standalone", "--port", "0"), ("db", "check"), ("dags", "list")):
        message = shell.fails(*command, TRADEWIND_DATABASE_URL=url)
        assert "no server answers" in message
        assert "hunter2" not in message


@pytest.mark.parametrize(
    ("command", "host"), [("standalone", "0.0.0.0"), ("standalone", "192.0.2.1"), ("api-server", "::")]
)
def test_no_login_is_refused_on_addresses_that_others_can_reach(shell: Shell, command: str, host: str) -> None:
    message = shell.fails(command, "--no-auth", "--host", host, "--port", "0")
    assert host in message
    assert "--host 127.0.0.1" in message
    assert not shell.home.exists()


def test_no_login_by_a_variable_is_held_to_the_same(shell: Shell) -> None:
    assert "0.0.0.0" in shell.fails("standalone", TRADEWIND_NO_AUTH="true", TRADEWIND_HOST="0.0.0.0")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRADEWIND_PORT", "eighty"),
        ("AIRFLOW__API__PORT", "99999"),
        ("TRADEWIND_SLOTS", "-1"),
        ("AIRFLOW__CORE__PARALLELISM", "32.5"),
        ("TRADEWIND_GRACE", "soon"),
        ("TRADEWIND_NO_AUTH", "sure"),
    ],
)
def test_a_bad_variable_is_named_with_its_value(shell: Shell, name: str, value: str) -> None:
    message = shell.fails("standalone", **{name: value})
    assert f"{name} is '{value}'" in message
    assert not shell.home.exists()


def test_a_bad_option_is_named(shell: Shell) -> None:
    assert "option --port is 'http'" in shell.fails("standalone", "--port", "http")


def test_a_secret_key_that_is_none(shell: Shell) -> None:
    message = shell.fails("standalone", TRADEWIND_SECRET_KEY="short")
    assert "TRADEWIND_SECRET_KEY" in message
    assert "Fernet.generate_key" in message


def test_an_empty_key_file_is_not_replaced(shell: Shell) -> None:
    shell.home.mkdir()
    (shell.home / "secret.key").write_text("")
    assert "secret.key is empty" in shell.fails("variables", "list")
    assert (shell.home / "secret.key").read_text() == ""


def test_a_dag_folder_that_was_named_and_is_missing(shell: Shell) -> None:
    missing = shell.home.parent / "no_dags_here"
    message = shell.fails("standalone", "--port", "0", "--dags-folder", str(missing))
    assert f"{missing} (from option --dags-folder) does not exist" in message
    assert not missing.exists()
    assert "AIRFLOW__CORE__DAGS_FOLDER" in shell.fails(
        "standalone", "--port", "0", AIRFLOW__CORE__DAGS_FOLDER=str(missing)
    )


def test_options_that_mean_nothing_here_are_refused(shell: Shell) -> None:
    assert "--daemon is not supported" in shell.fails("scheduler", "--daemon")


DAG = """
from datetime import datetime
from tradewind import DAG, EmptyOperator
with DAG("my_first_dag", start_date=datetime(2024, 1, 1), schedule=None):
    EmptyOperator(task_id="print_hello")
"""


@pytest.fixture
def with_dag(shell: Shell) -> Shell:
    (shell.home / "dags").mkdir(parents=True)
    (shell.home / "dags" / "first.py").write_text(DAG)
    return shell


def test_an_unknown_task_without_a_database(with_dag: Shell) -> None:
    message = with_dag.fails("tasks", "test", "my_first_dag", "print_helo", "2022-05-05")
    assert "my_first_dag has no task 'print_helo'; did you mean 'print_hello'?" in message
    message = with_dag.fails("tasks", "test", "my_frist_dag", "print_hello", "2022-05-05")
    assert "did you mean 'my_first_dag'?" in message
    message = with_dag.fails("tasks", "test", "my_first_dag", "print_hello", "yesterday")
    assert "'yesterday' is neither a date nor a run" in message
    assert not (with_dag.home / "tradewind.db").exists()


def test_unknown_names_with_a_database(with_dag: Shell) -> None:
    with_dag.works("dags", "reserialize")
    assert "did you mean 'my_first_dag'?" in with_dag.fails("dags", "trigger", "my_first_dog")
    assert "did you mean 'my_first_dag'?" in with_dag.fails("tasks", "list", "my_first_dog")
    with_dag.works("dags", "trigger", "my_first_dag", "-r", "the_first_run")
    message = with_dag.fails("tasks", "state", "my_first_dag", "print_hallo", "the_first_run")
    assert "did you mean 'print_hello'?" in message
    assert "did you mean 'the_first_run'?" in with_dag.fails("dags", "state", "my_first_dag", "the_frist_run")


def test_a_broken_file_is_blamed_for_the_dag_that_it_may_define(with_dag: Shell) -> None:
    (with_dag.home / "dags" / "other.py").write_text("from tradewind import DAG\nDAG('other'\n")
    message = with_dag.fails("tasks", "test", "other", "task", "2022-05-05")
    assert "other.py:2" in message
    assert with_dag.works("tasks", "list", "my_first_dag") == "print_hello\n"


def test_the_other_files_still_work_next_to_bad_ones(with_dag: Shell) -> None:
    """Syntax error, missing package, cycle, duplicate task id, bad cron: each is told, none stops the server."""
    bad = {
        "syntax.py": "from tradewind import DAG\ndef broken(:\n",
        "missing.py": "from tradewind import DAG\nimport a_package_nobody_has\n",
        "cycle.py": DAG.replace("my_first_dag", "cycle").replace("    Empty", "    a = Empty")
        + '    b = EmptyOperator(task_id="b")\n    a >> b >> a\n',
        "twice.py": DAG.replace("my_first_dag", "twice") + '    EmptyOperator(task_id="print_hello")\n',
        "cron.py": DAG.replace("my_first_dag", "cron").replace("schedule=None", 'schedule="61 * * * *"'),
    }
    for name, text in bad.items():
        (with_dag.home / "dags" / name).write_text(text)
    process = subprocess.Popen(
        [TRADEWIND, "standalone", "--port", "0", "--no-auth"],
        env=with_dag.env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        assert any(line.startswith("Press Ctrl-C") for line in process.stdout)
        with Store(f"sqlite:///{with_dag.home}/tradewind.db") as store:
            deadline = time.monotonic() + 30
            while not store.reads.dags.exists("my_first_dag") or len(errors_of(store)) < len(bad):
                assert time.monotonic() < deadline, errors_of(store)
                time.sleep(0.05)  # the files are read by another process
            errors = errors_of(store)
        assert set(errors) == set(bad)
        assert "syntax" in errors["syntax.py"].lower()
        assert "a_package_nobody_has" in errors["missing.py"]
        assert "cycle" in errors["cycle.py"].lower()
        assert "print_hello" in errors["twice.py"]
        assert "61 * * * *" in errors["cron.py"]
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    finally:
        for pid in [process.pid, *descendants(process.pid)]:
            kill(pid)
        process.wait(60)
        process.stdout.close()


def errors_of(store: Store) -> dict[str, str]:
    """File -> message of its import error."""
    return {row["relative_fileloc"]: row["message"] for row in store.reads.import_errors.page(Page()).items}
