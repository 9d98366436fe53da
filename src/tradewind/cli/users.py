"""`tradewind users`: who may log in to the API and the web UI."""

from __future__ import annotations

import argparse
import getpass
import secrets
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tradewind.cli.ask import confirm
from tradewind.cli.output import show
from tradewind.cli.parser import YES, CommandParser, argument, output
from tradewind.cli.rights import dags_option, parsed, words
from tradewind.cli.session import Session, acting_user
from tradewind.errors import InvalidError

if TYPE_CHECKING:
    from tradewind.store.users import Users

ROLES = {"viewer": "viewer", "public": "viewer", "user": "user", "op": "op", "admin": "admin"}
"""Names of roles, also Airflow's -> role."""
RANKS = tuple(dict.fromkeys(ROLES.values()))
"""Roles, from the least to the most rights."""


def add(parser: CommandParser) -> None:
    """Put the verbs on the parser."""
    name = argument("-u", "--username", required=True, metavar="NAME")
    password = argument("-p", "--password", help="asked for, or made and printed when the input is no terminal")
    parser.verb("list", list_users, "list the users", output())
    create = parser.verb(
        "create",
        create_user,
        "add a user",
        name,
        password,
        argument("-r", "--role", default="viewer", help="admin, op, user or viewer (default: viewer)"),
        argument("--use-random-password", action="store_true", help="make a password and print it"),
        dags_option("limit the user to these DAGs; may be given several times"),
    )
    for option, dest in (("-e", "--email"), ("-f", "--firstname"), ("-l", "--lastname")):
        create.add_argument(option, dest, help="accepted as in Airflow and not kept")
    parser.verb(
        "reset-password",
        reset_password,
        "give a user a new password",
        argument("-u", "--username", default="admin", metavar="NAME", help="which user (default: admin)"),
        password,
        argument("--use-random-password", action="store_true", help="make a password and print it"),
    )
    role = argument("-r", "--role", required=True, help="admin, op, user or viewer")
    parser.verb("add-role", add_role, "give a user the rights of a role", name, role)
    parser.verb("remove-role", remove_role, "take the rights of a role from a user, who stays a viewer", name, role)
    parser.verb(
        "set-dags",
        set_dags,
        "limit a user to these DAGs",
        name,
        dags_option("a right on DAGs: dag:<id>=read, pattern:<glob>=run, tag:<name>=read; may be given several times"),
        argument("--all", action="store_true", help="all DAGs: no limit"),
    )
    parser.verb("delete", delete_user, "remove a user", name, YES)


def _of(session: Session) -> Users:
    return session.store.users.by(acting_user(), datetime.now(UTC))


def set_dags(args: argparse.Namespace, session: Session) -> None:
    """Replace the rights of one."""
    _of(session).update(args.username, dag_limited=not args.all, grants=parsed(args.dags or ()))
    print(
        f"User {args.username} deals with " + ("all DAGs" if args.all else words(parsed(args.dags or ())) or "no DAGs")
    )


def list_users(args: argparse.Namespace, session: Session) -> None:
    """Names and roles."""
    users = session.store.users.list()
    show(
        [{"username": user.username, "roles": user.role, "created_at": user.created_at} for user in users],
        args.output,
    )


def create_user(args: argparse.Namespace, session: Session) -> None:
    """Add one; prints a password that was made."""
    password, made = _password(args)
    role = ROLES.get(args.role.lower(), args.role)
    _of(session).create(
        args.username,
        password,
        role,
        now=datetime.now(UTC),
        dag_limited=bool(args.dags),
        grants=parsed(args.dags or ()),
    )
    print(f"User {args.username} created with role {role}" + (f"; password: {password}" if made else ""))


def reset_password(args: argparse.Namespace, session: Session) -> None:
    """Replace the password; prints one that was made."""
    session.store.users.get(args.username)
    password, made = _password(args)
    _of(session).set_password(args.username, password, datetime.now(UTC))
    print(f"Password of {args.username} changed" + (f"; it is now: {password}" if made else ""))


def add_role(args: argparse.Namespace, session: Session) -> None:
    """Raise a user to a role.  A user has one, with the rights of all below it."""
    users, role = _of(session), ROLES.get(args.role.lower(), args.role)
    has = users.get(args.username).role
    if role in RANKS and has in RANKS and RANKS.index(role) <= RANKS.index(has):
        print(f"User {args.username} has the role {has} already" + ("" if role == has else f", which includes {role}"))
        return
    users.set_role(args.username, role)
    print(f"User {args.username} has the role {role} now; it was {has}")


def remove_role(args: argparse.Namespace, session: Session) -> None:
    """Leave a user with the least rights."""
    users, role = _of(session), ROLES.get(args.role.lower(), args.role)
    has, least = users.get(args.username).role, RANKS[0]
    if role != has:
        raise InvalidError(f"user {args.username} does not have the role {role}", fix=f"name the one it has: {has}")
    if role == least:
        raise InvalidError(
            f"{least} is the least that a user has", fix=f"remove the user: tradewind users delete -u {args.username}"
        )
    users.set_role(args.username, least)
    print(f"User {args.username} has the role {least} now; it was {has}")


def delete_user(args: argparse.Namespace, session: Session) -> int:
    """Remove one."""
    session.store.users.get(args.username)
    if not confirm(f"Remove the user {args.username}?", args.yes):
        return 1
    _of(session).delete(args.username)
    print(f"User {args.username} removed")
    return 0


def new_password() -> str:
    """A password that can be read out: letters and digits, about 95 bits."""
    alphabet = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    return "".join(secrets.choice(alphabet) for _ in range(16))


def _password(args: argparse.Namespace) -> tuple[str, bool]:
    """The password, and whether it was made here."""
    if args.password is not None:
        return args.password, False
    if args.use_random_password or not sys.stdin.isatty():
        return new_password(), True
    first = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != first:
        raise InvalidError("the two passwords are not the same", fix="type the same password twice")
    return first, False
