"""What the DAG processor knows of the files it parsed: inputs, digests, and which file owns which DAG id.

One `FileIndex` for all bundles of a processor, used by `services.dag_processor` only.  It reads files to
compare digests, but never parses and never writes.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from tradewind.authoring import archives
from tradewind.loading.bundle import FolderBundle
from tradewind.loading.digest import Digests, guess_imports
from tradewind.loading.parse import FileParser, Parsed
from tradewind.loading.texts import duplicate_message
from tradewind.spec import wire
from tradewind.spec.dag import ImportErrorSpec, ParsedFile

CLOCK_GRAIN_NS = 10_000_000
"""Times of files come from a clock that is up to 10 ms behind."""


@dataclass(frozen=True, slots=True, order=True)
class FileKey:
    """A file of a bundle."""

    bundle: str
    relative: str

    def __str__(self) -> str:
        return f"{self.bundle}:{self.relative}"


@dataclass(slots=True)
class Entry:
    """What is known of a file since its last parse."""

    digest: str
    imports: tuple[str, ...] = ()
    answers: Mapping[wire.Request, str] = field(default_factory=dict)
    started_ns: int = 0
    failed: bool = False
    timed_out: bool = False
    wants: frozenset[str] = frozenset()
    """Ids of DAGs it defines that another file owns."""


class FileIndex:
    """The memory of a processor.  Not thread-safe: the processor holds its lock."""

    def __init__(self, bundles: Sequence[FolderBundle], parser: FileParser) -> None:
        self._bundles = {bundle.name: bundle for bundle in bundles}
        self._digests = {bundle.name: Digests(bundle.path) for bundle in bundles}
        self._parser = parser
        self._entries: dict[FileKey, Entry] = {}
        self._users: dict[FileKey, set[FileKey]] = {}
        self._owners: dict[str, FileKey] = {}

    # --- What a restart knows -------------------------------------------------------------------------------

    def recall(self, key: FileKey, digest: str) -> bool:
        """Whether the file is as it was when `digest` was made, by an earlier process; if so, it is known
        from now on.
        """
        bundle, digests = self._bundles[key.bundle], self._digests[key.bundle]
        started_ns = time.time_ns()
        imports = guess_imports(bundle.path, key.relative)
        if self._parser.digest(digests, key.relative, imports, {}, failed=False) != digest:
            return False
        self._enter(key, Entry(digest, imports, started_ns=started_ns))
        return True

    def own(self, dag_id: str, key: FileKey) -> None:
        """The file owns this DAG id, says the store."""
        self._owners.setdefault(dag_id, key)

    def disown(self, bundle: str, stored: Mapping[str, object]) -> set[FileKey]:
        """Let go of the DAGs of a bundle that the store has no more; returns the files that define them."""
        gone = {dag_id for dag_id, key in self._owners.items() if key.bundle == bundle and dag_id not in stored}
        return {self._owners.pop(dag_id) for dag_id in gone} & self._entries.keys()

    # --- Questions ------------------------------------------------------------------------------------------

    def keys(self, bundle: str) -> set[FileKey]:
        """The files of a bundle that are known."""
        return {key for key in self._entries if key.bundle == bundle}

    def is_known(self, key: FileKey) -> bool:
        """Whether the file was parsed, or recalled."""
        return key in self._entries

    def changed(self, key: FileKey) -> bool:
        """Whether parsing the file now could give something else than the last time."""
        entry = self._entries.get(key)
        if entry is None:
            return True
        digests = self._digests[key.bundle]
        # what was written while the file was loaded may not have been seen by the load
        since = entry.started_ns - CLOCK_GRAIN_NS
        if any(digests.touched_since(name, since) for name in (key.relative, *entry.imports)):
            return True
        digest = self._parser.digest(digests, key.relative, entry.imports, entry.answers, failed=entry.failed)
        return digest != entry.digest or not self._parser.still_told(entry.answers)

    def users(self, bundle: str, relative: str) -> set[FileKey]:
        """The files to look at when this path changed: itself, and those that were made from it."""
        self._digests[bundle].forget(relative)
        folder = relative.rpartition("/")[0] or "."
        found = {FileKey(bundle, relative)} & self._entries.keys()
        return (
            found | self._users.get(FileKey(bundle, relative), set()) | self._users.get(FileKey(bundle, folder), set())
        )

    def failed(self, bundle: str) -> set[FileKey]:
        """Files that a new file of the bundle may heal.  One that hangs is left alone: it costs its time
        limit.
        """
        return {
            key for key, entry in self._entries.items() if key.bundle == bundle and entry.failed and not entry.timed_out
        }

    def left_behind(self, key: FileKey, parsed: Parsed) -> set[FileKey]:
        """Files that own DAGs of this parse and do not exist any more: they were renamed."""
        owners = {self._owners.get(spec.dag_id) for spec in parsed.file.dags}
        return {
            owner
            for owner in owners
            if owner is not None
            and owner != key
            and owner.bundle in self._bundles
            and self._bundles[owner.bundle].path.is_dir()
            and not archives.exists(self._bundles[owner.bundle].absolute(owner.relative))
        }

    def claimants(self, dag_ids: Iterable[str]) -> set[FileKey]:
        """Files that define one of these DAG ids, which another file owned until now."""
        wanted = frozenset(dag_ids)
        return {key for key, entry in self._entries.items() if entry.wants & wanted}

    # --- Changes --------------------------------------------------------------------------------------------

    def settle(self, key: FileKey, parsed: Parsed) -> tuple[ParsedFile, set[str]]:
        """Take the outcome of a parse.

        Returns it without the DAGs that another file owns (an import error says so), and the ids of DAGs that
        the file gave up.
        """
        mine = [spec for spec in parsed.file.dags if self._may_own(spec.dag_id, key)]
        wants = frozenset(spec.dag_id for spec in parsed.file.dags) - {spec.dag_id for spec in mine}
        file = parsed.file
        if wants:
            errors = tuple(self._duplicate(key, parsed, dag_id) for dag_id in sorted(wants))
            file = msgspec.structs.replace(
                file,
                dags=tuple(mine),
                errors=file.errors + errors,
                digest=self._parser.digest(
                    self._digests[key.bundle], key.relative, file.imports, parsed.answers, failed=True
                ),
            )
        ids = {spec.dag_id for spec in mine}
        # a file that fails keeps the DAGs of its last good version, and so their ids
        owned = {dag_id for dag_id, owner in self._owners.items() if owner == key}
        given_up = set() if file.errors else owned - ids
        for dag_id in given_up:
            del self._owners[dag_id]
        self._owners.update(dict.fromkeys(ids, key))
        self._enter(
            key,
            Entry(
                digest=file.digest,
                imports=file.imports,
                answers=parsed.answers,
                started_ns=parsed.started_ns,
                failed=bool(file.errors),
                timed_out=parsed.timed_out,
                wants=wants,
            ),
        )
        return file, given_up

    def doubt(self, key: FileKey) -> None:
        """Take the file for changed at the next look, e.g. because its DAGs could not be saved."""
        if key in self._entries:
            self._entries[key].digest = ""

    def forget(self, key: FileKey) -> set[str]:
        """The file is gone; returns the ids of the DAGs it owned."""
        entry = self._entries.pop(key, None)
        self._unlink(key, entry)
        freed = {dag_id for dag_id, owner in self._owners.items() if owner == key}
        for dag_id in freed:
            del self._owners[dag_id]
        return freed

    # --- Inside ---------------------------------------------------------------------------------------------

    def _enter(self, key: FileKey, entry: Entry) -> None:
        self._unlink(key, self._entries.get(key))
        self._entries[key] = entry
        for name in entry.imports:
            self._users.setdefault(FileKey(key.bundle, name), set()).add(key)

    def _unlink(self, key: FileKey, entry: Entry | None) -> None:
        for name in entry.imports if entry else ():
            user = FileKey(key.bundle, name)
            self._users[user].discard(key)
            if not self._users[user]:
                del self._users[user]

    def _may_own(self, dag_id: str, key: FileKey) -> bool:
        owner = self._owners.get(dag_id)
        # what a bundle of another processor owns, only the store can judge
        return owner is None or owner == key or owner.bundle not in self._bundles

    def _duplicate(self, key: FileKey, parsed: Parsed, dag_id: str) -> ImportErrorSpec:
        owner, line = self._owners[dag_id], parsed.lines.get(dag_id)
        where = str(self._bundles[owner.bundle].absolute(owner.relative))
        return ImportErrorSpec(
            relative_fileloc=key.relative,
            fileloc=parsed.file.fileloc,
            line=line,
            message=duplicate_message(dag_id, key.relative, line, where),
            traceback="",
        )
