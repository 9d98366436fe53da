"""Values of XComs as text, whatever their size and type.  Used by the runtime's task instance and by `task_runner`.

A value whose text is longer than `TRADEWIND_XCOM_SPILL_THRESHOLD` (64 KiB) goes to a file or an object beside the
database; what is stored is an envelope with the format, the size, the SHA-256 and a summary for people.  The place is
reserved with the supervisor before it is written, so that the janitor finds what nobody refers to any more.  A custom
backend (`authoring.xcom`) comes first, and what it stores may be spilled like everything else.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from typing import Any

from tradewind.authoring import xcom as backends
from tradewind.authoring.xcom import StoredXCom
from tradewind.errors import AirflowException
from tradewind.runtime import library_values
from tradewind.runtime.blob_files import read_blob, write_blob
from tradewind.spec import serde, wire

THRESHOLD_VARIABLE = "TRADEWIND_XCOM_SPILL_THRESHOLD"
LIMIT_VARIABLE = "TRADEWIND_XCOM_MAX_BYTES"
DEFAULT_LIMIT = 1024**3
JSON, BYTES = "json", "bytes"
Request = Callable[[wire.Request], Any]

serde.extend(library_values.EXTENSION)


def _setting(name: str, default: int) -> int:
    text = os.environ.get(name, "")
    return int(text) if text.isdecimal() else default


def encode(value: Any, place: StoredXCom, *, attempt_id: str, request: Request) -> str:
    """The text to store for a value.

    Raises `serde.SerdeError` for what no XCom can hold, `serde.XComTooLarge` above the limit, AirflowException when the
    place for large values cannot be written.
    """
    threshold, limit = _setting(THRESHOLD_VARIABLE, serde.SOFT_LIMIT), _setting(LIMIT_VARIABLE, DEFAULT_LIMIT)
    chosen = backends.backend()
    if chosen is not None:
        text = backends.encode(chosen, value, place)
    else:
        whole = _as_bytes(value)
        if whole is not None and len(whole.data) > threshold:
            return _spill(whole, limit, place, attempt_id, request)
        text = serde.dumps(value, limit=limit)
    if len(text) <= threshold:
        return text
    summary = f"{type(value).__name__} of {len(text):,} characters of JSON"
    spilled = library_values.Binary(JSON, ".json", text.encode("utf-8"), summary)
    return _spill(spilled, limit, place, attempt_id, request)


def decode(text: str, place: StoredXCom, request: Request) -> Any:
    """The value of a stored text.

    Raises `serde.SerdeError`, and AirflowException when a large value is gone or not what was written.
    """
    tag = serde.tag_of(text)
    if tag == serde.BLOB:
        name, data = _fetch(text, place, request)
        if name == BYTES:
            return data
        if name != JSON:
            return library_values.read(name, data)
        text = data.decode("utf-8")
        tag = serde.tag_of(text)
    return backends.decode(text, place) if tag == serde.BACKEND else serde.loads(text)


def _as_bytes(value: Any) -> library_values.Binary | None:
    """Values that are written as they are rather than as JSON."""
    if isinstance(value, bytes | bytearray):
        return library_values.Binary(BYTES, ".bin", bytes(value), f"bytes, {len(value):,} of them")
    return library_values.binary(value, "value")


def _spill(value: library_values.Binary, limit: int, place: StoredXCom, attempt_id: str, request: Request) -> str:
    size = len(value.data)
    if size > limit:
        raise serde.XComTooLarge(
            f"{size:,} bytes are over the limit of {limit:,} (setting xcom_max_bytes); write the data to a file, a "
            "bucket or a table and return its address"
        )
    reserve = wire.ReserveBlob(attempt_id=attempt_id, key=place.key, bytes=size, suffix=value.suffix)
    blob_id, location = request(reserve)
    write_blob(location, value.data)
    digest = hashlib.sha256(value.data).hexdigest()
    return serde.tagged(serde.BLOB, [blob_id, value.name, size, digest, f"{value.summary} ({size:,} bytes)"])


def _fetch(text: str, place: StoredXCom, request: Request) -> tuple[str, bytes]:
    found = serde.inner(text)
    if not (isinstance(found, list) and len(found) == 5):
        raise serde.SerdeError("an XCom refers to a large value in a way that this version does not know")
    blob_id, name, size, digest, _ = found
    location = request(wire.FindBlob(blob_id))
    data = read_blob(location)
    if len(data) != size or hashlib.sha256(data).hexdigest() != digest:
        raise AirflowException(
            f"the XCom {place.key!r} of task {place.task_id!r} at {location} is not what was written there "
            f"({len(data):,} bytes instead of {size:,}, or other ones); clear the task to make it anew"
        )
    return name, data
