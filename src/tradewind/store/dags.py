"""Records what the DAG processor parsed.  Called by `services.dag_processor`.

A DAG never disappears because a parse failed: a file that does not load any more keeps its DAGs at their last
good version, marked, with the import error beside them.  A new version is made only when the meaning of a DAG
changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from tradewind.authoring import archives
from tradewind.spec.dag import DagSpec, ImportErrorSpec, ParsedFile, decode_dag, encode_dag
from tradewind.store import asset_registry, task_shapes
from tradewind.store.asset_mappings import SqlMappingStore
from tradewind.store.changes import note_topic
from tradewind.store.deadline_questions import SqlDeadlineQuestions
from tradewind.store.engine import read, write
from tradewind.store.forecasts import SqlForecastStore
from tradewind.store.signals import emit
from tradewind.store.snapshots import chunks
from tradewind.store.tables import dag, dag_access, dag_tag, dag_version, import_error
from tradewind.store.types import AnyRow
from tradewind.store.uuid7 import uuid7

SOURCE_LIMIT = 1 << 20
"""Bytes of a DAG file that are kept with its versions."""

_SAVE_TRIES = 3
_OF_FILE = (
    dag.c.bundle_name == bindparam("of_bundle"),
    dag.c.relative_fileloc == bindparam("of_file"),
)
_ERRORS_OF_FILE = (
    import_error.c.bundle_name == bindparam("of_bundle"),
    import_error.c.relative_fileloc == bindparam("of_file"),
    import_error.c.dag_id.is_(None),  # what a timetable said stays until it is asked again
)
_DAGS_OF_FILE = select(dag).where(*_OF_FILE)
_DAGS_BY_ID = select(dag).where(dag.c.dag_id.in_(bindparam("ids", expanding=True)))
_VERSIONS = select(dag_version.c.id, dag_version.c.number, dag_version.c.meaning, dag_version.c.spec)
_VERSIONS_BY_ID = _VERSIONS.where(dag_version.c.id.in_(bindparam("ids", expanding=True)))
_NEWEST = _VERSIONS.where(dag_version.c.dag_id == bindparam("of_dag")).order_by(dag_version.c.number.desc()).limit(1)
_OWNERS = select(dag.c.dag_id, dag.c.bundle_name, dag.c.relative_fileloc).where(dag.c.stale.is_(False))
_INSERT_VERSION = insert(dag_version).returning(dag_version.c.id)


@dataclass(frozen=True, slots=True)
class _File:
    """One parse of one file, with what every row about it needs."""

    bundle_name: str
    bundle_path: str
    parsed: ParsedFile
    source: str | None
    now: datetime

    @property
    def key(self) -> dict[str, str]:
        return {"of_bundle": self.bundle_name, "of_file": self.parsed.relative_fileloc}


class SqlDagStore:
    """Implements `ports.store.DagStore`."""

    def __init__(self, engine: Engine, *, paused_at_creation: bool = True) -> None:
        """`paused_at_creation`: what a new DAG starts as when its file does not say."""
        self._engine = engine
        self._paused_at_creation = paused_at_creation
        self.forecasts = SqlForecastStore(engine)
        """Questions to custom timetables and their answers."""
        self.mappings = SqlMappingStore(engine)
        """Questions to partition mappers and their answers."""
        self.deadlines = SqlDeadlineQuestions(engine)
        """Questions to deadline references with code of the user's own."""

    def save_parsed(self, bundle_name: str, bundle_path: str, parsed: ParsedFile, now: datetime) -> None:
        """Record the DAGs and import errors of one file, in one transaction, and signal every DAG that
        changed.
        """
        file = _File(bundle_name, bundle_path, parsed, _source(parsed.fileloc), now)
        for tries_left in reversed(range(_SAVE_TRIES)):
            try:
                with write(self._engine) as connection:
                    self._save(connection, file)
                return
            except IntegrityError:
                # another processor saved the same DAG in between: look again
                if tries_left == 0:
                    raise

    def known_files(self, bundle_name: str) -> dict[str, str]:
        """relative_fileloc -> digest of the last parse, of files with DAGs or import errors.

        A file with an error has an empty digest: it is parsed again when the processor starts, as what was wrong may
        lie outside of it.
        """
        of_errors = select(import_error.c.relative_fileloc).where(
            import_error.c.bundle_name == bundle_name, import_error.c.dag_id.is_(None)
        )
        of_dags = select(dag.c.relative_fileloc, dag.c.digest).where(
            dag.c.bundle_name == bundle_name, dag.c.stale.is_(False)
        )
        with read(self._engine) as connection:
            known = {str(row[0]): str(row[1]) for row in connection.execute(of_dags)}
            known |= {str(row[0]): "" for row in connection.execute(of_errors)}
        return known

    def owners(self) -> dict[str, tuple[str, str]]:
        """dag_id -> (bundle name, relative_fileloc) of the file that defines it, of all DAGs that are not
        stale.
        """
        with read(self._engine) as connection:
            return {row[0]: (row[1], row[2]) for row in connection.execute(_OWNERS)}

    def forget_files(self, bundle_name: str, relative_filelocs: Iterable[str], now: datetime) -> None:
        """The files were deleted: their DAGs become stale, their import errors go."""
        files = sorted(set(relative_filelocs))
        if not files:
            return
        with write(self._engine) as connection:
            for name in files:
                key = {"of_bundle": bundle_name, "of_file": name}
                rows = connection.execute(_DAGS_OF_FILE, key).all()
                _expire(connection, rows, now)
                connection.execute(update(dag).where(*_OF_FILE).values(has_import_errors=False), key)
                connection.execute(delete(import_error).where(*_ERRORS_OF_FILE), key)
            note_topic(connection, "imports")

    def _save(self, connection: Connection, file: _File) -> None:
        before = connection.execute(_DAGS_OF_FILE, file.key).all()
        specs = {spec.dag_id: spec for spec in file.parsed.dags}
        rows = _rows_by_id(connection, specs)
        others = {dag_id: row for dag_id, row in rows.items() if _is_owned_elsewhere(file, row)}
        errors = [*file.parsed.errors]
        errors += [_duplicate_error(file, specs[dag_id], row) for dag_id, row in sorted(others.items())]
        mine = [spec for dag_id, spec in specs.items() if dag_id not in others]
        self._save_dags(connection, file, mine, rows, bool(errors))
        gone = [row for row in before if row.dag_id not in specs]
        if file.parsed.errors:
            _keep(connection, file, gone)
        else:
            _expire(connection, gone, file.now)
        _replace_errors(connection, file, errors)

    def _save_dags(
        self,
        connection: Connection,
        file: _File,
        specs: list[DagSpec],
        rows: dict[str, AnyRow],
        with_errors: bool,
    ) -> None:
        """Write the DAGs in one batch of new and one of known rows; signal those that the scheduler must look
        at.
        """
        versions = _versions_by_id(connection, [rows[spec.dag_id].version_id for spec in specs if spec.dag_id in rows])
        inserts: list[dict[str, Any]] = []
        updates: list[dict[str, Any]] = []
        retag: list[DagSpec] = []
        reread: list[DagSpec] = []
        changed: list[str] = []
        for spec in specs:
            row = rows.get(spec.dag_id)
            newest = None if row is None else versions.get(row.version_id)
            if newest is None:  # a DAG that was deleted goes on counting its versions when it comes back
                newest = connection.execute(_NEWEST, {"of_dag": spec.dag_id}).first()
            edited = row is None or row.digest != file.parsed.digest
            version_id = _save_version(connection, file, spec, newest, edited)
            values = _dag_values(file, spec, version_id, with_errors)
            same = row is not None and not row.stale
            if row is not None and row.version_id != version_id:
                same = same and newest is not None and _same_schedule(spec, newest.spec)
            values["due_since"] = row.due_since if row is not None and same else file.now
            if row is None:
                paused = spec.is_paused_upon_creation
                values["dag_id"] = spec.dag_id
                values["paused"] = self._paused_at_creation if paused is None else paused
                inserts.append(values)
            else:
                updates.append({f"set_{name}": value for name, value in values.items()} | {"of_dag": spec.dag_id})
            if row is None or row.version_id != version_id:
                retag.append(spec)
            if row is None or row.version_id != version_id or row.stale:
                reread.append(spec)
            if row is None or _concerns_scheduler(row, values):
                changed.append(spec.dag_id)
        if inserts:
            connection.execute(insert(dag), inserts)
        if updates:
            connection.execute(_UPDATE_DAG, updates)
        _replace_tags(connection, retag)
        task_shapes.save(connection, retag)
        asset_registry.register(connection, reread, file.now)
        for dag_id in changed:
            emit(connection, "dag", dag_id=dag_id)


