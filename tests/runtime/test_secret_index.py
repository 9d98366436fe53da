"""Many known texts are found as if each were looked for alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from tradewind.runtime import secret_index
from tradewind.runtime.secret_index import SHORTEST, SecretIndex

letters = some.sampled_from("abé\U0001f511\ud83d한 ")
known = some.lists(some.text(letters, min_size=SHORTEST, max_size=14), max_size=40, unique=True)


def one_by_one(secrets: list[str], text: str) -> list[tuple[int, int]]:
    """The rule itself: from the left, the longest at each place, none over another."""
    found, at = [], 0
    while at < len(text):
        here = max((len(secret) for secret in secrets if text.startswith(secret, at)), default=0)
        if here:
            found.append((at, at + here))
        at += here or 1
    return found


@given(known, some.data())
def test_what_is_found(secrets: list[str], data: some.DataObject) -> None:
    inside = some.sampled_from(secrets) if secrets else some.just("")
    text = "".join(data.draw(some.lists(some.text(letters, max_size=5) | inside, max_size=8)))
    index = SecretIndex(secrets[::2])
    index.add(secrets[1::2])
    spans = index.spans(text)
    assert spans == one_by_one(secrets, text)
    assert index.longest == max(map(len, secrets), default=0)
    parts, at = [], 0
    for begin, end in spans:
        parts += (text[at:begin], "<>")
        at = end
    assert index.replaced(text, "<>") == "".join((*parts, text[at:]))


@given(known, some.text(letters, max_size=60), some.integers(1, 3))
def test_parts_of_a_long_text_are_looked_at_one_after_the_other(secrets: list[str], text: str, part: int) -> None:
    whole = secret_index._PART
    try:
        secret_index._PART = part
        assert SecretIndex(secrets).spans(text) == one_by_one(secrets, text)
    finally:
        secret_index._PART = whole


def test_tokens_that_begin_or_end_alike_share_no_pieces() -> None:
    """What all of them have in common must not make each be compared wherever one of them might be."""
    for secrets in (
        [f"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.{number:016}" for number in range(500)],
        [f"{number:016}.signed-by-somebody" for number in range(500)],
        [f"begins-alike-{number:016}-ends-alike" for number in range(500)],
    ):
        index = SecretIndex(secrets)
        assert max(map(len, index._long.values())) < len(secrets)
        assert index.replaced(f"a {secrets[7]} b {secrets[499]} c", "*") == "a * b * c"
