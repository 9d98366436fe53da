"""Values of XComs as the API shows them: plain JSON, also of those too large for a row.  Called by the routes.

Values have types that JSON has not; a date is shown as ISO text, a set as a list.  No code of users is run for it.
Secrets in them are hidden from people; tasks read the values as they were written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from tradewind.errors import AirflowException, NotFoundError
from tradewind.runtime.blob_files import blob_pieces, read_blob
from tradewind.runtime.masking_stream import masked_json
from tradewind.server.hidden import masker
from tradewind.spec import serde
from tradewind.store import Store

LARGEST = 16 * 1024 * 1024
"""Bytes of the largest value that an answer holds; of larger ones it tells the type and the size."""


def shown(store: Store, text: str, key: str) -> Any:
    """The value of an XCom for people, without secrets; under a key that sounds secret all texts are."""
    return masker().redact(plain(store, text), key)


def plain(store: Store, text: str) -> Any:
    """The value of a stored JSON text, fetched from where large values lie, as plain JSON.

    Dates, times, numbers and ids that JSON has no type for are texts, spans of time are seconds, tuples and sets are
    lists.  Of what is no JSON (frames, arrays, bytes), and of what is too large or cannot be fetched by the server: a
    text for people.
    """
    return _large(store, text) if serde.tag_of(text) == serde.BLOB else serde.display(text)


def is_described(text: str) -> bool:
    """Whether an answer tells the size of a value in place of it, though it is JSON: `json_pieces` gives all of it."""
    if serde.tag_of(text) != serde.BLOB:
        return False
    _, kind, size, *_ = serde.inner(text)
    return bool(kind == "json" and size > LARGEST)


def json_pieces(store: Store, text: str, key: str) -> Iterator[bytes]:
    """The stored JSON of an XCom of any size for people, without secrets, piece by piece.

    Raises NotFoundError for what is no JSON (frames, arrays, bytes), which cannot be looked through, and for what the
    server cannot fetch, and while it goes AirflowException when it is not what was written there.
    """
    if serde.tag_of(text) != serde.BLOB:
        return masked_json([text.encode()], masker(), key)
    blob_id, kind, _, digest, summary = serde.inner(text)
    if kind != "json":
        raise NotFoundError(f"{summary} is no JSON: secrets in it cannot be found, so only tasks read it")
    pieces = blob_pieces(store.blobs.find(blob_id))
    try:
        first = next(pieces, b"")
    except AirflowException as error:
        raise NotFoundError(f"{summary} cannot be shown: {error}") from None
    return masked_json(_checked(chain([first], pieces), digest, summary), masker(), key)


def _checked(pieces: Iterable[bytes], digest: str, summary: str) -> Iterator[bytes]:
    """The pieces.  Raises AirflowException at the end when they are not those with this digest."""
    found = hashlib.sha256()
    for piece in pieces:
        found.update(piece)
        yield piece
    if found.hexdigest() != digest:
        # the answer has begun: it breaks off, so that nobody takes it for the value
        raise AirflowException(f"{summary}: its file is not what was written there")


def _large(store: Store, text: str) -> Any:
    blob_id, kind, size, digest, summary = serde.inner(text)
    if kind != "json" or size > LARGEST:
        return summary
    try:
        data = read_blob(store.blobs.find(blob_id))
    except (NotFoundError, AirflowException) as error:
        return f"{summary}; it cannot be shown: {error}"
    if hashlib.sha256(data).hexdigest() != digest:
        return f"{summary}; it cannot be shown: its file is not what was written there"
    return plain(store, data.decode("utf-8"))
