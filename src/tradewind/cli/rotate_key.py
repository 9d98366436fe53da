"""`tradewind rotate-fernet-key`: seal everything that is encrypted with the newest key."""

from __future__ import annotations

import argparse

from tradewind.cli.parser import CommandParser
from tradewind.cli.session import Session


def add(parser: CommandParser) -> None:
    """Put the handler on the parser."""
    parser.handle(rotate)


def rotate(args: argparse.Namespace, session: Session) -> None:
    """Print how many rows were sealed again."""
    done = session.store.rotate_keys()
    told = ", ".join(f"{count} of {name}" for name, count in done.items())
    print(f"Sealed again with the first key: {told}")
    print("Once every process runs with the new key in front, the old ones may be dropped from it.")