def _source(fileloc: str) -> str | None:
    """Text of the DAG file, cut at SOURCE_LIMIT; None when it is not text or already gone."""
    try:
        path = Path(fileloc)
        if archives.split(path) is not None:
            data = archives.read_bytes(path)
        else:
            with path.open("rb") as stream:
                data = stream.read(SOURCE_LIMIT + 1)
    except OSError:
        return None
    if data[:2] == b"PK" or b"\0" in data:
        return None
    text = data[:SOURCE_LIMIT].decode("utf-8", "replace")
    return text if len(data) <= SOURCE_LIMIT else f"{text}\n# ... cut here: the file is larger than 1 MiB\n"


def _rows_by_id(connection: Connection, dag_ids: Iterable[str]) -> dict[str, AnyRow]:
    found: dict[str, AnyRow] = {}
    for ids in chunks(sorted(dag_ids)):
        found.update((row.dag_id, row) for row in connection.execute(_DAGS_BY_ID, {"ids": ids}))
    return found


def _versions_by_id(connection: Connection, version_ids: Iterable[int]) -> dict[int, AnyRow]:
    found: dict[int, AnyRow] = {}
    for ids in chunks(sorted(version_ids)):
        found.update((row.id, row) for row in connection.execute(_VERSIONS_BY_ID, {"ids": ids}))
    return found


