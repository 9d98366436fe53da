"""Where large values lie: files of a folder that all workers see, or objects of a bucket (`s3://...`).

Used by `large_values` in workers, which write and read, and by the janitor, which deletes.  A file appears whole or not
at all.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tradewind.errors import AirflowException

_MKDIR_TRIES = 20
_PIECE = 256 * 1024


def write_blob(location: str, data: bytes) -> None:
    """Store the bytes at a path or an address.  Raises AirflowException naming it when that is not possible."""
    if "://" in location:
        bucket, key = _bucket(location)
        _on_s3(location, "written", lambda s3: s3.put_object(Bucket=bucket, Key=key, Body=data))
        return
    path = Path(location)
    try:
        descriptor, name = _new_file(path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise AirflowException(
            f"the large XCom cannot be written to {location}: {error.strerror or error}; "
            "free space there, or choose another place with the setting xcom_spill_path"
        ) from error


def _new_file(folder: Path) -> tuple[int, str]:
    """An open file in the folder, which is made if need be, and its name."""
    for tries_left in reversed(range(_MKDIR_TRIES)):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return tempfile.mkstemp(dir=folder, prefix=".writing-")
        except (FileNotFoundError, FileExistsError):
            # whoever deleted the last value in it took the folder along a moment ago, perhaps between mkdir's
            # finding it there and looking whether it is a folder; a file in the way stays there for all tries
            if not tries_left:
                raise
    raise AssertionError("unreachable")


def read_blob(location: str) -> bytes:
    """The bytes.  Raises AirflowException when they are gone or cannot be read."""
    if "://" in location:
        bucket, key = _bucket(location)
        data: bytes = _on_s3(location, "read", lambda s3: s3.get_object(Bucket=bucket, Key=key)["Body"].read())
        return data
    try:
        return Path(location).read_bytes()
    except OSError as error:
        raise _unreadable(location, error) from error


def blob_pieces(location: str, size: int = _PIECE) -> Iterator[bytes]:
    """The bytes in pieces of `size`.  Raises AirflowException as `read_blob` does, at the first one or later."""
    if "://" in location:
        bucket, key = _bucket(location)
        body = _on_s3(location, "read", lambda s3: s3.get_object(Bucket=bucket, Key=key)["Body"])
        while piece := _on_s3(location, "read", lambda _: body.read(size)):
            yield piece
        return
    try:
        with Path(location).open("rb") as file:
            while piece := file.read(size):
                yield piece
    except OSError as error:
        raise _unreadable(location, error) from error


def delete_blob(location: str) -> None:
    """Delete the bytes, and folders that become empty; what is gone already is fine.  Raises AirflowException."""
    if "://" in location:
        bucket, key = _bucket(location)
        _on_s3(location, "deleted", lambda s3: s3.delete_object(Bucket=bucket, Key=key))
        return
    path = Path(location)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise AirflowException(f"the large XCom at {location} cannot be deleted: {error.strerror or error}") from error
    with contextlib.suppress(OSError):  # not empty: another value lies there
        for folder in list(path.parents)[:3]:
            folder.rmdir()


def _unreadable(location: str, error: OSError) -> AirflowException:
    return AirflowException(
        f"the large XCom at {location} cannot be read: {error.strerror or error}; "
        "all workers must see the folder of the setting xcom_spill_path"
    )


def _bucket(location: str) -> tuple[str, str]:
    parts = urlsplit(location)
    if parts.scheme != "s3":
        raise AirflowException(
            f"{location} is no place for large XComs; set xcom_spill_path to a folder or to s3://bucket/prefix"
        )
    return parts.netloc, parts.path.lstrip("/")


def _on_s3(location: str, done: str, work: Any) -> Any:
    try:
        client = importlib.import_module("boto3").client("s3")
    except ModuleNotFoundError:
        raise AirflowException(
            f"large XComs lie at {location}, which needs boto3: pip install 'tradewind[s3]'"
        ) from None
    try:
        return work(client)
    except Exception as error:  # botocore makes its error classes at run time
        raise AirflowException(f"the large XCom at {location} cannot be {done}: {error}") from error
