"""The rhythm of updates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tradewind.core.rhythm import missed_at, usual_gap

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def at(*hours: float) -> list[datetime]:
    return [NOW - timedelta(hours=each) for each in hours]


@pytest.mark.parametrize("hours", [(), (1,), (1, 2), (1, 2, 3)])
def test_two_gaps_are_no_rhythm(hours: tuple[float, ...]) -> None:
    assert usual_gap(at(*hours)) is None
    assert missed_at(at(*hours)) is None


def test_the_median_is_not_moved_by_one_long_pause() -> None:
    assert usual_gap(at(1, 2, 3, 4, 104)) == 3600
    assert missed_at(at(1, 2, 3, 4, 104)) == NOW + timedelta(hours=1)


def test_updates_by_the_second_are_not_late_after_a_minute() -> None:
    times = [NOW - timedelta(seconds=each) for each in (0, 1, 2, 3)]
    assert usual_gap(times) == 1
    assert missed_at(times) == NOW + timedelta(minutes=10)
