"""What a DAG file was made from, as one hash.  Used by `loading.parse`, `loading.index` and the DAG
processor.

The inputs of a parse are the DAG file, the modules of its bundle that it imported, the other files of the
bundle that it read, and the Variables and Connections that it asked for.  Equal digest: parsing again would
give the same DAGs.
"""

from __future__ import annotations

import ast
import hashlib
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from tradewind import __version__
from tradewind.authoring import archives

GONE = "-"
"""Stands for the content of a file that does not exist (any more)."""


def file_digest(path: Path) -> str:
    """SHA-256 (hex) of a file's content; of the visible names in it when it is a folder; `GONE` when
    unreadable.
    """
    try:
        if path.is_dir():
            found = (child.name for child in path.iterdir())
            names = sorted(name for name in found if not name.startswith((".", "__pycache__")))
            return hashlib.sha256("\0".join(names).encode("utf-8", "surrogateescape")).hexdigest()
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return GONE


def software() -> str:
    """Names Python, Tradewind and the packages installed beside it: after an upgrade every file is parsed anew,
    because the same file may then give other DAGs, or import what it could not.
    """
    found: set[str] = set()
    for folder in sys.path:
        try:
            names = [child.name for child in Path(folder).iterdir()]
        except OSError:
            continue
        found.update(name for name in names if name.endswith((".dist-info", ".egg-info")))
    packages = hashlib.sha256("\n".join(sorted(found)).encode("utf-8", "surrogateescape")).hexdigest()
    return f"1 python{sys.version_info.major}.{sys.version_info.minor} tradewind{__version__} {packages}"


class Digests:
    """Hashes of the files of one bundle, remembered by modification time, size and inode, so that a look at a
    thousand unchanged files reads none of them.  Not thread-safe."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._known: dict[str, tuple[tuple[int, int, int], str]] = {}

    def of(self, relative: str) -> str:
        """The digest of one file or folder (bundle-relative)."""
        path = archives.real_file(self.root / relative)
        try:
            status = path.stat()
        except OSError:
            self._known.pop(relative, None)
            return GONE
        identity = (status.st_mtime_ns, status.st_size, status.st_ino)
        known = self._known.get(relative)
        if known is not None and known[0] == identity:
            return known[1]
        digest = file_digest(path)
        self._known[relative] = (identity, digest)
        return digest

    def touched_since(self, relative: str, nanoseconds: int) -> bool:
        """Whether the file was changed, or replaced, at or after this time of the wall clock."""
        try:
            status = archives.real_file(self.root / relative).stat()
        except OSError:
            return False
        return max(status.st_mtime_ns, status.st_ctime_ns) >= nanoseconds

    def forget(self, relative: str) -> None:
        """Read the file again at the next look, whatever its times say."""
        self._known.pop(relative, None)


def content_digest(
    digests: Digests, relative: str, imports: Iterable[str], answers: Mapping[str, str], *, salt: str
) -> str:
    """The digest of a parse: SHA-256 (hex).

    `imports` are bundle-relative inputs beside the file; `answers` what the parse was told of Variables and
    Connections; `salt` names the software, so that an upgrade parses everything anew.
    """
    # a folder that moved is parsed anew, because the stored DAGs say where their files lie
    whole = hashlib.sha256(f"{salt} {digests.root}\n".encode())
    for name in (relative, *sorted(set(imports) - {relative})):
        whole.update(f"{name!r} {digests.of(name)}\n".encode())
    for question in sorted(answers):
        whole.update(f"?{question!r} {answers[question]!r}\n".encode())
    return whole.hexdigest()


def guess_imports(root: Path, relative: str) -> tuple[str, ...]:
    """The modules of the bundle that the file seems to import, found without running it; bundle-relative,
    sorted.

    Only a guess: it lets a restart recognise files that did not change.  A wrong guess gives another digest,
    which costs a parse and nothing else.
    """
    archive = archives.split(root / relative)
    found: set[str] = {archive[0].relative_to(root).as_posix()} if archive is not None else set()
    todo = [relative]
    while todo:
        current = todo.pop()
        try:
            tree = ast.parse(archives.read_bytes(root / current))
        except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        # a DAG file is loaded as a top-level module; everything else keeps its place in its package
        package = "" if current == relative else _package_of(current)
        for name in _imported_names(tree, package):
            for module in _files_of(root, name):
                if module != relative and module not in found:
                    found.add(module)
                    todo.append(module)
    return tuple(sorted(found))


def _package_of(relative: str) -> str:
    folder = relative.rpartition("/")[0]
    return folder.replace("/", ".")


def _imported_names(tree: ast.AST, package: str) -> set[str]:
    """Absolute dotted names that the module may import: of modules, or of things in modules."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = package.split(".") if package else []
                if node.level - 1 > len(parts):
                    continue
                parts = parts[: len(parts) - (node.level - 1)]
                base = ".".join([*parts, *([base] if base else [])])
            if base:
                names.add(base)
            names.update(f"{base}.{alias.name}" if base else alias.name for alias in node.names if alias.name != "*")
    return names


def _files_of(root: Path, name: str) -> list[str]:
    """Files of the bundle that importing this dotted name loads: packages on the way, and the module."""
    parts = name.split(".")
    if parts[0] in sys.stdlib_module_names:
        return []
    files: list[str] = []
    for depth in range(1, len(parts) + 1):
        stem = "/".join(parts[:depth])
        if (root / stem / "__init__.py").is_file():
            files.append(f"{stem}/__init__.py")
        elif (root / f"{stem}.py").is_file():
            files.append(f"{stem}.py")
            break
        elif not (root / stem).is_dir():
            break
    return files
