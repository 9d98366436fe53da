"""`tasks test`, `tasks render` and `dags test`: DAG files loaded and run in this process, nothing recorded.

Called by `cli.tasks` and `cli.dag_runs`, which import it only then: it loads the authoring layer and the runtime.  A
database is asked for Variables, Connections and the run that was named, when there is one; none is needed.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tradewind.authoring.compile import compile_dag
from tradewind.authoring.custom_timetables import manual_interval
from tradewind.cli.given import read_object
from tradewind.cli.local import Found, answering, find_dag, server_of
from tradewind.cli.output import show
from tradewind.cli.session import Session
from tradewind.cli.times import try_time
from tradewind.core.graph import Graph
from tradewind.core.mapping import literal_size
from tradewind.core.timetables import build
from tradewind.errors import InvalidError, NotFoundError
from tradewind.runtime import inline
from tradewind.spec import wire
from tradewind.spec.dag import DagSpec
from tradewind.spec.states import DagRunState

_RULE = "# " + "-" * 60


def test_task(session: Session, args: argparse.Namespace, params: Mapping[str, Any]) -> int:
    """Run one task now; exit status 1 when it fails."""
    if args.post_mortem:
        raise InvalidError(
            "--post-mortem is not supported: the task's error is printed with its traceback",
            fix="put breakpoint() into the task: it stops in this terminal",
        )
    if args.dry_run:
        return render_task(session, args, params)
    environ = {str(name): str(value) for name, value in read_object("--env-vars", args.env_vars).items()}
    _print_at_once()
    with answering(session):
        found, spec = _load(session, args)
        run, stored = _run_info(session, found, spec, args.logical_date_or_run_id)
        which = {"params": params, "map_index": args.map_index, "stored": stored}
        outcome = inline.test_task(found.dag, args.task_id, run, server_of(session), environ=environ, **which)
    return 1 if outcome.state == "failed" else 0


def render_task(session: Session, args: argparse.Namespace, params: Mapping[str, Any] | None = None) -> int:
    """Print every template field as the task would see it."""
    with answering(session):
        found, spec = _load(session, args)
        run, stored = _run_info(session, found, spec, args.logical_date_or_run_id)
        which = {"params": params or {}, "map_index": args.map_index, "stored": stored}
        fields = inline.render_task(found.dag, args.task_id, run, server_of(session), **which)
    for name, text in fields.items():
        print(_RULE, f"# property: {name}", _RULE, text, sep="\n", end="\n\n")
    return 0


def test_dag(
    session: Session,
    dag_id: str,
    subdir: str | None,
    logical_date: datetime,
    conf: Mapping[str, Any],
    *,
    mark_success: str | None,
    show_states: bool,
) -> int:
    """Run all tasks of a DAG; exit status 1 unless the run succeeds."""
    _print_at_once()
    with answering(session):
        found = find_dag(session, dag_id, subdir)
        spec = compile_dag(found.dag, fileloc=str(found.path), relative_fileloc=found.path.name)
        run = _manual(found, spec, logical_date, conf)
        result = inline.test_dag(found.dag, run, server_of(session), mark_success=mark_success)
    if show_states:
        show([{"task_id": task_id, "state": state} for task_id, state in result.tasks.items()], "table")
    for task_id, error in result.errors.items():
        print(f"{task_id}: {error}")
    print(f"{dag_id} {run.run_id}: {result.state.value}")
    return 0 if result.state is DagRunState.SUCCESS else 1


def _print_at_once() -> None:
    """What tasks print belongs between the lines of the log, also when both go into one pipe or file."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)


def _load(session: Session, args: argparse.Namespace) -> tuple[Found, DagSpec]:
    found = find_dag(session, args.dag_id, args.subdir)
    spec = compile_dag(found.dag, fileloc=str(found.path), relative_fileloc=found.path.name)
    task = spec.task(args.task_id)
    if task is None:
        raise session.unknown_task(spec, args.task_id)
    expansion = Graph(spec).expansion.get(args.task_id)
    if expansion is None and args.map_index >= 0:
        raise InvalidError(
            f"{args.task_id} has no map index {args.map_index}", fix="leave out --map-index: the task is not mapped"
        )
    if expansion is not None:
        size = literal_size(expansion)
        if args.map_index < 0 or (size is not None and args.map_index >= size):
            known = "" if size is None else f", 0 to {size - 1}"
            raise InvalidError(f"{args.task_id} is mapped: there is no single one of it", fix=f"add --map-index{known}")
    return found, spec


def _run_info(session: Session, found: Found, spec: DagSpec, text: str | None) -> tuple[wire.RunInfo, bool]:
    """The run that was named by its id or logical date, or one made up for a date; and whether it is stored."""
    if text is None:
        return _manual(found, spec, datetime.now(UTC), {}), False
    row = session.find_run(spec.dag_id, text) if session.store_if_current is not None else None
    if row is not None:
        names = wire.RunInfo.__struct_fields__
        return wire.RunInfo(**{name: row[name] for name in names if name in row}), True
    at = try_time(text)
    if at is None:
        raise NotFoundError(
            f"{text!r} is neither a date nor a run of {spec.dag_id}",
            fix="write a date as 2022-05-05 or 2022-05-05T10:00:00+00:00",
        )
    return _manual(found, spec, at, {}), False


def _manual(found: Found, spec: DagSpec, at: datetime, conf: Mapping[str, Any]) -> wire.RunInfo:
    if spec.timetable.kind == "custom":
        interval = manual_interval(found.dag.timetable, at)
    else:
        interval = build(spec.timetable).manual_interval(at)
    return inline.manual_run(spec.dag_id, at, conf, interval)
