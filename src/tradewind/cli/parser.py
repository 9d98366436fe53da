"""What the noun modules build their arguments with.  Imports nothing but argparse and difflib."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NoReturn

Handler = Callable[[argparse.Namespace, Any], int | None]
"""Takes the arguments and the `Session`; returns the exit status, None for success."""
Option = Callable[[argparse.ArgumentParser], object]
"""Puts one argument on a parser; the values of this type below are the arguments that many commands
share."""

OUTPUTS = ("table", "json", "yaml", "plain")


class CommandParser(argparse.ArgumentParser):
    """A parser whose verbs are suggested when one is misspelt."""

    command = ""
    """The command this parser was made for; modules that serve several look at it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._subparsers_action: Any = None
        self._verbs: dict[str, CommandParser] = {}
        self.abouts: dict[str, str] = {}
        """Verb -> what it does."""
        self.instead: dict[str, str] = {}
        """Verbs of Airflow that mean nothing here -> what to do instead, as one sentence."""

    def verb(
        self, name: str, handler: Handler, about: str, *options: Option, aliases: Sequence[str] = ()
    ) -> CommandParser:
        """Add a verb with its handler and arguments; returns its parser, for arguments of its own."""
        if self._subparsers_action is None:
            self._subparsers_action = self.add_subparsers(metavar="<verb>", title="verbs")
        made: CommandParser = self._subparsers_action.add_parser(name, help=about, description=about, aliases=aliases)
        made.handle(handler, *options)
        self.abouts[name] = about
        for word in (name, *aliases):
            self._verbs[word] = made
        return made

    def handle(self, handler: Handler, *options: Option) -> None:
        """Make this parser itself call `handler`."""
        for option in options:
            option(self)
        self.add_argument("--home", metavar="PATH", help="folder of all that Tradewind writes (default: ~/.tradewind)")
        self.add_argument("-v", "--verbose", action="store_true", help="log more, and show tracebacks of errors")
        self.set_defaults(handler=handler)

    @property
    def verbs(self) -> tuple[str, ...]:
        """Names and aliases of the verbs; empty for a command without."""
        return tuple(self._verbs)

    def parse(self, arguments: Sequence[str]) -> argparse.Namespace:
        """Parse; ends the process with a usage message when that fails."""
        if self._verbs:
            if not arguments:
                self.print_help(sys.stderr)
                self.exit(2)
            if arguments[0] in self.instead:
                print(f"error: {self.prog} has no verb {arguments[0]!r}", file=sys.stderr)
                print(f"  fix: {self.instead[arguments[0]]}", file=sys.stderr)
                raise SystemExit(2)
            if arguments[0] not in self._verbs and not arguments[0].startswith("-"):
                self._fail(f"{self.prog} has no verb {arguments[0]!r}{near(arguments[0], self._verbs)}")
        return self.parse_args(arguments)

    def error(self, message: str) -> NoReturn:
        """Report wrong usage and end with status 2."""
        self._fail(f"{self.prog}: {message}")

    def _fail(self, message: str) -> NoReturn:
        print(f"error: {message}\n  fix: {self.prog} --help shows what it takes", file=sys.stderr)
        raise SystemExit(2)


def near(word: str, words: Iterable[str]) -> str:
    """`; did you mean a or b?` for the words that look like `word`, or a full stop."""
    found = difflib.get_close_matches(word, sorted(set(words)), n=3, cutoff=0.6)
    return f"; did you mean {' or '.join(map(repr, found))}?" if found else "."


def argument(*names: str, **options: Any) -> Option:
    """An argument as argparse's `add_argument` takes it."""
    return lambda parser: parser.add_argument(*names, **options)


def output(default: str = "table") -> Option:
    """-o/--output."""
    return argument("-o", "--output", choices=OUTPUTS, default=default, help=f"how to print (default: {default})")


SUBDIR = argument("-S", "--subdir", metavar="PATH", help="a DAG file or folder to read instead of the DAG folder")
BUNDLE = argument("-B", "--bundle-name", action="append", metavar="NAME", help="only DAGs of this bundle")
NOT_DEPENDENTS = argument(
    "-x",
    "--exclude-dependents",
    "--exclude-subdags",
    action="store_true",
    help="not what an ExternalTaskMarker among them stands for in other DAGs",
)
YES = argument("-y", "--yes", action="store_true", help="do not ask")
DAG_ID = argument("dag_id", help="id of the DAG")
TASK_ID = argument("task_id", help="id of the task")
RUN = argument("logical_date_or_run_id", metavar="logical_date|run_id", help="which run")
MAP_INDEX = argument("--map-index", type=int, default=-1, metavar="N", help="index of a mapped task instance")
