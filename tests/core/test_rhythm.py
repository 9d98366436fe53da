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


def test_updates_by_the_minute_are_not_late_after_three() -> None:
    times = [NOW - timedelta(minutes=each) for each in (0, 1, 2, 3)]
    assert usual_gap(times) == 60
    assert missed_at(times) == NOW + timedelta(minutes=10)


def test_what_a_backfill_makes_at_once_is_one_beat() -> None:
    burst = [NOW - timedelta(seconds=2 * each) for each in range(12)]
    assert usual_gap(burst) is None
    assert missed_at(burst) is None
    assert usual_gap([*burst, *at(24, 48, 72)]) == pytest.approx(86400, abs=60)
