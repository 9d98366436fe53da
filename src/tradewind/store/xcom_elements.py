"""Single elements of lists and dicts that tasks returned: what each instance of a mapped task asks for.

Called by `services.task_api`.  A list is read and taken apart once, however many instances ask, also one that lies in a
file: what they are sent is their element.  Each question looks at when the value was stored, so that a new value is
seen at once.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Engine, select

from tradewind.errors import AirflowException, NotFoundError
from tradewind.runtime.blob_files import read_blob
from tradewind.spec import serde
from tradewind.spec.ids import NOT_MAPPED
from tradewind.spec.wire_values import GetXComElement
from tradewind.store import tables
from tradewind.store.blobs import Blobs
from tradewind.store.engine import read

KEPT = 64 * 1024 * 1024
"""Characters of the values that are kept in parts, all together."""
LARGEST = 32 * 1024 * 1024
"""Characters of the longest text that is kept; longer ones are sent whole."""
_xcom, _run = tables.xcom.c, tables.dag_run.c
_LIST, _DICT = msgspec.json.Decoder(list[msgspec.Raw]), msgspec.json.Decoder(dict[str, msgspec.Raw])


@dataclass(frozen=True, slots=True)
class _Parts:
    stored_at: datetime
    kind: str
    texts: list[str]
    size: int
    """Characters of the whole."""


class XComElements:
    """Elements of the XComs of tasks that are not mapped.  Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._blobs = Blobs(engine)
        self._known: OrderedDict[tuple[int, str, str], _Parts] = OrderedDict()
        self._size = 0

    def get(self, wanted: GetXComElement) -> list[object]:
        """See `wire.GetXComElement`."""
        run_pk = select(_run.id).where(_run.dag_id == wanted.dag_id, _run.run_id == wanted.run_id).scalar_subquery()
        where = (
            _xcom.dag_run_id == run_pk, _xcom.task_id == wanted.task_id, _xcom.map_index == NOT_MAPPED,
            _xcom.key == wanted.key,
        )  # fmt: skip
        with read(self._engine) as connection:
            found = connection.execute(select(_xcom.dag_run_id, _xcom.created_at).where(*where)).one_or_none()
        if found is None:
            return ["none", 0, ""]
        place = (found.dag_run_id, wanted.task_id, wanted.key)
        parts = self._recall(place, found.created_at)
        if parts is None:
            with read(self._engine) as connection:
                row = connection.execute(select(_xcom.created_at, _xcom.value).where(*where)).one_or_none()
            if row is None:
                return ["none", 0, ""]
            parts = _take_apart(row.created_at, self._text(row.value))
            if parts is None:
                return ["whole", 0, row.value]
            self._keep(place, parts)
        text = parts.texts[wanted.index] if 0 <= wanted.index < len(parts.texts) else ""
        return [parts.kind, len(parts.texts), text]

    def _text(self, stored: str) -> str:
        """What lies in a file where it lies in one; else, or when it cannot be had here, what is stored itself."""
        if serde.tag_of(stored) != serde.BLOB:
            return stored
        told = serde.inner(stored)
        if not (isinstance(told, list) and len(told) == 5):
            return stored
        blob_id, kind, size, digest, _ = told
        if kind != "json" or size > LARGEST:
            return stored
        try:
            data = read_blob(self._blobs.find(blob_id))
        except (NotFoundError, AirflowException):
            return stored  # the worker, which may see more places, reads it and says what is wrong
        return data.decode("utf-8") if hashlib.sha256(data).hexdigest() == digest else stored

    def _recall(self, place: tuple[int, str, str], stored_at: datetime) -> _Parts | None:
        with self._lock:
            parts = self._known.get(place)
            if parts is None or parts.stored_at != stored_at:
                return None
            self._known.move_to_end(place)
            return parts

    def _keep(self, place: tuple[int, str, str], parts: _Parts) -> None:
        with self._lock:
            if (old := self._known.pop(place, None)) is not None:
                self._size -= old.size
            self._known[place] = parts
            self._size += parts.size
            while self._size > KEPT and len(self._known) > 1:
                _, gone = self._known.popitem(last=False)
                self._size -= gone.size


def _take_apart(stored_at: datetime, text: str) -> _Parts | None:
    """The elements as JSON texts; None for what is no plain list or dict, or too long to keep."""
    if len(text) > LARGEST or serde.tag_of(text) is not None:
        return None
    try:
        if text.startswith("["):
            return _Parts(stored_at, "list", [bytes(raw).decode("utf-8") for raw in _LIST.decode(text)], len(text))
        if text.startswith("{"):
            pairs = _DICT.decode(text).items()
            return _Parts(
                stored_at,
                "dict",
                [f"[{msgspec.json.encode(k).decode()},{bytes(raw).decode('utf-8')}]" for k, raw in pairs],
                len(text),
            )
    except (msgspec.DecodeError, UnicodeError):
        pass  # not what we write ourselves: the worker reads it whole, and says what is wrong with it
    return None
