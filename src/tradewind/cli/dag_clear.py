"""`tradewind dags clear`: whole runs run again, named by their id or by their partition."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from typing import Any

from tradewind.cli.ask import confirm
from tradewind.cli.parser import DAG_ID, NOT_DEPENDENTS, YES, CommandParser, argument
from tradewind.cli.session import Session, acting_user
from tradewind.cli.tasks import tell_dependents
from tradewind.cli.times import parse_time
from tradewind.core.words import counted
from tradewind.errors import InvalidError
from tradewind.spec.states import TaskInstanceState

_MANY = 10_000
_SHOWN = 20
"""Runs that the question lists."""


def add(parser: CommandParser) -> None:
    """Put the verb on the parser."""
    parser.verb(
        "clear",
        clear,
        "let the tasks of whole runs run again",
        DAG_ID,
        argument("--run-id", metavar="ID", help="this run"),
        argument("--partition-key", metavar="KEY", help="the runs of this partition"),
        argument("--partition-date-start", metavar="TIME", help="the runs of partitions from here on"),
        argument("--partition-date-end", metavar="TIME", help="the runs of partitions until here"),
        argument("-f", "--only-failed", action="store_true", help="only tasks that failed"),
        argument("-r", "--only-running", action="store_true", help="only tasks that run"),
        NOT_DEPENDENTS,
        YES,
    )


def clear(args: argparse.Namespace, session: Session) -> int:
    """Clear after a question that says what.  Raises InvalidError when nothing selects runs."""
    runs = _runs(args, session)
    common: dict[str, Any] = {"user": acting_user(), "now": datetime.now(UTC)}
    options = {**common, "only_failed": args.only_failed, "only_running": args.only_running}
    options["dependents"] = not args.exclude_dependents
    actions = session.store.actions
    found = {run_id: actions.clear_tasks(args.dag_id, run_id=run_id, dry_run=True, **options) for run_id in runs}
    found = {run_id: rows for run_id, rows in found.items() if rows}
    if not found:
        print("Nothing to clear")
        return 0
    if not args.yes:
        for run_id, rows in list(found.items())[:_SHOWN]:
            own = [row for row in rows if row["dag_id"] == args.dag_id]
            failed = sum(row["state"] == TaskInstanceState.FAILED for row in own)
            print(f"  {run_id}: {counted(len(own), 'task instance')}, {failed} failed")
        if len(found) > _SHOWN:
            print(f"  ... and {len(found) - _SHOWN} more")
        tell_dependents([args.dag_id], (row for rows in found.values() for row in rows))
    if not confirm(f"Clear {counted(len(found), 'run')}?", args.yes):
        return 1
    count = sum(len(actions.clear_tasks(args.dag_id, run_id=run_id, **options)) for run_id in found)
    print(f"{counted(count, 'task instance')} of {counted(len(found), 'run')} cleared")
    return 0


def _runs(args: argparse.Namespace, session: Session) -> list[str]:
    """Ids of the chosen runs."""
    from tradewind.store.reads import Page, Range, RunFilter  # imported here: loads the database libraries

    dates = args.partition_date_start or args.partition_date_end
    if sum(map(bool, (args.run_id, args.partition_key, dates))) != 1:
        raise InvalidError(
            "runs are chosen in one of three ways",
            fix="give --run-id, or --partition-key, or --partition-date-start and --partition-date-end",
        )
    if args.run_id:
        return [str(session.run(args.dag_id, args.run_id)["run_id"])]
    if not session.store.reads.dags.exists(args.dag_id):
        raise session.unknown_dag(args.dag_id)
    if args.partition_key:
        which = RunFilter(dag_ids=[args.dag_id], partition_key_prefix=args.partition_key)
    else:
        start, end = args.partition_date_start, args.partition_date_end
        days = Range(gte=parse_time(start) if start else None, lte=parse_time(end) if end else None)
        which = RunFilter(dag_ids=[args.dag_id], partition_date=days)
    rows = session.store.reads.runs.page(which, Page(limit=_MANY)).items
    wanted = args.partition_key
    return [str(row["run_id"]) for row in rows if wanted is None or row["partition_key"] == wanted]