def _is_owned_elsewhere(file: _File, row: AnyRow) -> bool:
    """Whether a living DAG belongs to another file that is still there; a renamed file takes its DAGs
    along.
    """
    if row.stale:
        return False
    if (row.bundle_name, row.relative_fileloc) == (file.bundle_name, file.parsed.relative_fileloc):
        return False
    # the folder of a bundle may have been changed in the settings: what lies in the old one does not count
    folder = file.bundle_path if row.bundle_name == file.bundle_name else row.bundle_path
    return archives.exists(Path(folder, row.relative_fileloc))


def _concerns_scheduler(row: AnyRow, values: dict[str, Any]) -> bool:
    names = ("version_id", "digest", "bundle_path", "relative_fileloc", "stale")
    return any(getattr(row, name) != values[name] for name in names)


def _duplicate_error(file: _File, spec: DagSpec, owner: AnyRow) -> ImportErrorSpec:
    message = (
        f"the DAG {spec.dag_id!r} is already defined in {owner.fileloc}, so its definition in "
        f"{file.parsed.fileloc} is left out: give one of them another dag_id, or delete one of the files"
    )
    return ImportErrorSpec(
        relative_fileloc=file.parsed.relative_fileloc,
        fileloc=file.parsed.fileloc,
        line=None,
        message=message,
        traceback=message,
    )


def _save_version(connection: Connection, file: _File, spec: DagSpec, newest: AnyRow | None, edited: bool) -> int:
    """Key of the newest version, which is made now if the meaning changed.  `edited`: the text of the file did."""
    meaning, text = spec.meaning(), encode_dag(spec).decode()
    if newest is not None and newest.meaning == meaning:
        if edited or newest.spec != text:
            # the body of a task, a warning or the place of the file changed: the same version, shown as it is now
            connection.execute(
                update(dag_version).where(dag_version.c.id == newest.id),
                {"spec": text, "source": file.source},
            )
        return int(newest.id)
    made = connection.execute(
        _INSERT_VERSION,
        {
            "uuid": uuid7(),
            "dag_id": spec.dag_id,
            "number": 1 if newest is None else newest.number + 1,
            "meaning": meaning,
            "spec": text,
            "source": file.source,
            "bundle_name": file.bundle_name,
            "created_at": file.now,
        },
    )
    return int(made.scalar_one())


def _same_schedule(spec: DagSpec, before: str) -> bool:
    known = decode_dag(before)
    return (spec.timetable, spec.start_date) == (known.timetable, known.start_date)


