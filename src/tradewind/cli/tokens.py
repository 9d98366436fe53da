"""`tradewind tokens`: tokens of machines for the API."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, timedelta

from tradewind.cli.output import show
from tradewind.cli.parser import CommandParser, argument, output
from tradewind.cli.rights import dags_option, parsed, words
from tradewind.cli.session import Session, acting_user
from tradewind.errors import InvalidError


def add(parser: CommandParser) -> None:
    """Put the verbs on the parser."""
    parser.verb("list", list_tokens, "list the tokens", output())
    parser.verb(
        "create",
        create_token,
        "make a token and print it: it is not shown again",
        argument("name", metavar="NAME", help="what it is for"),
        argument("-u", "--username", required=True, metavar="NAME", help="whose rights it has, at most"),
        argument("-s", "--scope", default="read", help="read, run, operate or admin (default: read)"),
        argument("--days", type=int, metavar="N", help="days that it is valid (default: until it is revoked)"),
        dags_option("limit it to these DAGs; may be given several times"),
    )
    parser.verb("revoke", revoke_token, "end a token", argument("id", metavar="ID", help="as the list tells it"))


def list_tokens(args: argparse.Namespace, session: Session) -> None:
    """All tokens, without themselves."""
    rows = [
        {
            "id": token.id,
            "name": token.name,
            "username": token.username,
            "scope": token.scope,
            "dags": words(token.grants) if token.dag_limited else "all",
            "expires_at": token.expires_at,
            "last_used_at": token.last_used_at,
            "revoked_at": token.revoked_at,
        }
        for token in session.store.api_tokens.list()
    ]
    show(rows, args.output)


def create_token(args: argparse.Namespace, session: Session) -> None:
    """Make one; prints it alone on the output, for scripts."""
    if args.days is not None and not 0 < args.days <= 36500:
        raise InvalidError(f"a token cannot be valid for {args.days} days", fix="use 1 to 36500")
    now = datetime.now(UTC)
    secret, _ = session.store.api_tokens.by(acting_user(), now).create(
        args.name,
        args.username,
        args.scope,
        now=now,
        by=acting_user(),
        expires_at=None if args.days is None else now + timedelta(days=args.days),
        grants=parsed(args.dags) if args.dags else None,
    )
    print(secret)


def revoke_token(args: argparse.Namespace, session: Session) -> None:
    """End one."""
    now = datetime.now(UTC)
    token = session.store.api_tokens.by(acting_user(), now).revoke(args.id, now)
    print(f"Token {token.name} of {token.username} is revoked")
