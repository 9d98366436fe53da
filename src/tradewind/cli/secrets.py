"""`tradewind secrets`: of what something is kept in order to be hidden, and how it is shown again.

None of it is ever printed.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from tradewind.cli.output import show
from tradewind.cli.parser import CommandParser, argument, output
from tradewind.cli.session import Session, acting_user
from tradewind.errors import InvalidError
from tradewind.store.kept_secrets import Origin


def add(parser: CommandParser) -> None:
    """Put the verbs on the parser."""
    parser.verb("list", list_secrets, "say of what former secrets are kept in order to be hidden", output())
    parser.verb(
        "forget",
        forget,
        "forget former secrets, which are shown again where they were written",
        argument("--connection", metavar="ID", help="those of this Connection"),
        argument("--variable", metavar="KEY", help="those of this Variable"),
        argument("--tasks", action="store_true", help="those that tasks told of"),
    )


def list_secrets(args: argparse.Namespace, session: Session) -> None:
    """How many there are of each Connection, each Variable and all tasks."""
    rows = [
        {"of": origin, "name": subject, "kept": count, "newest": newest}
        for origin, subject, count, newest in session.store.kept_secrets.counts()
    ]
    show(rows, args.output)


def forget(args: argparse.Namespace, session: Session) -> None:
    """Forget those of one Connection, one Variable or all tasks."""
    wanted: list[tuple[Origin, str | None]] = []
    if args.connection is not None:
        wanted.append(("connection", args.connection))
    if args.variable is not None:
        wanted.append(("variable", args.variable))
    if args.tasks:
        wanted.append(("task", None))
    if len(wanted) != 1:
        raise InvalidError(f"{len(wanted)} of --connection, --variable and --tasks were given", fix="give one of them")
    [(origin, subject)] = wanted
    gone = session.store.kept_secrets.by(acting_user(), datetime.now(UTC)).forget(origin, subject)
    print(f"{gone} forgotten")
