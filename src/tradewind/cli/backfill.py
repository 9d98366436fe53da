"""`tradewind backfill`: run a DAG for dates that have passed."""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from tradewind.cli.ask import confirm_runs
from tradewind.cli.given import read_lines, read_object
from tradewind.cli.output import show, show_one
from tradewind.cli.parser import YES, CommandParser, argument, output
from tradewind.cli.session import Row, Session, acting_user
from tradewind.cli.times import parse_time
from tradewind.core.backfill import Action, Pick, Planned, Reprocess, TaskChoice, date_of
from tradewind.core.estimate import Estimate, describe

if TYPE_CHECKING:
    from tradewind.store.backfills import Plan, Wanted

LISTED = 1000
"""Most dates that a dry run prints one by one."""
MOST_LISTED = 10_000
_COLUMNS = ("id", "dag_id", "state", "from_date", "to_date", "progress", "max_active_runs", "reason")
_ID = argument("backfill_id", type=int, metavar="id", help="number of the backfill")


def add(parser: CommandParser) -> None:
    """Put the verbs on the parser."""
    _add_create(parser)
    parser.verb(
        "list",
        list_backfills,
        "list backfills, newest first",
        argument("--dag-id", metavar="ID", help="only those of this DAG"),
        argument("--active", action="store_true", help="only those that are not over"),
        argument("--limit", type=int, default=100, metavar="N", help="at most (default: 100)"),
        output(),
    )
    parser.verb(
        "show",
        show_backfill,
        "show how far a backfill is",
        _ID,
        argument("--runs", action="store_true", help="what became of each date, and why"),
        argument("--limit", type=int, default=LISTED, metavar="N", help=f"so many dates (default: {LISTED})"),
        output(),
    )
    parser.verb("pause", pause, "start no more of its runs; those that run go on", _ID, output())
    parser.verb("unpause", unpause, "let a paused backfill go on", _ID, output(), aliases=("resume",))
    parser.verb("cancel", cancel, "end it: queued runs fail, running ones go on to their end", _ID, output())
    parser.verb(
        "retry",
        retry,
        "let its failed runs run again, also when it is over",
        _ID,
        argument("--dry-run", action="store_true", help="only say what would run again"),
        output(),
    )
    parser.verb(
        "update",
        update,
        "change how it goes on",
        _ID,
        argument("--max-active-runs", type=int, metavar="N", help="runs at once"),
        argument("--stop-after", type=int, metavar="K", help="pause when K runs have failed"),
        output(),
    )


def _add_create(parser: CommandParser) -> None:
    parser.verb(
        "create",
        create,
        "make the runs of a DAG for a range or a list of past dates, or for partition keys",
        argument("--dag-id", required=True, metavar="ID", help="id of the DAG"),
        argument("--from-date", metavar="TIME", help="earliest logical date"),
        argument("--to-date", metavar="TIME", help="latest logical date, included"),
        argument(
            "--date",
            action="append",
            metavar="DAY|TIME",
            help="instead of a range: a logical date, or a day for all its runs; may be repeated",
        ),
        argument(
            "--partition-key",
            action="append",
            metavar="KEY",
            help="instead of dates: a partition, of a DAG that runs by them; may be repeated",
        ),
        argument("--partition-keys-file", metavar="FILE", help="the same, one in a line; - reads standard input"),
        argument("--dag-run-conf", metavar="JSON", help="params and configuration of the runs, a JSON object"),
        argument("--run-backwards", action="store_true", help="the newest date first"),
        argument("--max-active-runs", type=int, default=10, metavar="N", help="runs at once (default: 10)"),
        argument(
            "--reprocess-behavior",
            choices=[word.value for word in Reprocess],
            default=Reprocess.NONE.value,
            help="which existing runs run again: none, the failed ones, or all that ended (default: none)",
        ),
        argument(
            "--only",
            action="append",
            choices=[pick.value for pick in Pick],
            help="instead of --reprocess-behavior: exactly these dates; may be repeated",
        ),
        argument("-t", "--task", action="append", metavar="ID", help="run only this task; may be repeated"),
        argument("--task-regex", metavar="REGEX", help="run only tasks in whose id this is found"),
        argument("--upstream", action="store_true", help="and all tasks above the chosen ones"),
        argument("--downstream", action="store_true", help="and all tasks below the chosen ones"),
        argument("--stop-after", type=int, metavar="K", help="pause when K runs have failed"),
        argument("--run-on-latest-version", action="store_true", help="runs that run again use the newest DAG version"),
        argument("--paused", action="store_true", help="save it, and start it later with: backfill resume"),
        argument("--dry-run", action="store_true", help="only show what it would do, and how long it would take"),
        YES,
        output(),
    )


