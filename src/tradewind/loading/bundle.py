"""A folder of DAG files: which files it holds.  Made by `bootstrap`, listed by `services.dag_processor` and
the CLI.

Nothing here reads or runs Python: a listing costs one walk of the folder, plus one read of every file that is
new or changed, for Airflow's safe mode (a DAG file mentions both a DAG and Airflow).
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

from tradewind.authoring import archives
from tradewind.errors import InvalidError, TradewindError
from tradewind.loading.ignore import IGNORE_FILE, Rule, Syntax, is_ignored, read_rules

log = logging.getLogger("tradewind.loading")


class BundleUnavailable(TradewindError):  # noqa: N818 - a condition that passes, e.g. a volume that is not mounted
    """The folder of a bundle cannot be read now; its DAGs stay as they are."""


class FolderBundle:
    """The DAG files below one folder.

    `ignore_syntax` is Airflow's `core.dag_ignore_file_syntax`; `safe_mode` (Airflow's
    `core.dag_discovery_safe_mode`) leaves out files that cannot define a DAG.
    """

    def __init__(self, name: str, path: Path, *, ignore_syntax: Syntax = "glob", safe_mode: bool = True) -> None:
        self.name = name
        # absolute, but not resolved: a folder may be a link that a deployment swaps (`current -> release-7`)
        self.path = Path(os.path.abspath(path))  # noqa: PTH100 - Path.resolve would follow that link
        self._syntax: Syntax = ignore_syntax
        self._safe_mode = safe_mode
        self._verdicts: dict[str, tuple[tuple[int, int, int], bool]] = {}
        self._archives: dict[str, tuple[tuple[int, int, int], tuple[str, ...]]] = {}
        self._told: set[str] = set()

    def absolute(self, relative: str) -> Path:
        """Where a bundle-relative path lies.  Raises `InvalidError` for one that would leave the bundle."""
        parts = relative.split("/")
        if relative.startswith("/") or ".." in parts or "" in parts:
            raise InvalidError(f"{relative!r} is not a path inside the bundle {self.name!r} ({self.path})")
        return self.path.joinpath(*parts)

    def relative(self, path: str | Path) -> str | None:
        """The bundle-relative form of an absolute path, links followed or not; None when it is elsewhere."""
        text = os.fspath(path)
        for root in (os.fspath(self.path), os.path.realpath(self.path)):
            if text.startswith(root + os.sep):
                return text[len(root) + 1 :].replace(os.sep, "/")
        return None

    def list_files(self) -> list[str]:
        """Bundle-relative paths of the DAG files, sorted; every real file once, however many links lead to
        it.

        Raises `BundleUnavailable` when the folder itself cannot be read.
        """
        try:
            root = os.path.realpath(self.path, strict=True)
            with os.scandir(root):
                pass
        except OSError as error:
            raise BundleUnavailable(
                f"the folder {self.path} of bundle {self.name!r} cannot be read: {error.strerror or error}",
                fix=f"create it with `mkdir -p {self.path}`, or name another folder with --dags-folder or "
                "AIRFLOW__CORE__DAGS_FOLDER",
            ) from error
        real: dict[str, tuple[bool, str]] = {}
        for relative, is_link, target in self._walk(root):
            real[target] = min(real.get(target, (is_link, relative)), (is_link, relative))
        names = sorted(relative for _, relative in real.values())
        self._verdicts = {name: self._verdicts[name] for name in names if name in self._verdicts}
        return [name for name in names if self._may_hold_dag(name)]

    def _walk(self, root: str) -> Iterator[tuple[str, bool, str]]:
        """(relative path, reached through a link, real path) of every Python file that is not ignored."""
        stack: list[tuple[str, str, list[Rule], bool, tuple[str, ...]]] = [("", root, [], False, (root,))]
        while stack:
            prefix, folder, inherited, linked, ancestors = stack.pop()
            try:
                with os.scandir(folder) as found:
                    entries = sorted(found, key=lambda entry: entry.name)
            except OSError as error:
                self._tell(folder, "the folder %s is skipped: %s", folder, error.strerror or error)
                continue
            rules = inherited + self._rules_of(folder, prefix, entries)
            for entry in entries:
                relative = prefix + entry.name
                if entry.name.startswith(".") or entry.name == "__pycache__":
                    continue
                target = self._target(entry, root)
                if target is None:
                    continue
                is_folder = os.path.isdir(target)  # noqa: PTH112 - one stat, no object per entry
                if is_ignored(rules, relative, is_folder=is_folder):
                    continue
                via_link = linked or entry.is_symlink()
                if is_folder:
                    if target in ancestors:
                        self._tell(relative, "the link %s leads back to %s and is skipped", relative, target)
                        continue
                    stack.append((f"{relative}/", target, rules, via_link, (*ancestors, target)))
                elif relative.endswith(".py") and not relative.isprintable():
                    self._tell(relative, "%r is skipped: its name is not printable text", relative)
                elif relative.endswith(".py"):
                    yield relative, via_link, target
                elif relative.endswith(archives.SUFFIX):
                    for name in self._members(Path(target), relative):
                        if not is_ignored(rules, name, is_folder=False):
                            yield name, via_link, f"{target}{name.removeprefix(relative)}"

    def _members(self, archive: Path, relative: str) -> tuple[str, ...]:
        """The DAG files of an archive; one that cannot be used stands for itself, so that its parse says why."""
        try:
            status = archive.stat()
            identity = (status.st_mtime_ns, status.st_size, status.st_ino)
            known = self._archives.get(relative)
            if known is None or known[0] != identity:
                names = tuple(f"{relative}/{name}" for name in archives.python_files(archive))
                known = self._archives[relative] = (identity, names)
        except (OSError, InvalidError):
            return (relative,)
        return known[1]

    def _rules_of(self, folder: str, prefix: str, entries: list[os.DirEntry[str]]) -> list[Rule]:
        if not any(entry.name == IGNORE_FILE for entry in entries):
            return []
        path = Path(folder, IGNORE_FILE)
        try:
            return read_rules(path, prefix, self._syntax)
        except (OSError, InvalidError) as error:
            # without its rules the folder would offer files its owner wanted hidden, but hiding all would be
            # worse
            self._tell(f"{path}: {error}", "%s is not applied: %s", path, error)
            return []

    def _target(self, entry: os.DirEntry[str], root: str) -> str | None:
        """The real path of an entry, or None for a broken link and for one that leaves the bundle."""
        if not entry.is_symlink():
            return entry.path
        try:
            target = os.path.realpath(entry.path, strict=True)
        except OSError as error:
            self._tell(entry.path, "the link %s is skipped: %s", entry.path, error.strerror or error)
            return None
        if target != root and not target.startswith(root + os.sep):
            self._tell(entry.path, "the link %s leads out of the DAG folder (%s) and is skipped", entry.path, target)
            return None
        return target

    def _may_hold_dag(self, relative: str) -> bool:
        """Airflow's safe mode, remembered by the file's identity so that a sweep reads nothing."""
        if not self._safe_mode or relative.endswith(archives.SUFFIX):
            return True
        path = self.absolute(relative)
        try:
            status = archives.real_file(path).stat()
            identity = (status.st_mtime_ns, status.st_size, status.st_ino)
            known = self._verdicts.get(relative)
            if known is not None and known[0] == identity:
                return known[1]
            verdict = mentions_dag(archives.read_bytes(path))
        except OSError:
            # an unreadable file is listed, so that its parse says why and its DAGs are not taken for deleted
            return True
        self._verdicts[relative] = (identity, verdict)
        return verdict

    def _tell(self, key: str, message: str, *args: object) -> None:
        """Warn once per key: a listing is made every few seconds."""
        if key not in self._told:
            self._told.add(key)
            log.warning(message, *args)


def mentions_dag(content: bytes) -> bool:
    """Airflow's heuristic: the text names Airflow or Tradewind, and a DAG or an asset, in any case of letters; a DAG
    and an asset will do as well.
    """
    lowered = content.lower()
    words = (b"airflow" in lowered or b"tradewind" in lowered, b"dag" in lowered, b"asset" in lowered)
    return sum(words) >= 2
