"""`dag.test()` and `dag.cli()` in DAG files: `python my_dag.py`.  Found by `authoring.dag` by the name of this module.

Nothing is recorded and no database is needed: Variables and Connections come from the environment and from files.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from tradewind.authoring import dag_args, timezone
from tradewind.authoring.custom_timetables import manual_interval
from tradewind.errors import AirflowException
from tradewind.runtime import inline
from tradewind.runtime.inline import DagTest
from tradewind.spec.states import DagRunState

_log = logging.getLogger("tradewind.test")
_IGNORED = {
    "session": "no database is used",
    "local_executor": "the tasks run in this process",
    "expand_mapped_task": "mapped tasks are expanded",
}


def install() -> None:
    """Let `dag.test()` and `dag.cli()` run here."""
    dag_args.install_runner(dag_test, dag_cli)


def dag_test(
    dag: Any,
    run_after: datetime | None = None,
    logical_date: Any = None,
    run_conf: Mapping[str, Any] | None = None,
    conn_file_path: str | None = None,
    variable_file_path: str | None = None,
    use_executor: bool = False,
    mark_success_pattern: Any = None,
    *,
    execution_date: datetime | None = None,
    **others: Any,
) -> DagTest:
    """Run the DAG once, here, with its log on standard error; returns how it ended.

    `logical_date`: of the run (`execution_date` in Airflow 2); without it `run_after`, else now.  The files are YAML,
    JSON or lines of `NAME=value`; what they hold wins over the environment.  Tasks whose ids match
    `mark_success_pattern` succeed without running.
    """
    if isinstance(logical_date, Mapping):  # Airflow 2: dag.test(execution_date, run_conf)
        logical_date, run_conf = None, logical_date
    if use_executor or others.get("use_local_executor"):
        _log.warning("dag.test() runs the tasks in this process, one after the other: use_executor has no effect")
    for name, value in others.items():
        if value is not None and value is not False and name != "use_local_executor":
            why = _IGNORED.get(name, "there is no such argument")
            _log.warning("dag.test() ignores %s: %s", name, why)
    at = logical_date or execution_date or run_after or datetime.now(UTC)
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    run = inline.manual_run(dag.dag_id, at, run_conf, manual_interval(dag.timetable, at))
    before = dict(os.environ)
    os.environ.update(_from_files(conn_file_path, variable_file_path))
    try:
        result = inline.test_dag(dag, run, mark_success=getattr(mark_success_pattern, "pattern", mark_success_pattern))
    finally:
        os.environ.clear()
        os.environ.update(before)
    sys.stderr.write(_summary(dag.dag_id, run.run_id, result))
    return result


def dag_cli(dag: Any, arguments: list[str] | None = None) -> int:
    """`python my_dag.py test|tasks|task ...`: see `--help`.  Raises SystemExit with status 1 when the run failed."""
    parser = argparse.ArgumentParser(description=f"Run DAG {dag.dag_id} here; nothing is recorded.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list_tasks", aliases=["tasks"], help="show the ids of the tasks, in order")
    for name, text in (("test", "run the whole DAG"), ("task", "run one task"), ("render", "show a task's templates")):
        command = commands.add_parser(name, help=text)
        if name != "test":
            command.add_argument("task_id")
        command.add_argument("logical_date", nargs="?", type=timezone.parse, help="default: now")
        command.add_argument("-c", "--conf", type=json.loads, help="JSON object, the conf of the run")
        if name == "test":
            command.add_argument("--conn-file-path")
            command.add_argument("--variable-file-path")
            command.add_argument("--mark-success-pattern")
    given = parser.parse_args(arguments)
    if given.command in ("list_tasks", "tasks"):
        sys.stdout.write("".join(f"{task.task_id}\n" for task in dag.topological_sort()))
        return 0
    if given.command == "test":
        result = dag_test(
            dag,
            logical_date=given.logical_date,
            run_conf=given.conf,
            conn_file_path=given.conn_file_path,
            variable_file_path=given.variable_file_path,
            mark_success_pattern=given.mark_success_pattern,
        )
        return _end(result.state is DagRunState.SUCCESS)
    at = (given.logical_date or datetime.now(UTC)).astimezone(UTC)
    run = inline.manual_run(dag.dag_id, at, given.conf, manual_interval(dag.timetable, at))
    if given.command == "render":
        for name, text in inline.render_task(dag, given.task_id, run).items():
            sys.stdout.write(f"{name}:\n{text}\n")
        return 0
    return _end(inline.test_task(dag, given.task_id, run).state != "failed")


def _end(good: bool) -> int:
    if not good:
        raise SystemExit(1)
    return 0


def _summary(dag_id: str, run_id: str, result: DagTest) -> str:
    """What a person wants to know at the end, a line per task."""
    width = max((len(task_id) for task_id in result.tasks), default=0)
    lines = [f"{dag_id} {run_id}: {result.state.value}"]
    for task_id, state in result.tasks.items():
        error = result.errors.get(task_id, "")
        word = state.value if state is not None else "not run"
        lines.append(f"  {task_id:<{width}}  {word}{': ' if error else ''}{error}")
    return "\n".join(lines) + "\n"


def _from_files(connections: str | None, variables: str | None) -> dict[str, str]:
    """The entries of the files as environment variables.  Raises AirflowException naming the file and what is wrong."""
    found: dict[str, str] = {}
    for path, prefix, kind in ((variables, "AIRFLOW_VAR_", "variables"), (connections, "AIRFLOW_CONN_", "connections")):
        for name, value in _entries(path, kind).items() if path else ():
            if isinstance(value, list):  # Airflow once allowed several connections with one id
                if len(value) != 1:
                    raise AirflowException(f"{path}: {name!r} has {len(value)} values; give one")
                value = value[0]
            found[f"{prefix}{name.upper()}"] = value if isinstance(value, str) else json.dumps(value)
    return found


def _entries(path: str, kind: str) -> dict[str, Any]:
    try:
        text = Path(path).read_text(encoding="utf-8")
        if Path(path).suffix == ".env":
            lines = [line.strip() for line in text.splitlines()]
            pairs = [line.partition("=") for line in lines if line and not line.startswith("#")]
            return {name.strip(): value.strip() for name, _, value in pairs}
        loaded = yaml.safe_load(text)  # JSON is YAML
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise AirflowException(f"the file of {kind} {path} cannot be read: {error}") from error
    if not isinstance(loaded, dict) or not all(isinstance(name, str) for name in loaded):
        raise AirflowException(f"the file of {kind} {path} must be an object: names and their values")
    return loaded
