"""`tradewind db`: the metadata database."""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping
from datetime import UTC, datetime

from tradewind import bootstrap
from tradewind.cli.ask import confirm
from tradewind.cli.db_shell import shell
from tradewind.cli.info import without_password
from tradewind.cli.output import show
from tradewind.cli.parser import YES, CommandParser, argument
from tradewind.cli.session import Session
from tradewind.cli.times import parse_time
from tradewind.errors import InvalidError, SchemaError, StoreError


def add(parser: CommandParser) -> None:
    """Put the verbs on the parser."""
    parser.verb(
        "migrate",
        migrate,
        "create the database, or bring it to this version's schema",
        argument("-r", "--to-revision", metavar="REVISION", help="only the newest revision can be the goal"),
        argument("-n", "--to-version", metavar="VERSION", help="only this version can be the goal"),
        argument("--no-reserialize-dags", action="store_true", help=argparse.SUPPRESS),
        argument("-m", "--use-migration-files", action="store_true", help=argparse.SUPPRESS),
        aliases=("init", "upgrade"),
    )
    parser.verb(
        "check",
        check,
        "check that the database can be reached",
        argument("--retry", type=int, default=0, metavar="N", help="how often to try again (default: 0)"),
        argument(
            "--retry-delay",
            type=float,
            default=1.0,
            metavar="SECONDS",
            help="wait between tries (default: 1)",
        ),
    )
    parser.verb(
        "check-migrations",
        check_migrations,
        "wait until the schema is current",
        argument(
            "-t",
            "--migration-wait-timeout",
            type=float,
            default=60.0,
            metavar="SECONDS",
            help="at most (default: 60)",
        ),
    )
    _add_clean(parser)
    parser.verb("shell", shell, "open the database in its own command line, sqlite3 or psql")
    parser.verb(
        "reset",
        reset,
        "delete everything in the database and create it anew",
        argument("-s", "--skip-init", action="store_true", help="do not create it anew"),
        argument("-m", "--use-migration-files", action="store_true", help=argparse.SUPPRESS),
        YES,
    )
    parser.instead = {
        "downgrade": "restore a backup from before the upgrade: the schema goes forward only",
        "export-archived": "nothing is archived: copy the database before tradewind db clean",
        "drop-archived": "nothing is archived: tradewind db clean deletes for good",
    }


def _add_clean(parser: CommandParser) -> None:
    parser.verb(
        "clean",
        clean,
        "delete old runs and events",
        argument(
            "--clean-before-timestamp",
            required=True,
            metavar="TIME",
            help="what ended before it goes, e.g. 2024-01-31 or 2024-01-31T00:00:00+01:00",
        ),
        argument("-t", "--tables", metavar="NAMES", help="only these tables, separated by commas"),
        argument("--dag-ids", metavar="IDS", help="only these DAGs, separated by commas"),
        argument("--exclude-dag-ids", metavar="IDS", help="all but these DAGs, separated by commas"),
        argument("--dry-run", action="store_true", help="only count"),
        argument("--batch-size", type=int, metavar="N", help="rows per transaction"),
        argument("--skip-archive", action="store_true", help="accepted as in Airflow; nothing is archived"),
        argument("--error-on-cleanup-failure", action="store_true", help=argparse.SUPPRESS),  # it always is one
        YES,
    )


def migrate(args: argparse.Namespace, session: Session) -> None:
    """Create or upgrade; a newer schema is refused."""
    for option in ("to_revision", "to_version"):
        if getattr(args, option) not in (None, "head", "heads"):
            raise InvalidError(
                f"--{option.replace('_', '-')} is not supported: the schema goes to the newest revision only",
                fix="leave the option out; to go back, restore a backup",
            )
    bootstrap.ensure_home(session.settings)
    applied = session.raw_store.migrate()
    name = without_password(session.settings.database_url)
    print(f"{name}: {'applied ' + ', '.join(applied) if applied else 'the schema is current'}")


def check(args: argparse.Namespace, session: Session) -> None:
    """Reach the database, whatever its schema."""
    for left in range(args.retry, -1, -1):
        try:
            state = session.raw_store.schema_state()
            break
        except StoreError:
            if not left:
                raise
            time.sleep(args.retry_delay)
    print(f"{without_password(session.settings.database_url)} can be reached; its schema is {state}")


def check_migrations(args: argparse.Namespace, session: Session) -> None:
    """Wait for another process that migrates; raises SchemaError or StoreError when the time is up."""
    deadline = time.monotonic() + args.migration_wait_timeout
    while True:
        try:
            session.raw_store.check()
            break
        except (SchemaError, StoreError):
            if time.monotonic() >= deadline or session.raw_store.schema_state() == "newer":
                raise
            time.sleep(min(1.0, max(0.0, deadline - time.monotonic())))
    print("the schema is current")


def clean(args: argparse.Namespace, session: Session) -> int:
    """Delete what ended before a time."""
    for option in ("dag_ids", "exclude_dag_ids"):
        if getattr(args, option):
            raise InvalidError(
                f"--{option.replace('_', '-')} is not supported: history is deleted for all DAGs alike",
                fix="leave it out, or delete one DAG's history with: tradewind dags delete <dag_id>",
            )
    before = parse_time(args.clean_before_timestamp)
    if before > datetime.now(UTC):
        raise InvalidError(f"{before.isoformat()} lies in the future", fix="give a time that has passed")
    tables = [name.strip() for name in args.tables.split(",") if name.strip()] if args.tables else None
    store = session.store
    found = store.clean(before, tables, dry_run=True)
    if args.dry_run or not any(found.values()):
        _show_counts(found)
        return 0
    if not args.yes:
        _show_counts(found)
    if not confirm(f"Delete these rows, of what ended before {before.isoformat()}?", args.yes):
        return 1
    batch = {} if args.batch_size is None else {"batch": args.batch_size}
    _show_counts(store.clean(before, tables, **batch))
    return 0


def _show_counts(counts: Mapping[str, int]) -> None:
    show([{"table": name, "rows": count} for name, count in counts.items()], "plain")


def reset(args: argparse.Namespace, session: Session) -> int:
    """Delete all tables of Tradewind, and make them anew."""
    name = without_password(session.settings.database_url)
    session.raw_store.schema_state()
    if not confirm(f"Delete all DAG runs, Variables, Connections and users in {name}?", args.yes):
        return 1
    session.raw_store.reset()
    if args.skip_init:
        print(f"{name}: emptied")
        return 0
    session.raw_store.migrate()
    print(f"{name}: emptied and created anew")
    return 0
