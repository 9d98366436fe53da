"""The program itself: start-up cost, help, typing errors, exit codes, broken pipes."""

from __future__ import annotations

import importlib
import os
import re
import signal
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from cli_lab import Command

from tradewind import cli
from tradewind.cli.parser import CommandParser

HEAVY = (
    "sqlalchemy",
    "fastapi",
    "pydantic",
    "alembic",
    "rich",
    "pendulum",
    "jinja2",
    "yaml",
    "cryptography",
    "uvicorn",
)
DOCS = Path(__file__).parents[3] / "docs/reference/cli.md"


def python(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, timeout=60, **options)  # type: ignore[call-overload,no-any-return]


def test_version_is_the_installed_one_and_loads_nothing_heavy() -> None:
    code = (
        "import sys; from tradewind.cli import main; code = main(['version']);"
        f"print([name for name in {HEAVY!r} if name in sys.modules]); sys.exit(code)"
    )
    done = python("-c", code)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [metadata.version("tradewind"), "[]"]


def test_settings_commands_load_no_database(home: Path) -> None:
    code = (
        "import sys; from tradewind.cli import main; main(['config', 'list', '-o', 'json']);"
        "print('sqlalchemy' in sys.modules)"
    )
    done = python("-c", code)
    assert done.stdout.splitlines()[-1] == "False"
    assert not home.exists()


def test_prints_of_a_task_stand_between_the_lines_of_its_log(loaded: Path) -> None:
    arguments = ["-m", "tradewind", "tasks", "test", "my_first_dag", "print_hello", "2022-05-05"]
    done = subprocess.run(
        [sys.executable, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60
    )
    lines = done.stdout.splitlines()
    assert "starts" in lines[0] and lines[1] == "hello on 2022-05-05" and "succeeded" in lines[-1], done.stdout


def test_a_terminal_that_knows_ascii_only(run: Command) -> None:
    run("variables", "set", "city", "Zürich")
    for arguments in (["get", "city"], ["list", "--show-values"]):
        done = python("-m", "tradewind", "variables", *arguments, env={**os.environ, "PYTHONIOENCODING": "ascii"})
        assert (done.returncode, done.stderr) == (0, "") and r"Z\xfcrich" in done.stdout


def test_python_m_tradewind_is_the_same_program() -> None:
    done = python("-m", "tradewind", "--version")
    assert (done.returncode, done.stdout.strip()) == (0, metadata.version("tradewind"))


def test_help_lists_every_command(run: Command) -> None:
    for arguments in ([], ["--help"], ["-h"], ["help"]):
        out = run(*arguments).out
        assert all(f"  {name} " in out for name in cli.COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "suggestion"),
    [
        (["dag"], "'dags'"),
        (["standlone"], "'standalone'"),
        (["variable", "list"], "'variables'"),
        (["dags", "lst"], "'list'"),
        (["tasks", "tset"], "'test'"),
    ],
)
def test_a_misspelt_command_is_suggested(run: Command, arguments: list[str], suggestion: str) -> None:
    result = run(*arguments, code=2)
    assert suggestion in result.err
    assert "fix:" in result.err
    assert result.out == ""


@pytest.mark.parametrize("command", ["celery", "kerberos"])
def test_commands_of_airflow_that_mean_nothing_here_say_why(run: Command, command: str) -> None:
    said = run(command, code=2).err
    assert cli.MOVED[command] in said and "did you mean" not in said


def test_wrong_usage_ends_with_status_2_and_says_what_is_missing(run: Command) -> None:
    assert "dag_id" in run("dags", "trigger", code=2).err
    assert "invalid choice" in run("dags", "list", "-o", "xml", code=2).err


def test_an_error_is_one_message_and_with_verbose_a_traceback(run: Command) -> None:
    result = run("variables", "get", "nothing", code=1)
    assert result.err.startswith("error: ")
    assert "Traceback" not in result.err
    assert "Traceback" in run("variables", "get", "nothing", "-v", code=1).err


def test_tradewind_debug_shows_tracebacks(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADEWIND_DEBUG", "1")
    assert "Traceback" in run("variables", "get", "nothing", code=1).err


def test_a_reader_that_leaves_early_is_no_error(home: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tradewind", "config", "list", "-o", "yaml"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")


def test_an_interrupted_command_ends_with_130(home: Path) -> None:
    code = (
        "import os, signal, sys; from tradewind import cli; from tradewind.cli import version;"
        "version.print_version = lambda args, session: os.kill(os.getpid(), signal.SIGINT);"
        "sys.exit(cli.main(['version']))"
    )
    done = python("-c", code)
    assert done.returncode == 130
    assert "Traceback" not in done.stderr
    assert signal.SIGINT == 2


def every_verb() -> list[str]:
    found = []
    for command, (module, about) in cli.COMMANDS.items():
        parser = CommandParser(prog=command, description=about)
        parser.command = command
        importlib.import_module(f"tradewind.cli.{module}").add(parser)
        found += [f"{command} {verb}" for verb in parser.verbs] or [command]
    return found


@pytest.mark.parametrize("verb", every_verb())
def test_every_verb_has_help_and_stands_in_the_reference(verb: str, run: Command) -> None:
    out = run(*verb.split(), "--help").out
    assert "usage:" in out
    assert re.search(rf"`(tradewind )?{verb}[ `]", DOCS.read_text(encoding="utf-8")), f"{verb} is not in {DOCS.name}"


def test_the_home_is_not_touched_by_help_and_version(run: Command, home: Path) -> None:
    run("version")
    run("dags", "list", "--help")
    assert not home.exists()
    assert "TRADEWIND_HOME" in os.environ
