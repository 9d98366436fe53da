"""Long answers go out compressed, and say the same."""

from __future__ import annotations

import asyncio
import gzip
import json
from typing import Any
from urllib.request import Request, urlopen

import pytest
from api_lab import Api
from hypothesis import given, settings
from hypothesis import strategies as st

from support.engine import dag
from tradewind.server.compressed import LEAST, Compressed
from tradewind.server.guard import Message, Scope

JSON = b"application/json"


def answered(start: Message, pieces: list[bytes], encodings: bytes | None) -> list[Message]:
    """What goes out for such an answer."""
    sent: list[Message] = []

    async def app(scope: Scope, receive: Any, send: Any) -> None:
        await send(start)
        for number, piece in enumerate(pieces):
            await send({"type": "http.response.body", "body": piece, "more_body": number < len(pieces) - 1})

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [] if encodings is None else [(b"Accept-Encoding", encodings)]
    asyncio.run(Compressed(app)({"type": "http", "headers": headers}, None, send))  # type: ignore[arg-type]
    return sent


def start_of(content_type: bytes, size: int, **more: bytes) -> Message:
    named = [(name.replace("_", "-").encode(), value) for name, value in more.items()]
    headers = [(b"content-type", content_type), (b"content-length", str(size).encode()), *named]
    return {"type": "http.response.start", "status": 200, "headers": headers}


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=3 * LEAST), st.booleans())
def test_what_comes_out_is_what_went_in(body: bytes, takes: bool) -> None:
    body *= 3
    start, sent = answered(start_of(JSON, len(body)), [body], b"br, gzip" if takes else None)
    headers = dict(start["headers"])
    compressed = headers.get(b"content-encoding") == b"gzip"
    assert compressed == (takes and len(body) >= LEAST)
    assert int(headers[b"content-length"]) == len(sent["body"])
    assert headers[b"vary"] == b"accept-encoding"
    assert (gzip.decompress(sent["body"]) if compressed else sent["body"]) == body


@pytest.mark.parametrize(
    ("encodings", "compressed"),
    [
        (b"gzip", True),
        (b"*", True),
        (b"br;q=1.0, GZIP;q=0.5", True),
        (b"gzip; q=0", False),
        (b"br, deflate", False),
        (b"", False),
    ],
)
def test_who_does_not_take_it_does_not_get_it(encodings: bytes, compressed: bool) -> None:
    start, _ = answered(start_of(JSON, LEAST), [b"1" * LEAST], encodings)
    assert (b"content-encoding" in dict(start["headers"])) is compressed


def test_streams_and_what_is_encoded_already_are_left_alone() -> None:
    long = b"1" * LEAST
    for start, pieces in (
        (start_of(JSON, 2 * LEAST), [long, long]),
        (start_of(b"text/event-stream", LEAST), [long]),
        (start_of(b"application/x-ndjson", LEAST), [long]),
        (start_of(JSON, LEAST, content_encoding=b"br"), [long]),
    ):
        sent = answered(start, pieces, b"gzip")
        assert [message["body"] for message in sent[1:]] == pieces
        assert (b"content-encoding", b"gzip") not in sent[0]["headers"]


def test_a_long_list_over_the_wire(sqlite_api: Api) -> None:
    sqlite_api.lab.add(*[dag(f"dag_{number:03}") for number in range(60)])
    token = sqlite_api.token("viewer")

    def told(encodings: str) -> tuple[str | None, bytes]:
        headers = {"authorization": f"Bearer {token}", "accept-encoding": encodings}
        with urlopen(Request(f"{sqlite_api.url}/api/v2/dags?limit=100", headers=headers)) as answer:
            assert answer.headers["x-content-type-options"] == "nosniff"
            return answer.headers["content-encoding"], answer.read()

    _, plain = told("identity")
    encoding, body = told("gzip")
    assert encoding == "gzip"
    assert len(body) * 5 < len(plain)
    assert json.loads(gzip.decompress(body)) == json.loads(plain)
