"""Durations, times and lists as people say them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from tradewind.core import words

NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 ms"),
        (0.25, "250 ms"),
        (1, "1.0 s"),
        (59.9, "59.9 s"),
        (59.96, "1 min"),
        (61, "1 min 1 s"),
        (3600, "1 h"),
        (3661, "1 h 1 min"),
        (86400 * 3 + 7200, "3 d 2 h"),
    ],
)
def test_spans_have_their_two_largest_units(seconds: float, text: str) -> None:
    assert words.span(seconds) == text


def test_moments_are_utc() -> None:
    assert words.moment(NOW.astimezone(timezone(timedelta(hours=9)))) == "2030-01-01 12:00:00 UTC"


def test_since() -> None:
    assert words.since(None, NOW) == ""
    assert words.since(NOW, NOW) == "for less than a second"
    assert words.since(NOW - timedelta(minutes=2), NOW) == "for 2 min"


def test_lists_are_cut_after_some_names() -> None:
    assert words.listed([]) == ""
    assert words.listed(["a"]) == "`a`"
    assert words.listed(["a", "b"]) == "`a` and `b`"
    assert words.listed(["a", "b", "c"]) == "`a`, `b` and `c`"
    assert words.listed(["a", "b", "c", "d", "e"]) == "`a`, `b`, `c` and 2 more"
    assert words.listed(iter(["a", "b", "a"]), mark="") == "a and b"


def test_counts_have_their_plural() -> None:
    assert [words.counted(n, "task") for n in (0, 1, 2)] == ["0 tasks", "1 task", "2 tasks"]
    assert words.counted(2, "run is", "runs are") == "2 runs are"
