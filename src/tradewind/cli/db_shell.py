"""`tradewind db shell`: the database's own command line on the metadata database."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tradewind.cli.session import Session
from tradewind.errors import InvalidError, NotFoundError


def shell(args: argparse.Namespace, session: Session) -> int:
    """Run `sqlite3` or `psql`; returns its exit status.

    Raises NotFoundError when the program is not installed, and when there is no database yet.
    """
    command, environ = program(session.settings.database_url)
    if session.no_database_yet:
        raise NotFoundError("there is no database yet", fix="tradewind db migrate creates it")
    found = shutil.which(command[0])
    if found is None:
        raise NotFoundError(f"the program {command[0]} is not installed", fix=f"install it, then run {command[0]}")
    sys.stdout.flush()
    return subprocess.run([found, *command[1:]], env={**os.environ, **environ}, check=False).returncode  # noqa: S603


def program(url: str) -> tuple[list[str], dict[str, str]]:
    """The command for a database URL, and environment variables with what must not stand in a list of processes."""
    parts = urlsplit(url)
    kind = parts.scheme.partition("+")[0]
    if kind == "sqlite":
        return ["sqlite3", str(Path(unquote(parts.path.removeprefix("/"))))], {}
    if kind not in ("postgresql", "postgres"):
        raise InvalidError(f"there is no shell for a database of the kind {kind!r}", fix="use the database's own tools")
    given = {
        "PGHOST": parts.hostname,
        "PGPORT": parts.port,
        "PGUSER": unquote(parts.username) if parts.username else None,
        "PGPASSWORD": unquote(parts.password) if parts.password else None,
        "PGDATABASE": unquote(parts.path.removeprefix("/")),
    }
    return ["psql"], {name: str(value) for name, value in given.items() if value}
