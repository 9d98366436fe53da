"""`tradewind standalone`: scheduler, workers, DAG processor, triggerer and API server in one terminal."""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import socket
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from tradewind import bootstrap
from tradewind.cli import bodies
from tradewind.cli.parser import CommandParser, argument
from tradewind.cli.services import DAGS_FOLDER, EXTRA, HOST, NO_AUTH, PORT, STOP_WITHIN, url
from tradewind.cli.session import Session
from tradewind.cli.users import new_password
from tradewind.errors import SettingsError
from tradewind.services.process import listen
from tradewind.services.standalone import Part, Supervisor
from tradewind.settings import Settings
from tradewind.store import Store

ADMIN = "admin"
_PATIENCE = 5.0
"""Seconds that the port of a predecessor that was killed may take to become free."""


def add(parser: CommandParser) -> None:
    """Put arguments and handler on the parser."""
    slots = argument("--slots", metavar="N", help="how many tasks run at once")
    parser.handle(run, PORT, HOST, DAGS_FOLDER, NO_AUTH, slots)


@dataclass(frozen=True, slots=True)
class Start:
    """What the banner tells."""

    settings: Settings
    url: str
    password: str | None
    """Of the administrator, when it was made just now."""


def run(args: argparse.Namespace, session: Session) -> int:
    """Check everything that can go wrong, then start the parts and keep them running."""
    settings = session.settings
    bootstrap.check_exposure(settings)
    bootstrap.ensure_home(settings)
    with HomeLock(settings.home) as lock:
        listener = listen(settings.host, settings.port, patience=_PATIENCE if lock.left_behind else 0.0)
        start = Start(settings, url(settings.host, listener.getsockname()[1]), _prepare_database(settings))
        _ensure_dags_folder(settings)
        bodies.set_up_logging(args.verbose)
        supervisor = Supervisor(
            _parts(settings, listener),
            on_ready=partial(_print_banner, start),
            on_note=partial(_note, sys.stderr.fileno()),
            close_in_children=[lock.fileno()],
            farewell=f"stopping; running tasks have {settings.grace:g} s to end (Ctrl-C again: at once)",
        )
        return supervisor.run()


def _parts(settings: Settings, listener: socket.socket) -> list[Part]:
    return [
        Part("scheduler", partial(bodies.scheduler, settings), settings.grace + EXTRA),
        Part("dag-processor", partial(bodies.dag_processor, settings), STOP_WITHIN),
        Part("triggerer", partial(bodies.triggerer, settings), STOP_WITHIN),
        Part("api-server", partial(bodies.api_server, settings, listener), STOP_WITHIN),
    ]


def _prepare_database(settings: Settings) -> str | None:
    """Bring the schema up to date and make the administrator; returns a password that was made.

    Leaves nothing open: the parts are forked from this process.
    """
    store: Store = bootstrap.open_store(settings)
    try:
        store.migrate()
        if settings.no_auth or store.users.list():
            return None
        password = new_password()
        store.users.create(ADMIN, password, "admin", now=datetime.now(UTC))
        return password
    finally:
        store.close()


def _ensure_dags_folder(settings: Settings) -> None:
    """The default folder is made; one that somebody named must exist, or it is a typing error."""
    folder = settings.dags_folder
    if folder.is_dir():
        return
    if settings.sources["dags_folder"] == "default":
        folder.mkdir(parents=True, exist_ok=True)
        return
    kind = "is not a folder" if folder.exists() else "does not exist"
    raise SettingsError(
        f"The DAG folder {folder} (from {settings.sources['dags_folder']}) {kind}.",
        fix=f"create it with mkdir -p {folder}, or name another one with --dags-folder.",
    )


def _note(descriptor: int, text: str) -> None:
    with contextlib.suppress(OSError):  # the terminal may be gone
        os.write(descriptor, f"{text}\n".encode())


def _print_banner(start: Start) -> None:
    settings = start.settings
    if settings.no_auth:
        login = "no login: everyone on this machine is the administrator"
    elif start.password:
        login = f"user {ADMIN}, password {start.password}   (shown only now)"
    else:
        login = f"user {ADMIN}   (new password: tradewind users reset-password)"
    lines = (
        "Tradewind is ready.",
        f"  {start.url}",
        f"  {login}",
        f"  home {settings.home}",
        f"  DAGs {settings.dags_folder}",
        "Press Ctrl-C to stop.",
    )
    with contextlib.suppress(BrokenPipeError):
        print(*lines, sep="\n", flush=True)


class HomeLock:
    """Held while a `standalone` runs on a home folder; its file names the process."""

    def __init__(self, home: Path) -> None:
        self._path = home / "standalone.pid"
        self._home = home
        self.left_behind = False
        """The last one did not end cleanly, so parts of it may be just ending."""

    def __enter__(self) -> HomeLock:
        self._file = self._path.open("a+", encoding="ascii")
        self._file.seek(0)
        text = self._file.read().strip()
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            raise SettingsError(
                f"Tradewind runs already on {self._home} (process {text or 'unknown'}).",
                fix="use it, stop it, or start another one with --home and --port.",
            ) from None
        self.left_behind = bool(text)
        self._write(f"{os.getpid()}\n")
        return self

    def __exit__(self, *exc: object) -> None:
        self._write("")
        self._file.close()

    def fileno(self) -> int:
        """For the children to close: the lock belongs to the parent alone."""
        return self._file.fileno()

    def _write(self, text: str) -> None:
        self._file.seek(0)
        self._file.truncate()
        self._file.write(text)
        self._file.flush()
