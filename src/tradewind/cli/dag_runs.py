"""The verbs of `tradewind dags` that deal with runs: trigger, list-runs, state, next-execution, test."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime

from tradewind.cli.given import read_object
from tradewind.cli.lookup import find_spec
from tradewind.cli.output import show
from tradewind.cli.parser import BUNDLE, DAG_ID, SUBDIR, CommandParser, argument, output
from tradewind.cli.session import Session, acting_user
from tradewind.cli.times import parse_time
from tradewind.core.runs import next_run
from tradewind.core.timetables import ForeseenTimetable, build
from tradewind.core.timetables.foreseen import Unforeseen
from tradewind.errors import InvalidError
from tradewind.spec.dag import DagSpec
from tradewind.spec.schedule import Interval, NextRun
from tradewind.spec.states import DagRunState

FIELDS = ("logical_date", "data_interval.start", "data_interval.end", "partition_key", "partition_date", "run_after")
_NEWEST = 100
"""How many runs `list-runs` shows unless it is told more."""


def add(parser: CommandParser) -> None:
    """Put the verbs on the parser."""
    parser.verb(
        "trigger",
        trigger,
        "make a run of a DAG now",
        DAG_ID,
        argument("-r", "--run-id", metavar="ID", help="id of the run (default: made from the time)"),
        argument("-c", "--conf", metavar="JSON", help="params and configuration of the run, a JSON object"),
        argument("-l", "--logical-date", "-e", "--exec-date", metavar="TIME", help="logical date (default: now)"),
        argument("--no-logical-date", action="store_true", help="make a run that has no logical date"),
        argument("--note", metavar="TEXT", help="note on the run"),
        argument("--no-replace-microseconds", action="store_true", help=argparse.SUPPRESS),
        SUBDIR,
        output(),
    )
    parser.verb(
        "list-runs",
        list_runs,
        "list the runs of a DAG, newest first",
        argument("dag_id", nargs="?", help="id of the DAG"),
        argument("-d", "--dag-id", dest="dag_id_option", metavar="ID", help="id of the DAG, as in Airflow 2"),
        argument("--state", choices=[state.value for state in DagRunState], help="only runs in this state"),
        argument("-s", "--start-date", metavar="TIME", help="only runs with a logical date from here on"),
        argument("-e", "--end-date", metavar="TIME", help="only runs with a logical date until here"),
        argument("--no-backfill", action="store_true", help="no runs of backfills"),
        argument("--limit", type=int, default=_NEWEST, metavar="N", help=f"at most (default: {_NEWEST})"),
        output(),
    )
    parser.verb(
        "state",
        state,
        "print the state of a run",
        DAG_ID,
        argument("logical_date_or_run_id", metavar="logical_date|run_id", help="which run"),
        SUBDIR,
    )
    parser.verb(
        "next-execution",
        next_execution,
        "print when a DAG runs next",
        DAG_ID,
        argument("-n", "--num-executions", type=int, default=1, metavar="N", help="how many (default: 1)"),
        argument("--field", choices=FIELDS, default=FIELDS[0], help=f"which time (default: {FIELDS[0]})"),
        argument("--table", action="store_true", help="all times, as a table"),
        SUBDIR,
    )
    _add_test(parser)


def _add_test(parser: CommandParser) -> None:
    parser.verb(
        "test",
        run_here,
        "run a whole DAG once in this process, recording nothing",
        DAG_ID,
        argument("logical_date", nargs="?", metavar="logical_date", help="default: now"),
        argument("-c", "--conf", metavar="JSON", help="params and configuration of the run, a JSON object"),
        argument("-f", "--dagfile-path", metavar="PATH", help="the DAG file"),
        argument("--mark-success-pattern", metavar="REGEX", help="do not run tasks whose id fits: they succeed"),
        argument("--show-dagrun", action="store_true", help="print the graph with the states at the end"),
        argument("--use-executor", action="store_true", help=argparse.SUPPRESS),
        argument("--imgcat-dagrun", action="store_true", help=argparse.SUPPRESS),
        argument("--save-dagrun", help=argparse.SUPPRESS),
        BUNDLE,
        SUBDIR,
    )


def trigger(args: argparse.Namespace, session: Session) -> None:
    """Make a manual run."""
    conf, store = read_object("--conf", args.conf), session.store
    if not store.reads.dags.exists(args.dag_id):
        raise session.unknown_dag(args.dag_id)
    now = datetime.now(UTC)
    # Airflow 2 gives manual runs a logical date, and templates such as {{ ds }} need one.
    if args.no_logical_date and args.logical_date:
        raise InvalidError(
            "--no-logical-date and --logical-date exclude each other", fix="give one of them, or none for now"
        )
    logical_date = parse_time(args.logical_date) if args.logical_date else None if args.no_logical_date else now
    made = store.actions.trigger_run(
        args.dag_id,
        run_id=args.run_id,
        logical_date=logical_date,
        conf=conf,
        note=args.note,
        user=acting_user(),
        triggered_by="cli",
        now=now,
    )
    run = session.run(args.dag_id, made.run_id)
    dag = store.reads.dags.get(args.dag_id)
    if dag is not None and dag["paused"]:
        print(f"{args.dag_id} is paused: the run waits until tradewind dags unpause {args.dag_id}", file=sys.stderr)
    shown = {
        "conf": run["conf"],
        "dag_id": run["dag_id"],
        "dag_run_id": run["run_id"],
        **{name: run[name] for name in ("data_interval_start", "data_interval_end", "start_date", "end_date")},
        "external_trigger": True,
        **{name: run[name] for name in ("logical_date", "run_after", "run_type", "state", "note")},
    }
    show([shown], args.output, columns=("dag_id", "dag_run_id", "state", "logical_date", "run_type"))


def list_runs(args: argparse.Namespace, session: Session) -> None:
    """Runs of one DAG."""
    from tradewind.store.reads import Page, Range, RunFilter  # imported here: loads the database libraries

    dag_id = args.dag_id_option or args.dag_id
    if dag_id is None:
        raise InvalidError("which DAG?", fix="name it: tradewind dags list-runs <dag_id>")
    if not session.store.reads.dags.exists(dag_id):
        raise session.unknown_dag(dag_id)
    types = ["scheduled", "manual", "operator_triggered", "asset_triggered", "asset_materialization"]
    which = RunFilter(
        dag_ids=[dag_id],
        states=[args.state] if args.state else None,
        run_types=types if args.no_backfill else None,
        logical_date=Range(
            gte=parse_time(args.start_date) if args.start_date else None,
            lte=parse_time(args.end_date) if args.end_date else None,
        ),
    )
    page = session.store.reads.runs.page(which, Page(limit=max(1, args.limit), order_by=("-run_after",), cursor=""))
    rows = [
        {
            "dag_id": run["dag_id"],
            "run_id": run["run_id"],
            "state": run["state"],
            "run_after": run["run_after"],
            "logical_date": run["logical_date"],
            "execution_date": run["logical_date"],
            "start_date": run["start_date"],
            "end_date": run["end_date"],
        }
        for run in page.items
    ]
    columns = [name for name in rows[0] if name != "execution_date"] if rows else None
    show(rows, args.output, columns=columns)


def state(args: argparse.Namespace, session: Session) -> None:
    """State of one run, and its conf if it has one."""
    run = session.run(args.dag_id, args.logical_date_or_run_id)
    print(f"{run['state']}, {json.dumps(run['conf'])}" if run["conf"] else run["state"])


def next_execution(args: argparse.Namespace, session: Session) -> int:
    """Times of the next runs that the schedule makes."""
    if args.num_executions < 1:
        raise InvalidError(f"-n {args.num_executions} asks for nothing", fix="give a number from 1 on")
    spec = find_spec(session, args.dag_id, args)
    record = session.stored_dag(args.dag_id)
    if record is not None and record["paused"]:
        print(f"{args.dag_id} is paused: nothing runs until it is unpaused", file=sys.stderr)
    last = None
    if record is not None and record["last_automated_start"] is not None:
        last = Interval(record["last_automated_start"], record["last_automated_end"])
    now, timetable = datetime.now(UTC), build(spec.timetable)
    if isinstance(timetable, ForeseenTimetable) and record is not None and session.store_if_current is not None:
        timetable.forecast = session.store_if_current.scheduler.dags([args.dag_id])[0].forecast
    found: list[NextRun] = []
    try:
        while len(found) < args.num_executions:
            run = next_run(spec, timetable, last, now)
            if run is None:
                break
            found.append(run)
            last, now = run.covered, max(now, run.run_after)
    except Unforeseen:
        print(f"the timetable of {args.dag_id} was not asked further; the scheduler asks it", file=sys.stderr)
    if not found:
        print(f"{args.dag_id} {_without_times(spec)}", file=sys.stderr)
    rows = [_times(run) for run in found]
    if args.table:
        show(rows, "table")
    else:
        print(*([row[args.field] for row in rows] or ["None"]), sep="\n")
    return 0


def run_here(args: argparse.Namespace, session: Session) -> int:
    """All tasks of a DAG in this process, in order; exit status 1 when the run fails."""
    for option in ("use_executor", "imgcat_dagrun", "save_dagrun"):
        if getattr(args, option):
            raise InvalidError(
                f"--{option.replace('_', '-')} is not supported: dags test runs all tasks in this process",
                fix="leave it out",
            )
    from tradewind.cli.inline import test_dag  # imported here: loads the authoring layer and the runtime

    logical_date = parse_time(args.logical_date) if args.logical_date else datetime.now(UTC)
    return test_dag(
        session,
        args.dag_id,
        args.dagfile_path or args.subdir,
        logical_date,
        read_object("--conf", args.conf),
        mark_success=args.mark_success_pattern,
        show_states=args.show_dagrun,
    )


def _without_times(spec: DagSpec) -> str:
    """Why nobody can tell when it runs next."""
    if spec.asset_schedule is not None:
        return "runs when its assets are updated, not at times; see what it waits for with: tradewind explain dag"
    if spec.timetable.kind == "none":
        return "has no schedule: it runs when it is triggered"
    return f"has no further run: its schedule is {spec.timetable.summary or spec.timetable.description}"


def _times(run: NextRun) -> dict[str, str | None]:
    times = {
        "logical_date": run.logical_date,
        "data_interval.start": run.interval.start if run.interval else None,
        "data_interval.end": run.interval.end if run.interval else None,
        "partition_date": run.partition_date,
        "run_after": run.run_after,
    }
    shown = {name: at.isoformat() if at is not None else None for name, at in times.items()}
    return {**shown, "partition_key": run.partition_key}
