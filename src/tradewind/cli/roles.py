"""`tradewind roles`: roles of one's own, and the DAGs that they are limited to."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from tradewind.cli.ask import confirm
from tradewind.cli.output import show
from tradewind.cli.parser import YES, CommandParser, argument, output
from tradewind.cli.rights import dags_option, parsed, words
from tradewind.cli.session import Session, acting_user


def add(parser: CommandParser) -> None:
    """Put the verbs on the parser."""
    name = argument("name", metavar="NAME", help="the role")
    parser.verb("list", list_roles, "list the roles", output())
    parser.verb(
        "create",
        create_role,
        "make a role that stands on viewer, user, op or admin",
        name,
        argument("-b", "--base", default="viewer", help="what it allows: viewer, user, op or admin (default: viewer)"),
        dags_option("limit it to these DAGs; may be given several times"),
        argument("--description", help="what it is for"),
    )
    parser.verb(
        "set-dags",
        set_dags,
        "limit a role to these DAGs; without --dags to none but those whose files name it",
        name,
        dags_option("a right on DAGs; may be given several times"),
    )
    parser.verb("delete", delete_role, "remove a role that nobody has", name, YES)


def list_roles(args: argparse.Namespace, session: Session) -> None:
    """Roles, what they allow, and for which DAGs."""
    rows = [
        {
            "name": role.name,
            "base": role.base,
            "dags": words(role.grants) if role.dag_limited else "all",
            "description": role.description or "",
        }
        for role in session.store.roles.list()
    ]
    show(rows, args.output)


def create_role(args: argparse.Namespace, session: Session) -> None:
    """Make one."""
    now = datetime.now(UTC)
    session.store.roles.by(acting_user(), now).create(
        args.name,
        args.base,
        dag_limited=bool(args.dags),
        grants=parsed(args.dags or ()),
        description=args.description,
        now=now,
    )
    print(f"Role {args.name} created; it allows what {args.base} does")


def set_dags(args: argparse.Namespace, session: Session) -> None:
    """Replace its rights."""
    roles = session.store.roles.by(acting_user(), datetime.now(UTC))
    made = roles.update(args.name, dag_limited=True, grants=parsed(args.dags or ()))
    print(f"Role {args.name} is limited to: {words(made.grants) or 'the DAGs whose files name it'}")


def delete_role(args: argparse.Namespace, session: Session) -> int:
    """Remove one."""
    session.store.roles.get(args.name)
    if not confirm(f"Remove the role {args.name}?", args.yes):
        return 1
    session.store.roles.by(acting_user(), datetime.now(UTC)).delete(args.name)
    print(f"Role {args.name} removed")
    return 0
