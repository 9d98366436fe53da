"""Masking in pieces gives what masking the whole gives, wherever it is cut."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tradewind.runtime.masking import MASK, Masker
from tradewind.runtime.masking_stream import LONGEST_NAME, JsonMasker, StreamMasker, masked_json

SECRETS = (
    'pa"ss/wörd',
    "tok-31415926",
    "tok-31415926-long",
    "a\nb\\c",
    "\U0001f511\U0001f511key",
    "12345678",
    "abab-abab",
)
texts = some.lists(some.sampled_from((*SECRETS, "ab", "tok-", "\\", '"', "\ud83d", "é", " ", "x")), max_size=6).map(
    "".join
)
names = some.sampled_from(("a", "password", "rows", "X-API-Key", "nothing"))
values = some.recursive(
    some.none() | some.booleans() | some.sampled_from((1, 12345678, 123456789, 2.5, -7)) | texts,
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(names, inner, max_size=4),
    max_leaves=15,
)


def known() -> Masker:
    masker = Masker()
    masker.add(SECRETS)
    return masker


def cut(data: some.DataObject, whole: Any) -> Iterator[Any]:
    """A text or bytes in pieces."""
    at = 0
    while at < len(whole):
        size = data.draw(some.integers(1, 12))
        yield whole[at : at + size]
        at += size


@given(texts, some.data())
def test_a_text_in_pieces(text: str, data: some.DataObject) -> None:
    masker = known()
    stream = StreamMasker(masker)
    done = "".join(stream.feed(piece) for piece in cut(data, text)) + stream.finish()
    assert done == masker.mask(text)
    assert StreamMasker(Masker()).feed(text) == text


@given(values, names | some.none(), some.booleans(), some.data())
def test_json_in_pieces(value: Any, name: str | None, ascii_only: bool, data: some.DataObject) -> None:
    masker = known()
    text = json.dumps(value, ensure_ascii=ascii_only, indent=data.draw(some.sampled_from((None, 1))))
    stream = JsonMasker(masker, name)
    done = "".join(stream.feed(piece) for piece in cut(data, text)) + stream.finish()
    # a file may hold the half of a character, escaped; an answer may not
    assert Masker().redact(json.loads(done)) == masker.redact(value, name)


@given(some.data())
def test_bytes_in_pieces(data: some.DataObject) -> None:
    masker = known()
    value = {"é": ["wörd", *SECRETS], "password": ["x", ""]}
    whole = json.dumps(value, ensure_ascii=False).encode()
    done = b"".join(masked_json(cut(data, whole), masker))
    assert json.loads(done) == {"é": ["wörd", *[MASK] * len(SECRETS)], "password": [MASK, ""]}


def test_what_is_kept_is_small() -> None:
    stream = JsonMasker(known())
    size = len(stream.feed('["'))
    for _ in range(200):
        size += len(stream.feed("x" * 10_000))
        assert len(stream._text) < 20 and len(stream._strings._rest) < 30
    assert size > 1_999_000
    rest = stream.feed(SECRETS[0].replace('"', '\\"')) + stream.feed('"]') + stream.finish()
    assert rest.lstrip("x") == f'{MASK}"]'


@pytest.mark.parametrize(
    "text", ['["a"', '{"a": 1', "]", '"a', "x" * (LONGEST_NAME + 1), '{"' + "k" * (LONGEST_NAME + 1)]
)
def test_what_is_no_json(text: str) -> None:
    stream = JsonMasker(known())
    with pytest.raises(ValueError, match=r"JSON|bracket|name"):
        stream.feed(text)
        stream.finish()
