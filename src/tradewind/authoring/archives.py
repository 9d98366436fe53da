"""DAG files in zip archives: `dags/shop.zip` with DAG files at its root, whose paths are `dags/shop.zip/etl.py`.

Used by whoever lists, reads, hashes or loads DAG files; each function takes plain files as well.  Nothing is ever
unpacked: Python imports from archives itself.  What an archive says of its content is not believed: names that are no
plain file names are left out, and reads stop at a limit.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from pathlib import Path

from tradewind.errors import InvalidError

SUFFIX = ".zip"
LARGEST_FILE = 16 * 1024 * 1024
"""Bytes of one file of an archive, unpacked."""
MOST_FILES = 20_000
"""Entries of an archive."""


def split(path: str | os.PathLike[str]) -> tuple[Path, str] | None:
    """The archive that a path leads into and the name inside, or None for the path of a plain file."""
    text = os.fspath(path)
    at = text.find(SUFFIX + os.sep)
    while at >= 0:
        archive = text[: at + len(SUFFIX)]
        if os.path.isfile(archive):  # noqa: PTH113 - asked for every path that has `.zip/` in it
            return Path(archive), text[len(archive) + 1 :].replace(os.sep, "/")
        at = text.find(SUFFIX + os.sep, at + 1)
    return None


def real_file(path: Path) -> Path:
    """The file on disk that holds what the path names: the archive, or the path itself."""
    found = split(path)
    return found[0] if found is not None else path


def exists(path: Path) -> bool:
    """Whether there is such a file or folder, in an archive or not."""
    found = split(path)
    if found is None:
        return path.exists()
    try:
        with zipfile.ZipFile(found[0]) as archive:
            archive.getinfo(found[1])
    except (OSError, KeyError, zipfile.BadZipFile, ValueError):
        return False
    return True


def read_bytes(path: Path) -> bytes:
    """The content.  Raises `OSError` when it cannot be read, or is larger than `LARGEST_FILE` in an archive."""
    found = split(path)
    if found is None:
        return path.read_bytes()
    try:
        with zipfile.ZipFile(found[0]) as archive, archive.open(found[1]) as stream:
            data = stream.read(LARGEST_FILE + 1)
    except KeyError:
        raise FileNotFoundError(f"{found[0]} holds no {found[1]!r}") from None
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        raise OSError(f"{found[1]!r} of {found[0]} cannot be read: {error}") from error
    if len(data) > LARGEST_FILE:
        raise OSError(f"{found[1]!r} of {found[0]} is larger than {LARGEST_FILE // 1024 // 1024} MiB")
    return data


def python_files(archive: Path) -> list[str]:
    """Names of the Python files at the root of an archive, sorted.

    Raises `InvalidError` when it is no archive that can be used, and `OSError` when it cannot be read.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = opened.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise InvalidError(
            f"{archive.name} is not a zip archive: {error}", fix="build it again, or delete it"
        ) from None
    if len(entries) > MOST_FILES:
        raise InvalidError(
            f"{archive.name} has {len(entries)} entries, more than {MOST_FILES}",
            fix="put the DAG files and their modules into the archive, and nothing else",
        )
    for entry in entries:
        if entry.filename.endswith(".py") and entry.file_size > LARGEST_FILE:
            raise InvalidError(
                f"{entry.filename!r} of {archive.name} is larger than {LARGEST_FILE // 1024 // 1024} MiB",
                fix="keep data out of Python files",
            )
        if entry.filename.endswith(".py") and entry.flag_bits & 1:
            raise InvalidError(f"{entry.filename!r} of {archive.name} is encrypted", fix="build it without a password")
    return sorted({entry.filename for entry in entries if _is_plain(entry.filename)})


def _is_plain(name: str) -> bool:
    return name.endswith(".py") and "/" not in name and "\\" not in name and name.isprintable() and name[0] != "."
