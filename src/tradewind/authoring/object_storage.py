"""`ObjectStoragePath`: files of a bucket, or of a folder, as paths.  Airflow: `airflow.sdk`, `airflow.io.path`.

`ObjectStoragePath("s3://my_conn@bucket/key")`.  It works by fsspec, which is installed beside Tradewind together with
the file system that is wanted: `pip install fsspec s3fs`.  As an XCom it travels as its address.
"""

from __future__ import annotations

import importlib
import posixpath
import shutil
from collections.abc import Iterator
from typing import IO, Any, Self

from tradewind.authoring.connection import Connection
from tradewind.errors import AirflowException

_PACKAGES = {"s3": "s3fs", "s3a": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "abfs": "adlfs", "az": "adlfs"}


class StorageAddress:
    """Where something lies, without a look at it: `protocol://connection@bucket/key`.  Joining gives a new one."""

    protocol: str
    conn_id: str | None
    path: str
    storage_options: dict[str, Any]

    def __init__(
        self, *parts: Any, protocol: str | None = None, conn_id: str | None = None, **storage_options: Any
    ) -> None:
        """`parts` are joined; what the address says of protocol and connection is used where the arguments do not."""
        first = parts[0] if parts else "."
        options: dict[str, Any] = {}
        if isinstance(first, StorageAddress):
            protocol, conn_id = protocol or first.protocol, conn_id or first.conn_id
            path, options = first.path, first.storage_options
        else:
            scheme, mark, rest = str(first).partition("://")
            path = rest if mark else str(first)
            protocol = protocol or (scheme if mark else "file")
            holder, at, below = path.partition("@")
            if at and "/" not in holder:
                conn_id, path = conn_id or holder, below
        self.protocol, self.conn_id = protocol, conn_id
        self.path = posixpath.join(path, *(str(part) for part in parts[1:]))
        self.storage_options = {**options, **storage_options}

    def __str__(self) -> str:
        return f"{self.protocol}://{f'{self.conn_id}@' if self.conn_id else ''}{self.path}"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StorageAddress) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __lt__(self, other: StorageAddress) -> bool:
        return str(self) < str(other)

    def __truediv__(self, part: Any) -> Self:
        return self._at(posixpath.join(self.path, str(part)))

    def joinpath(self, *parts: Any) -> Self:
        """The path below."""
        return self._at(posixpath.join(self.path, *(str(part) for part in parts)))

    def _at(self, path: str) -> Self:
        return type(self)(path, protocol=self.protocol, conn_id=self.conn_id, **self.storage_options)

    @property
    def name(self) -> str:
        """The last part."""
        return posixpath.basename(self.path.rstrip("/"))

    @property
    def suffix(self) -> str:
        """The ending of the name, with its dot."""
        return posixpath.splitext(self.name)[1]

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return posixpath.splitext(self.name)[0]

    @property
    def parent(self) -> Self:
        """The path above."""
        return self._at(posixpath.dirname(self.path.rstrip("/")) or "/")

    @property
    def bucket(self) -> str:
        """The bucket; empty for a local file."""
        return "" if self.protocol == "file" else self.path.partition("/")[0]

    container = bucket

    @property
    def key(self) -> str:
        """The key inside the bucket."""
        return self.path if self.protocol == "file" else self.path.partition("/")[2]


class ObjectStoragePath(StorageAddress):
    """A file or folder in an object store, with the methods of a `pathlib.Path`."""

    @property
    def fs(self) -> Any:
        """The fsspec file system.  Raises AirflowException naming what must be installed."""
        try:
            fsspec = importlib.import_module("fsspec")
            return fsspec.filesystem(self.protocol, **{**self._of_connection(), **self.storage_options})
        except ImportError as error:
            package = _PACKAGES.get(self.protocol, "")
            raise AirflowException(
                f"{self} needs fsspec{f' and {package}' if package else ''}: pip install fsspec {package}".rstrip()
            ) from error
        except ValueError as error:
            raise AirflowException(f"{self}: there is no file system {self.protocol!r}: {error}") from error

    def _of_connection(self) -> dict[str, Any]:
        if self.conn_id is None:
            return {}
        connection = Connection.get(self.conn_id)
        extra = dict(connection.extra_dejson)
        if self.protocol in ("s3", "s3a"):
            given = {"endpoint_url": extra.get("endpoint_url"), "region_name": extra.get("region_name")}
            return {
                "key": connection.login or None,
                "secret": connection.password or None,
                "token": extra.get("aws_session_token"),
                "client_kwargs": {name: value for name, value in given.items() if value},
            }
        known = {"host": connection.host, "username": connection.login, "password": connection.password}
        return {**{name: value for name, value in known.items() if value}, **extra}

    def open(self, mode: str = "r", **options: Any) -> IO[Any]:
        """The file, opened."""
        file: IO[Any] = self.fs.open(self.path, mode=mode, **options)
        return file

    def exists(self) -> bool:
        """Whether there is something."""
        return bool(self.fs.exists(self.path))

    def is_file(self) -> bool:
        """Whether it is a file."""
        return bool(self.fs.isfile(self.path))

    def is_dir(self) -> bool:
        """Whether it is a folder, or a prefix of keys."""
        return bool(self.fs.isdir(self.path))

    def stat(self) -> dict[str, Any]:
        """What the store knows of it: size, times, checksums."""
        return dict(self.fs.info(self.path))

    def size(self) -> int:
        """Bytes."""
        return int(self.fs.size(self.path))

    def iterdir(self) -> Iterator[ObjectStoragePath]:
        """What lies in it."""
        return (self._at(str(found)) for found in self.fs.ls(self.path, detail=False))

    def glob(self, pattern: str) -> Iterator[ObjectStoragePath]:
        """What lies below it and matches."""
        return (self._at(str(found)) for found in self.fs.glob(posixpath.join(self.path, pattern)))

    def read_bytes(self) -> bytes:
        """The content."""
        return bytes(self.fs.cat_file(self.path))

    def read_text(self, encoding: str = "utf-8") -> str:
        """The content as text."""
        return self.read_bytes().decode(encoding)

    def write_bytes(self, data: bytes) -> int:
        """Replace the content; returns its length."""
        self.fs.pipe_file(self.path, data)
        return len(data)

    def write_text(self, data: str, encoding: str = "utf-8") -> int:
        """Replace the content with text; returns the length."""
        self.write_bytes(data.encode(encoding))
        return len(data)

    def mkdir(self, mode: int = 0o777, parents: bool = False, exist_ok: bool = False) -> None:
        """Make a folder or a bucket."""
        if exist_ok and self.exists():
            return
        self.fs.makedirs(self.path, exist_ok=exist_ok) if parents else self.fs.mkdir(self.path, create_parents=False)

    def unlink(self, missing_ok: bool = False) -> None:
        """Delete a file."""
        if missing_ok and not self.exists():
            return
        self.fs.rm_file(self.path)

    def rmdir(self, recursive: bool = False) -> None:
        """Delete a folder; with `recursive` all that lies in it."""
        self.fs.rm(self.path, recursive=True) if recursive else self.fs.rmdir(self.path)

    def copy(self, dst: Any) -> None:
        """Copy the file, also to another store."""
        target = dst if isinstance(dst, ObjectStoragePath) else ObjectStoragePath(dst)
        with self.open("rb") as source, target.open("wb") as sink:
            shutil.copyfileobj(source, sink)

    def move(self, path: Any) -> None:
        """Copy the file, then delete it here."""
        self.copy(path)
        self.unlink()
