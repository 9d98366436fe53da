"""Values of XComs as the API shows them: JSON, also of those too large for a row.  Called by the routes."""

from __future__ import annotations

import hashlib
import json

from tradewind.errors import AirflowException, NotFoundError
from tradewind.runtime.blob_files import read_blob
from tradewind.spec import serde
from tradewind.store import Store

LARGEST = 16 * 1024 * 1024
"""Bytes of the largest value that an answer holds; of larger ones it tells the type and the size."""


def shown(store: Store, text: str) -> str:
    """The stored JSON text, fetched from where large values lie.

    Of what is no JSON (frames, arrays, bytes), of a custom backend's values and of what is too large or cannot be
    fetched by the server: a JSON string for people.
    """
    tag = serde.tag_of(text) or ""
    if tag == serde.BLOB:
        return _large(store, text)
    if tag == serde.BACKEND or tag.startswith("library."):
        return json.dumps(serde.display(text))
    return text


def _large(store: Store, text: str) -> str:
    blob_id, kind, size, digest, summary = serde.inner(text)
    if kind != "json" or size > LARGEST:
        return json.dumps(summary)
    try:
        data = read_blob(store.blobs.find(blob_id))
    except (NotFoundError, AirflowException) as error:
        return json.dumps(f"{summary}; it cannot be shown: {error}")
    if hashlib.sha256(data).hexdigest() != digest:
        return json.dumps(f"{summary}; it cannot be shown: its file is not what was written there")
    return shown(store, data.decode("utf-8"))
