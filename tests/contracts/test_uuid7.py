"""Ids ascend in the order in which they are made, and are valid UUIDs of version 7."""

from __future__ import annotations

import os
import threading
import time
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewind.store.uuid7 import uuid7


@given(st.integers(0, 2**48 - 1), st.binary(min_size=8, max_size=16))
def test_a_given_time_and_given_bytes_make_the_id(unix_ms: int, random: bytes) -> None:
    text = uuid7(unix_ms, random)
    made = UUID(text)
    assert (made.version, made.variant) == (7, RFC_4122)
    assert made.int >> 80 == unix_ms
    assert str(made) == text == uuid7(unix_ms, random)


@given(st.lists(st.integers(0, 2**48 - 1), min_size=2, max_size=5, unique=True))
def test_ids_sort_by_time(times: list[int]) -> None:
    made = {uuid7(at): at for at in times}
    assert [made[text] for text in sorted(made)] == sorted(times)


@pytest.mark.parametrize("unix_ms", [-1, 2**48])
def test_a_time_that_does_not_fit(unix_ms: int) -> None:
    with pytest.raises(ValueError, match="outside 48 bits"):
        uuid7(unix_ms)


def test_too_little_randomness() -> None:
    with pytest.raises(ValueError, match="7 bytes"):
        uuid7(0, b"1234567")


def test_ids_of_one_process_ascend_strictly_also_within_a_millisecond() -> None:
    before = time.time_ns() // 1_000_000
    made = [uuid7() for _ in range(20_000)]
    assert made == sorted(set(made))
    assert before <= UUID(made[0]).int >> 80


def test_ids_of_several_threads_are_distinct_and_ascend_in_each() -> None:
    made: list[list[str]] = [[] for _ in range(4)]

    def fill(mine: list[str]) -> None:
        mine.extend(uuid7() for _ in range(5_000))

    threads = [threading.Thread(target=fill, args=(mine,)) for mine in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(mine == sorted(mine) for mine in made)
    assert len({text for mine in made for text in mine}) == 20_000


def test_ids_of_a_forked_child_are_its_own() -> None:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writer, "\n".join(uuid7() for _ in range(100)).encode())
        finally:
            os._exit(0)
    os.close(writer)
    mine = {uuid7() for _ in range(100)}
    with os.fdopen(reader) as answers:
        theirs = set(answers.read().split())
    os.waitpid(child, 0)
    assert len(theirs) == 100
    assert not mine & theirs
