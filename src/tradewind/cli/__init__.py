"""The command line: `tradewind`, and the same program under the name `airflow`.

Called by the console scripts and by `python -m tradewind`.  Each noun is a module of this package that
is imported only when its command is given, so that `tradewind version` costs little; the modules named
in `COMMANDS` offer `add(parser)`, which puts arguments and handlers on the parser.
"""

from __future__ import annotations

import argparse
import atexit
import contextlib
import gc
import importlib
import io
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from tradewind.cli.parser import CommandParser, near
from tradewind.cli.session import Session
from tradewind.errors import AirflowException, TradewindError

COMMANDS: dict[str, tuple[str, str]] = {
    "dags": ("dags", "list, trigger, pause, test and look at DAGs and their runs"),
    "tasks": ("tasks", "list, test, clear and look at tasks"),
    "explain": ("explain", "say in one sentence why a DAG, a run or a task waits"),
    "backfill": ("backfill", "run a DAG for dates that have passed"),
    "assets": ("assets", "list assets, and make them anew"),
    "variables": ("variables", "read and write Variables"),
    "connections": ("connections", "read and write Connections"),
    "pools": ("pools", "read and write pools"),
    "users": ("users", "who may log in"),
    "roles": ("roles", "roles, and the DAGs that they are limited to"),
    "tokens": ("tokens", "tokens of machines"),
    "secrets": ("secrets", "former secrets that are kept in order to be hidden"),
    "rotate-fernet-key": ("rotate_key", "seal secrets with the newest key"),
    "providers": ("providers", "show installed provider packages and what they bring"),
    "plugins": ("plugins", "show the plugins and what they add"),
    "jobs": ("jobs", "check that the scheduler and the other parts are alive"),
    "db": ("db", "create, check and clean the metadata database"),
    "config": ("config", "show the settings"),
    "standalone": ("standalone", "start everything in this terminal"),
    "scheduler": ("services", "start the scheduler with its local workers"),
    "api-server": ("services", "start the API server"),
    "triggerer": ("services", "start the process that waits for deferred tasks"),
    "dag-processor": ("services", "start the process that reads the DAG files"),
    "version": ("version", "show the version"),
    "cheat-sheet": ("cheat_sheet", "list all commands"),
    "info": ("info", "show versions, paths and the state of this installation"),
}
"""Command -> (module of this package, what it is for)."""

ALIASES = {"webserver": "api-server"}
MOVED = {
    "aws-auth-manager": "users and their roles are Tradewind's own: tradewind users --help",
    "celery": "there is no Celery executor in this version: tradewind scheduler runs its own workers",
    "db-manager": "no other package keeps tables in this database: tradewind db --help",
    "fab-db": "users are in the database itself: tradewind db migrate",
    "kerberos": "Kerberos tickets are not renewed by Tradewind: run kinit or k5start beside it",
    "kubernetes": "there is no Kubernetes executor in this version: delete pods with kubectl",
    "partitions": "the partition of a run is part of it and stays: delete the run with DELETE "
    "/api/v2/dags/{dag_id}/dagRuns/{run_id}, or trigger another one with its partition_key",
    "state-store": "what is over its time is deleted by the scheduler by itself",
    "sync-perm": "permissions are not stored apart; there is nothing to synchronize",
    "teams": "there are no teams in this version",
}
"""Commands of Airflow that mean nothing here -> what to do instead."""
OLD = {
    "clear": "tasks clear", "connections_list": "connections list",
    "create_user": "users create", "delete_dag": "dags delete", "delete_user": "users delete", "initdb": "db migrate",
    "list_dag_runs": "dags list-runs", "list_dags": "dags list", "list_tasks": "tasks list",
    "list_users": "users list", "next_execution": "dags next-execution", "pause": "dags pause", "pool": "pools",
    "render": "tasks render", "resetdb": "db reset", "rotate_fernet_key": "rotate-fernet-key", "run": "tasks test",
    "show_dag": "dags show", "task_failed_deps": "tasks failed-deps", "task_state": "tasks state", "test": "tasks test",
    "trigger_dag": "dags trigger", "unpause": "dags unpause", "upgradedb": "db migrate", "dag_state": "dags state",
}  # fmt: skip
"""Commands of Airflow 1.10 -> what they are now."""

INTERRUPTED = 130
_COLLECT_AFTER = 50_000
"""New objects between two garbage collections.  Imports make hundreds of thousands that all stay: at Python's 700 a
third of a start is spent looking at them again and again."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0, 1 for an error, 2 for wrong usage, 130 when
    interrupted."""
    gc.set_threshold(_COLLECT_AFTER, *gc.get_threshold()[1:])
    atexit.register(_leave_garbage)
    arguments = list(sys.argv[1:] if argv is None else argv)
    _print_anything()
    try:
        code = _run(arguments)
        sys.stdout.flush()
        return code
    except SystemExit as end:  # argparse ends so, after it has printed help or usage
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone (`| head`); nothing may be written at exit either.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _leave_garbage() -> None:
    """The end of the process would look at every object once more, for nothing.

    But DuckDB counts its own then, and complains about those that are left.
    """
    if "_duckdb" not in sys.modules:
        gc.freeze()


def _print_anything() -> None:
    """Write what a terminal or a locale cannot show as its number, instead of failing half-way through a table."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _run(arguments: list[str]) -> int:
    program = Path(sys.argv[0]).name
    program = program if program in ("airflow", "tradewind") else "tradewind"
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        _print_help(program)
        return 0
    if arguments[0] == "--version":
        arguments[0] = "version"
    command = ALIASES.get(arguments[0], arguments[0])
    if command not in COMMANDS:
        return _unknown(program, command)
    module = importlib.import_module(f"tradewind.cli.{COMMANDS[command][0]}")
    parser = CommandParser(prog=f"{program} {command}", description=COMMANDS[command][1])
    parser.command = command
    module.add(parser)
    args = parser.parse(arguments[1:])
    return _call(args)


def _call(args: argparse.Namespace) -> int:
    """Run the handler; errors of the user become one message, bugs a traceback."""
    verbose = bool(getattr(args, "verbose", False)) or os.environ.get("TRADEWIND_DEBUG", "") not in (
        "",
        "0",
        "false",
    )
    with Session(args) as session:
        try:
            return args.handler(args, session) or 0
        except (TradewindError, AirflowException) as error:
            if verbose:
                traceback.print_exc()
            else:
                sys.stdout.flush()
                print(f"error: {error}", file=sys.stderr)
            return 1


def _unknown(program: str, command: str) -> int:
    reason = f"it is {program} {OLD[command]} now" if command in OLD else MOVED.get(command)
    guess = "" if reason else near(command, [*COMMANDS, *ALIASES])
    print(f"error: {program} has no command {command!r}{guess}", file=sys.stderr)
    print(f"  {reason}" if reason else f"  fix: {program} --help lists all commands", file=sys.stderr)
    return 2


def _print_help(program: str) -> None:
    print(f"usage: {program} <command> ...\n\nTradewind runs data pipelines written as Airflow DAGs.\n\ncommands:")
    for name, (_, about) in COMMANDS.items():
        print(f"  {name:<14} {about}")
    print(f"\n{program} <command> --help shows the arguments of one command.")
