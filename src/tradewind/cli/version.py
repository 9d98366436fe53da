"""`tradewind version`: costs nothing but the start of Python."""

from __future__ import annotations

import argparse
from importlib import metadata

from tradewind.cli.parser import CommandParser
from tradewind.cli.session import Session


def add(parser: CommandParser) -> None:
    """Put the handler on the parser."""
    parser.handle(print_version)


def print_version(args: argparse.Namespace, session: Session) -> None:
    """The version alone, for scripts."""
    print(metadata.version("tradewind"))