def _dag_values(file: _File, spec: DagSpec, version_id: int, with_errors: bool) -> dict[str, Any]:
    return {
        "display_name": spec.dag_display_name or spec.dag_id,
        "bundle_name": file.bundle_name,
        "bundle_path": file.bundle_path,
        "relative_fileloc": file.parsed.relative_fileloc,
        "fileloc": file.parsed.fileloc,
        "digest": file.parsed.digest,
        "version_id": version_id,
        "stale": False,
        "has_import_errors": with_errors,
        "description": spec.description,
        "timetable_summary": spec.timetable.summary[:1000] or None,
        "timetable_description": spec.timetable.description[:1000] or None,
        "timetable_type": spec.timetable.type_name[:255] or None,
        "max_active_runs": spec.max_active_runs,
        "max_active_tasks": spec.max_active_tasks,
        "owners": ", ".join(spec.owners)[:2000],
        "last_parsed_at": file.now,
        "last_parse_seconds": file.parsed.seconds,
        "last_expired_at": None,
    }


_DAG_VALUES = (
    "display_name",
    "bundle_name",
    "bundle_path",
    "relative_fileloc",
    "fileloc",
    "digest",
    "version_id",
    "stale",
    "has_import_errors",
    "description",
    "timetable_summary",
    "timetable_description",
    "timetable_type",
    "max_active_runs",
    "max_active_tasks",
    "owners",
    "last_parsed_at",
    "last_parse_seconds",
    "last_expired_at",
    "due_since",
)
_UPDATE_DAG = (
    update(dag)
    .where(dag.c.dag_id == bindparam("of_dag"))
    .values({name: bindparam(f"set_{name}", type_=dag.c[name].type) for name in _DAG_VALUES})
)


def _replace_tags(connection: Connection, specs: list[DagSpec]) -> None:
    """Tags, and the roles that the files name."""
    if not specs:
        return
    connection.execute(
        delete(dag_tag).where(dag_tag.c.dag_id == bindparam("of_dag")),
        [{"of_dag": spec.dag_id} for spec in specs],
    )
    rows = [{"dag_id": spec.dag_id, "name": tag} for spec in specs for tag in sorted({tag[:100] for tag in spec.tags})]
    if rows:
        connection.execute(insert(dag_tag), rows)
    connection.execute(
        delete(dag_access).where(dag_access.c.dag_id == bindparam("of_dag")),
        [{"of_dag": spec.dag_id} for spec in specs],
    )
    roles = [
        {"dag_id": spec.dag_id, "role": role[:250], "may": may} for spec in specs for role, may in spec.access.items()
    ]
    if roles:
        connection.execute(insert(dag_access), roles)


def _keep(connection: Connection, file: _File, rows: Iterable[AnyRow]) -> None:
    """The file does not load: its DAGs stay as they are, marked.  The digest stays the one of the last good
    parse.
    """
    ids = [row.dag_id for row in rows]
    for part in chunks(ids):
        connection.execute(
            update(dag)
            .where(dag.c.dag_id.in_(part))
            .values(has_import_errors=True, last_parsed_at=file.now, last_parse_seconds=file.parsed.seconds)
        )


def _expire(connection: Connection, rows: Iterable[AnyRow], now: datetime) -> None:
    """The DAGs are not defined any more: they make no runs, but their history stays."""
    for row in rows:
        if not row.stale:
            connection.execute(
                update(dag)
                .where(dag.c.dag_id == row.dag_id)
                .values(stale=True, has_import_errors=False, last_expired_at=now)
            )
            connection.execute(delete(import_error).where(import_error.c.dag_id == row.dag_id))
            emit(connection, "dag", dag_id=row.dag_id)
            asset_registry.withdraw(connection, [row.dag_id], now)


def _replace_errors(connection: Connection, file: _File, errors: list[ImportErrorSpec]) -> None:
    gone = connection.execute(delete(import_error).where(*_ERRORS_OF_FILE), file.key).rowcount
    if gone or errors:
        note_topic(connection, "imports")
    if errors:
        connection.execute(
            insert(import_error),
            [
                {
                    "bundle_name": file.bundle_name,
                    "relative_fileloc": file.parsed.relative_fileloc,
                    "fileloc": error.fileloc,
                    "line": error.line,
                    "message": error.message,
                    "traceback": error.traceback,
                    "at": file.now,
                }
                for error in errors
            ],
        )
