"""`tradewind dags backfill`: the command of Airflow 2, as a backfill that is saved."""

from __future__ import annotations

import argparse
import sys

from tradewind.cli.backfill import save
from tradewind.cli.given import matching, read_object
from tradewind.cli.parser import DAG_ID, SUBDIR, YES, CommandParser, argument, output
from tradewind.cli.session import Session
from tradewind.cli.times import parse_time
from tradewind.core.backfill import Reprocess, TaskChoice
from tradewind.errors import InvalidError

_REFUSED = {
    "mark_success": "mark the tasks with the API or the UI",
    "pool": "set the pool of the tasks in the DAG file",
    "disable_retry": "set retries=0 in the DAG file",
}
_VOID = {
    "local": "-l: every task runs on the scheduler's executor",
    "donot_pickle": "-x: nothing is pickled",
    "ignore_first_depends_on_past": "-I: a first run has no past to depend on",
    "delay_on_limit": "--delay-on-limit: runs start as soon as there is room",
}


def add(parser: CommandParser) -> None:
    """Put the verb on the parser."""
    parser.verb(
        "backfill",
        backfill,
        "make runs for past dates, as in Airflow 2; see: tradewind backfill create",
        DAG_ID,
        argument("-t", "--task-regex", metavar="REGEX", help="only tasks in whose id this is found"),
        argument("-s", "--start-date", metavar="TIME", help="earliest logical date"),
        argument("-e", "--end-date", metavar="TIME", help="latest logical date, included"),
        argument("-i", "--ignore-dependencies", action="store_true", help="leave out what is above the chosen tasks"),
        argument("-c", "--conf", metavar="JSON", help="params and configuration of the runs, a JSON object"),
        argument("--reset-dagruns", action="store_true", help="run again all runs that ended"),
        argument("--rerun-failed-tasks", action="store_true", help="run again failed runs"),
        argument("--continue-on-failures", action="store_true", help="do not stop at the first failed run"),
        argument("-B", "--run-backwards", action="store_true", help="the newest date first"),
        argument("-n", "--dry-run", action="store_true", help="only show what it would do"),
        argument("--treat-dag-id-as-regex", "--treat-dag-as-regex", action="store_true", help="all DAGs that fit"),
        argument("-m", "--mark-success", action="store_true", help=argparse.SUPPRESS),
        argument("--pool", help=argparse.SUPPRESS),
        argument("--disable-retry", action="store_true", help=argparse.SUPPRESS),
        argument("-l", "--local", action="store_true", help=argparse.SUPPRESS),
        argument("-x", "--donot-pickle", action="store_true", help=argparse.SUPPRESS),
        argument("-I", "--ignore-first-depends-on-past", action="store_true", help=argparse.SUPPRESS),
        argument("--delay-on-limit", type=float, help=argparse.SUPPRESS),
        SUBDIR,
        YES,
        output(),
    )


def backfill(args: argparse.Namespace, session: Session) -> int:
    """Save one backfill for each DAG; unlike Airflow 2 this does not wait for the runs."""
    from tradewind.store.backfills import Wanted  # imported here: loads the database libraries

    for name, fix in _REFUSED.items():
        if getattr(args, name):
            raise InvalidError(f"--{name.replace('_', '-')} is not supported by backfills", fix=fix)
    for name, about in _VOID.items():
        if getattr(args, name):
            print(f"{about}; the option has no effect", file=sys.stderr)
    if not args.start_date and not args.end_date:
        raise InvalidError("which dates?", fix="give -s/--start-date, -e/--end-date, or both")
    start, end = args.start_date or args.end_date, args.end_date or args.start_date
    reprocess = Reprocess.FAILED if args.rerun_failed_tasks else Reprocess.NONE
    dag_ids = matching(args.dag_id, session.dag_ids()) if args.treat_dag_id_as_regex else [args.dag_id]
    code = 0
    for dag_id in dag_ids:
        wanted = Wanted(
            dag_id=dag_id,
            from_date=parse_time(start),
            to_date=parse_time(end),
            run_backwards=args.run_backwards,
            reprocess_behavior=Reprocess.COMPLETED if args.reset_dagruns else reprocess,
            tasks=TaskChoice(regex=args.task_regex, upstream=not args.ignore_dependencies) if args.task_regex else None,
            conf=read_object("--conf", args.conf) if args.conf else None,
            stop_after=None if args.continue_on_failures else 1,
        )
        code = max(code, save(wanted, session, dry_run=args.dry_run, yes=args.yes, form=args.output))
    if not args.dry_run and not code:
        print(
            "The backfill is saved and the scheduler works on it; this command does not wait for it.  Watch it with: "
            "tradewind backfill list",
            file=sys.stderr,
        )
    return code