def create(args: argparse.Namespace, session: Session) -> int:
    """Save a backfill; the scheduler makes its runs."""
    from tradewind.store.backfills import Wanted  # imported here: loads the database libraries

    choice = None
    if args.task or args.task_regex:
        choice = TaskChoice(tuple(args.task or ()), args.task_regex, args.upstream, args.downstream)
    wanted = Wanted(
        dag_id=args.dag_id,
        from_date=parse_time(args.from_date) if args.from_date else None,
        to_date=parse_time(args.to_date) if args.to_date else None,
        dates=[_day_or_time(text) for text in args.date] if args.date else None,
        partition_keys=_keys(args),
        run_backwards=args.run_backwards,
        reprocess_behavior=Reprocess(args.reprocess_behavior),
        only=[Pick(word) for word in args.only] if args.only else None,
        tasks=choice,
        conf=read_object("--dag-run-conf", args.dag_run_conf) if args.dag_run_conf else None,
        max_active_runs=args.max_active_runs,
        stop_after=args.stop_after,
        run_on_latest_version=args.run_on_latest_version,
        paused=args.paused,
        reason="made paused" if args.paused else None,
    )
    return save(wanted, session, dry_run=args.dry_run, yes=args.yes, form=args.output)


def save(wanted: Wanted, session: Session, *, dry_run: bool, yes: bool, form: str) -> int:
    """Show what a backfill would do, or make it; also for the command of Airflow 2, `dags backfill`."""
    backfills = session.store.backfills
    plan = backfills.plan(wanted, most=MOST_LISTED if form in ("json", "yaml") else LISTED)
    if dry_run:
        show([_planned_row(item) for item in plan.items], form)
        _say(plan, wanted)
        return 0
    runs = plan.counts[Action.CREATE] + plan.counts[Action.RERUN]
    _say(plan, wanted)
    if not confirm_runs("Go on?", runs, yes):
        return 1
    made = backfills.create(wanted, user=acting_user())
    _show(backfills.get(made), form)
    if plan.paused:
        print(f"{wanted.dag_id} is paused: the runs wait until tradewind dags unpause {wanted.dag_id}", file=sys.stderr)
    return 0


def list_backfills(args: argparse.Namespace, session: Session) -> None:
    """All backfills, or those of a DAG."""
    from tradewind.store.reads import Page  # as above

    page = Page(limit=max(1, args.limit), order_by=("-id",), cursor="")
    found = session.store.backfills.page(page, args.dag_id, active=True if args.active else None)
    show([_row(row) for row in found.items], args.output, columns=_COLUMNS)


def show_backfill(args: argparse.Namespace, session: Session) -> None:
    """One backfill, or its dates."""
    from tradewind.store.reads import Page  # as above

    if not args.runs:
        _show(session.store.backfills.get(args.backfill_id), args.output)
        return
    found = session.store.backfills.runs(args.backfill_id, Page(limit=max(1, args.limit), cursor=""))
    rows = [
        {
            "logical_date": row["logical_date"],
            **_key_of(row["partition_key"]),
            "action": row["action"],
            "reason": row["reason"],
            "run_id": row["run_id"],
            "state": row["state"],
        }
        for row in found.items
    ]
    show(rows, args.output)


def pause(args: argparse.Namespace, session: Session) -> None:
    """Hold it."""
    session.store.backfills.pause(args.backfill_id, user=acting_user())
    _show(session.store.backfills.get(args.backfill_id), args.output)


def unpause(args: argparse.Namespace, session: Session) -> None:
    """Let it go on."""
    session.store.backfills.unpause(args.backfill_id, user=acting_user())
    _show(session.store.backfills.get(args.backfill_id), args.output)


def cancel(args: argparse.Namespace, session: Session) -> None:
    """End it."""
    session.store.backfills.cancel(args.backfill_id, user=acting_user())
    _show(session.store.backfills.get(args.backfill_id), args.output)


