"""`tradewind info`: what to paste into a bug report."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tradewind.cli.output import show_one
from tradewind.cli.parser import CommandParser, argument, output
from tradewind.cli.session import Session
from tradewind.errors import TradewindError

LIBRARIES = ("sqlalchemy", "fastapi", "pendulum", "jinja2", "duckdb", "psycopg")


def add(parser: CommandParser) -> None:
    """Put the handler on the parser."""
    anonymize = argument("--anonymize", action="store_true", help="leave out names of users and folders")
    parser.handle(print_info, anonymize, output())


def print_info(args: argparse.Namespace, session: Session) -> None:
    """Versions, paths and the state of the database; nothing secret."""
    settings = session.settings
    home = str(Path.home())

    def path(value: object) -> str:
        text = str(value)
        return text.replace(home, "~") if args.anonymize else text

    show_one(
        {
            "tradewind": metadata.version("tradewind"),
            "python": f"{platform.python_version()} ({path(sys.executable)})",
            "system": platform.platform(),
            "cpus": os.cpu_count(),
            "home": path(settings.home),
            "dags_folder": path(settings.dags_folder) + ("" if settings.dags_folder.is_dir() else " (missing)"),
            "log_folder": path(settings.log_folder),
            "database": path(without_password(settings.database_url)),
            "schema": _schema(session),
            "slots": settings.slots,
            **{name: _version(name) for name in LIBRARIES},
        },
        args.output,
    )


def without_password(url: str) -> str:
    """The database URL fit for a screen."""
    parts = urlsplit(url)
    if "@" not in parts.netloc:
        return url
    user, _, host = parts.netloc.rpartition("@")
    hidden = user.partition(":")[0] + (":***" if ":" in user else "")
    return urlunsplit(parts._replace(netloc=f"{hidden}@{host}"))


def _schema(session: Session) -> str:
    if session.settings.database_url.startswith("sqlite") and not session.settings.home.is_dir():
        return "missing"
    try:
        return str(session.raw_store.schema_state())
    except TradewindError as error:
        return f"cannot be read: {error.message}"


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"
