"""DAG files read by a command itself, for commands that work without a database or ahead of the DAG
processor.

`parse_files` reads them in child processes, as the DAG processor does, and gives specs; `find_dag`
loads one DAG into this process, for the commands that run its tasks.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tradewind import bootstrap
from tradewind.authoring import archives, comms
from tradewind.authoring.import_errors import describe_error
from tradewind.authoring.loader import load_file
from tradewind.cli.parser import near
from tradewind.cli.session import Session
from tradewind.errors import InvalidError, NotFoundError
from tradewind.settings import absolute

if TYPE_CHECKING:
    from tradewind.authoring.dag import DAG
    from tradewind.loading.bundle import FolderBundle
    from tradewind.ports.executor import Serve
    from tradewind.spec.dag import DagSpec, ImportErrorSpec, ParsedFile
    from tradewind.store.reads import Row


@dataclass(frozen=True, slots=True)
class Where:
    """The DAG files that a command looks at."""

    bundle: FolderBundle
    files: tuple[str, ...]
    """Bundle-relative paths."""


@dataclass(frozen=True, slots=True)
class Found:
    """A DAG loaded into this process."""

    dag: DAG
    path: Path
    bundle_path: Path


def locate(session: Session, subdir: str | None, dag_id: str | None = None) -> Where:
    """The DAG folder, or what -S/--subdir names.  Raises InvalidError when that does not exist.

    When nothing names a folder, a DAG is looked for where the DAG processor found it: `standalone` may have been given
    its --dags-folder in another terminal.
    """
    settings = session.settings
    if subdir is None:
        stored = session.stored_dag(dag_id) if dag_id and settings.sources["dags_folder"] == "default" else None
        folder = _folder_of(stored) if stored else None
        bundle = bootstrap.make_bundle(settings, folder)
        return Where(bundle, tuple(bundle.list_files()))
    # Airflow writes the DAG folder as DAGS_FOLDER in paths that it shows.
    path = absolute(subdir.replace("DAGS_FOLDER", str(settings.dags_folder), 1))
    if not archives.exists(path):
        raise InvalidError(f"{path} does not exist", fix="give -S/--subdir a DAG file or a folder of DAG files")
    inside = path == settings.dags_folder or settings.dags_folder in path.parents
    folder = settings.dags_folder if inside else path if path.is_dir() else archives.real_file(path).parent
    bundle = bootstrap.make_bundle(settings, folder)
    relative = path.relative_to(folder).as_posix()
    if not path.is_dir() and path.suffix != archives.SUFFIX:
        return Where(bundle, (relative,))
    prefix = "" if relative == "." else relative + "/"
    return Where(bundle, tuple(name for name in bundle.list_files() if name.startswith(prefix)))


def parse_files(session: Session, subdir: str | None) -> list[ParsedFile]:
    """Read the files, one after the other, each in a process of its own."""
    where = locate(session, subdir)
    with bootstrap.make_parser(session.settings, server_of(session)) as parser:
        return [parser.parse(where.bundle, name).file for name in where.files]


def spec_of_file(session: Session, dag_id: str, subdir: str | None) -> DagSpec:
    """The spec of a DAG, from its file.  Raises NotFoundError."""
    where = locate(session, subdir, dag_id)
    known: list[str] = []
    errors: list[ImportErrorSpec] = []
    with bootstrap.make_parser(session.settings, server_of(session)) as parser:
        for name in _likely_first(where, dag_id, None):
            file = parser.parse(where.bundle, name).file
            for spec in file.dags:
                if spec.dag_id == dag_id:
                    return spec
                known.append(spec.dag_id)
            errors += file.errors
    raise unknown_dag(dag_id, known, errors, where)


def find_dag(session: Session, dag_id: str, subdir: str | None) -> Found:
    """Load the DAG into this process; files that surely do not define it are not run.  Raises
    NotFoundError."""
    where = locate(session, subdir, dag_id)
    known: list[str] = []
    errors: list[ImportErrorSpec] = []
    for name in _likely_first(where, dag_id, _file_in_store(session, dag_id)):
        path = where.bundle.absolute(name)
        try:
            loaded = load_file(path, where.bundle.path)
        except Exception as error:  # of any kind: it is the file's
            errors.append(describe_error(error, path, name))
            continue
        if dag_id in loaded.dags:
            return Found(loaded.dags[dag_id], path, where.bundle.path)
        known += loaded.dags
    raise unknown_dag(dag_id, known, errors, where)


def unknown_dag(dag_id: str, known: list[str], errors: list[ImportErrorSpec], where: Where) -> NotFoundError:
    """The error for a DAG that no file defines; a file that could not be loaded may be the reason."""
    similar = near(dag_id, known)
    message = f"no DAG {dag_id!r} in {where.bundle.path}{similar}"
    if not errors or "did you mean" in similar:
        return NotFoundError(message, fix="tradewind dags list --local shows what is there")
    first = errors[0]
    line = f":{first.line}" if first.line else ""
    more = f" ({len(errors) - 1} more could not be loaded)" if len(errors) > 1 else ""
    return NotFoundError(
        f"{message}  A file that could not be loaded may define it: {first.fileloc}{line}: "
        f"{first.message.splitlines()[0]}{more}",
        fix="correct that file",
    )


def server_of(session: Session) -> Serve | None:
    """Answers Variables and Connections from the database, when there is one."""
    store = session.store_if_current
    if store is None:
        return None
    return bootstrap.make_task_api(session.settings, store)


@contextmanager
def answering(session: Session) -> Iterator[None]:
    """DAG code of this process reads Variables and Connections from the database meanwhile."""
    before, environ = comms.set_channel(server_of(session)), dict(os.environ)
    os.environ.update(bootstrap.environ_of_users(session.settings))
    try:
        yield
    finally:
        comms.set_channel(before)
        os.environ.clear()
        os.environ.update(environ)


def _likely_first(where: Where, dag_id: str, known: str | None) -> list[str]:
    """The file that defined the DAG last, those that spell its id, then the others."""
    wanted = os.fsencode(dag_id)

    def rank(name: str) -> int:
        if name == known:
            return 0
        try:
            return 1 if wanted in archives.read_bytes(where.bundle.absolute(name)) else 2
        except OSError:
            return 2

    return sorted(where.files, key=rank)


def _folder_of(row: Row) -> Path | None:
    """The bundle's folder when the file was parsed last, if it is still there."""
    folder = Path(str(row["fileloc"]).removesuffix(str(row["relative_fileloc"])))
    return folder if archives.exists(folder / str(row["relative_fileloc"])) else None


def _file_in_store(session: Session, dag_id: str) -> str | None:
    row = session.stored_dag(dag_id)
    return str(row["relative_fileloc"]) if row else None
