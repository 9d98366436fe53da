"""`tradewind jobs`: whether the scheduler and the other parts live.  For health checks of containers."""

from __future__ import annotations

import argparse
import socket
from datetime import UTC, datetime, timedelta
from typing import Any

from tradewind.cli.parser import CommandParser, argument
from tradewind.cli.session import Session
from tradewind.errors import InvalidError, NotFoundError

KINDS = {"SchedulerJob": "scheduler", "TriggererJob": "triggerer", "DagProcessorJob": "dag_processor"}
"""Airflow's name of a job -> the kind of the process."""
_NAMES = {kind: name for name, kind in KINDS.items()}


def add(parser: CommandParser) -> None:
    """Put the verbs on the parser."""
    parser.verb(
        "check",
        check,
        "end with status 1 unless a process of Tradewind is alive",
        argument("--job-type", choices=tuple(KINDS), help="only processes of this type"),
        argument("--hostname", metavar="NAME", help="only on this host"),
        argument("--local", action="store_true", help="only on this host"),
        argument("--limit", type=int, default=1, metavar="N", help="look at this many, 0 for all (default: 1)"),
        argument("--allow-multiple", action="store_true", help="several may be alive; give --limit too"),
    )


def check(args: argparse.Namespace, session: Session) -> None:
    """Print the living ones; raises NotFoundError when there is none."""
    if args.hostname and args.local:
        raise InvalidError("--hostname and --local say the same", fix="give one of them")
    if args.allow_multiple and args.limit == 1:
        raise InvalidError("--allow-multiple needs --limit", fix="add --limit 0 for all, or the number that you expect")
    host = socket.gethostname() if args.local else args.hostname
    found = rows(session, KINDS[args.job_type] if args.job_type else None, host, alive=True, limit=args.limit or 100)
    if not found:
        what = f"No alive {args.job_type or 'job'}" + (f" on {host}" if host else "")
        raise NotFoundError(what, fix="start it: tradewind standalone, or the single parts (tradewind --help)")
    if len(found) > 1 and not args.allow_multiple:
        raise InvalidError(f"{len(found)} jobs are alive", fix="add --allow-multiple when that is meant")
    print("Found one alive job." if len(found) == 1 else f"Found {len(found)} alive jobs.")


def rows(
    session: Session,
    kind: str | None = None,
    hostname: str | None = None,
    *,
    alive: bool | None = None,
    state: str | None = None,
    limit: int = 100,
) -> list[dict[str, Any]]:
    """Processes with their state in Airflow's words, newest first."""
    from tradewind.store.reads import Page, WorkerFilter  # imported here: loads the database libraries

    since = datetime.now(UTC) - timedelta(seconds=session.settings.lease_ttl)
    kinds = (kind,) if kind else tuple(_NAMES)
    which = WorkerFilter(kinds=kinds, hostname=hostname, alive=alive, alive_since=since)
    page = Page(limit=limit if state is None else 10_000, order_by=("-start_date",))
    made = []
    for row in session.store.reads.workers.page(which, page).items:
        lives = row["ended_at"] is None and row["heartbeat_at"] >= since
        now = "success" if row["ended_at"] is not None else "running" if lives else "failed"
        if state in (None, now):
            made.append({**row, "state": now, "job_type": _NAMES[row["kind"]]})
    return made[:limit]