def retry(args: argparse.Namespace, session: Session) -> None:
    """Run the failed ones again, or say what that would be."""
    if args.dry_run:
        print(session.store.backfills.preview_retry(args.backfill_id).sentence)
        return
    count = session.store.backfills.retry(args.backfill_id, user=acting_user())
    print(f"{count} failed run{'' if count == 1 else 's'} will run again", file=sys.stderr)
    _show(session.store.backfills.get(args.backfill_id), args.output)


def update(args: argparse.Namespace, session: Session) -> None:
    """Change its limits."""
    session.store.backfills.change(
        args.backfill_id, max_active_runs=args.max_active_runs, stop_after=args.stop_after, user=acting_user()
    )
    _show(session.store.backfills.get(args.backfill_id), args.output)


# --- shown ------------------------------------------------------------------------------------------------------------


def _day_or_time(text: str) -> date | datetime:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return parse_time(text)


def _planned_row(item: Planned) -> dict[str, Any]:
    key = _key_of(item.run.partition_key)
    return {"logical_date": date_of(item.run), **key, "action": item.action.value, "reason": item.reason}


def _key_of(key: str | None) -> dict[str, Any]:
    return {} if key is None else {"partition_key": key}


def _keys(args: argparse.Namespace) -> list[str] | None:
    """The partition keys that were given; None for none.  Raises InvalidError for a file that cannot be read."""
    if args.partition_key is None and args.partition_keys_file is None:
        return None
    lines = read_lines(args.partition_keys_file) if args.partition_keys_file is not None else []
    return [*(args.partition_key or ()), *lines]


def _sentence(plan: Plan, wanted: Wanted) -> str:
    create, rerun, skip = (plan.counts[action] for action in Action)
    about = "" if plan.exact else "about "
    span = f" from {plan.first.isoformat()} to {plan.last.isoformat()}" if plan.first and plan.last else ""
    if wanted.partition_keys is not None:
        span = ""  # most keys stand for no date
    made = [f"makes {about}{_counted(create, 'new run')}"] if create or not rerun else []
    if rerun:
        made.append(f"lets {rerun:,} run again" if create else f"lets {_counted(rerun, 'run')} run again")
    skipped = f"; it skips {skip:,}" if skip else ""
    return f"This {' and '.join(made)}{span}{skipped}."


def _counted(number: int, one: str) -> str:
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def _say(plan: Plan, wanted: Wanted) -> None:
    """For people, beside the output that programs read."""
    print(_sentence(plan, wanted), file=sys.stderr)
    if wanted.tasks is not None:
        print(f"Only the tasks {', '.join(plan.tasks)}.", file=sys.stderr)
    print(time_needed(plan.estimate), file=sys.stderr)


def time_needed(found: Estimate) -> str:
    """An estimate as a sentence."""
    if found.seconds is None or found.low is None or found.high is None:
        return f"How long it takes is not known: {found.basis}."
    low, about, high = (describe(seconds) for seconds in (found.low, found.seconds, found.high))
    about = about if about.startswith("less") else f"about {about}"
    span = "" if low == high else f" ({low} to {high})"
    return f"It takes {about}{span}; confidence: {found.confidence}, from {found.basis}."


def _state(row: Row) -> str:
    if row["completed_at"] is not None:
        return "cancelled" if row["reason"] == "cancelled" else "completed"
    return "paused" if row["paused"] else "running"


def _row(row: Row) -> dict[str, Any]:
    expected = row["expected"]
    return {
        "id": row["id"],
        "dag_id": row["dag_id"],
        "state": _state(row),
        "from_date": row["from_date"],
        "to_date": row["to_date"],
        "progress": f"{row['planned']} of {expected}" if expected is not None else str(row["planned"]),
        "run_backwards": row["run_backwards"],
        "reprocess_behavior": row["reprocess_behavior"],
        "partition_keys": row["partition_keys"],
        "only": row["selection"],
        "max_active_runs": row["max_active_runs"],
        "stop_after": row["stop_after"],
        "is_paused": row["paused"],
        "tasks": row["tasks"],
        "dag_run_conf": row["conf"],
        "created_at": row["created_at"],
        "created_by": row["created_by"],
        "completed_at": row["completed_at"],
        "reason": row["reason"],
    }


def _show(row: Row, form: str) -> None:
    counts = {"runs": row["runs"], "skipped": row["skipped"]}
    show_one({**_row(row), **counts}, form)
