"""How rights on DAGs are written on the command line: `dag:<id>=read`, `pattern:sales_*=run`, `tag:finance=read`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tradewind.cli.parser import Option, argument
from tradewind.errors import InvalidError

if TYPE_CHECKING:
    from tradewind.store.rights import Grant


def dags_option(about: str) -> Option:
    """`--dags`, as often as wanted."""
    return argument("--dags", action="append", metavar="KIND:VALUE=MAY", help=about)


def parsed(texts: Iterable[str]) -> list[Grant]:
    """The rights.  Raises InvalidError."""
    from tradewind.store.rights import Grant  # start-up time

    found = []
    for text in texts:
        kind, colon, rest = text.partition(":")
        value, sign, may = rest.rpartition("=")
        if not colon or not sign or not value:
            raise InvalidError(
                f"{text!r} is no right on DAGs", fix="write it as dag:<id>=read, pattern:<glob>=run or tag:<name>=read"
            )
        found.append(Grant(kind, value, may))
    return found


def words(grants: Iterable[Grant]) -> str:
    """In one cell of a table."""
    return ", ".join(f"{each.kind}:{each.value}={each.may}" for each in grants)
