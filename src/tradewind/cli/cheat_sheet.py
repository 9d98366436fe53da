"""`tradewind cheat-sheet`: every command with what it does."""

from __future__ import annotations

import argparse
import importlib

from tradewind.cli.parser import CommandParser
from tradewind.cli.session import Session


def add(parser: CommandParser) -> None:
    """Put the handler on the parser."""
    parser.handle(print_all)


def print_all(args: argparse.Namespace, session: Session) -> None:
    """One line per command."""
    from tradewind.cli import COMMANDS  # which imports this module only when the command is given

    for command, (module, about) in COMMANDS.items():
        made = CommandParser(prog=command, description=about)
        made.command = command
        importlib.import_module(f"tradewind.cli.{module}").add(made)
        lines = made.abouts or {"": about}
        for verb, text in lines.items():
            print(f"tradewind {f'{command} {verb}'.strip():<32} {text}")
        if made.abouts:
            print()
