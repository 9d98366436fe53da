"""Fire times of crons against an independent count: every minute of the weeks around a change of the
clock."""

from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewind.core.timetables.ticks import Cron
from tradewind.errors import AirflowTimetableInvalid

MINUTE = timedelta(minutes=1)

# Zone, and a date near a change of its clock: forward and back, an hour, half an hour, at midnight, a whole day.
CHANGES = [
    ("Europe/Zurich", datetime(2026, 3, 29)),
    ("Europe/Zurich", datetime(2026, 10, 25)),
    ("America/New_York", datetime(2026, 3, 8)),
    ("America/New_York", datetime(2026, 11, 1)),
    ("Australia/Lord_Howe", datetime(2026, 4, 5)),
    ("Australia/Lord_Howe", datetime(2026, 10, 4)),
    ("America/Sao_Paulo", datetime(2018, 11, 4)),
    ("America/Sao_Paulo", datetime(2018, 2, 18)),
    ("Pacific/Apia", datetime(2011, 12, 30)),
    ("Asia/Kathmandu", datetime(2026, 5, 1)),
]
# Expression -> (minutes, hours, days of week or None), written out by hand.
ALL = frozenset(range(60))
CRONS: dict[str, tuple[frozenset[int], frozenset[int], frozenset[int] | None]] = {
    "* * * * *": (ALL, frozenset(range(24)), None),
    "*/20 * * * *": (frozenset({0, 20, 40}), frozenset(range(24)), None),
    "30 * * * *": (frozenset({30}), frozenset(range(24)), None),
    "0 0 * * *": (frozenset({0}), frozenset({0}), None),
    "30 2 * * *": (frozenset({30}), frozenset({2}), None),
    "15,45 1-3 * * *": (frozenset({15, 45}), frozenset({1, 2, 3}), None),
    "0 */2 * * *": (frozenset({0}), frozenset(range(0, 24, 2)), None),
    "5 2 * * 0": (frozenset({5}), frozenset({2}), frozenset({6})),
    "*/15 2 * * 6,0": (frozenset({0, 15, 30, 45}), frozenset({2}), frozenset({5, 6})),
}


SPAN = timedelta(days=4)


@cache
def minutes_around(zone_name: str, near: datetime) -> list[tuple[datetime, datetime, str]]:
    """Each minute of the real time around a date, as (instant, wall clock, kind), and each that the clock
    jumped over.

    A minute that was jumped over has the instant as far after the jump as it would have come after it.
    """
    zone = ZoneInfo(zone_name)
    at, end = near.replace(tzinfo=UTC) - SPAN - timedelta(days=2), near.replace(tzinfo=UTC) + SPAN + timedelta(days=2)
    found = []
    previous = None
    while at < end:
        local = at.astimezone(zone)
        wall = local.replace(tzinfo=None, fold=0)
        if previous is not None and wall - previous > MINUTE:
            jumped = int((wall - previous) / MINUTE) - 1
            found += [(at + i * MINUTE, previous + (i + 1) * MINUTE, "jumped") for i in range(jumped)]
        previous = wall
        twice = local.replace(fold=0).utcoffset() > local.replace(fold=1).utcoffset()  # type: ignore[operator]
        found.append((at, wall, "first" if twice and local.fold == 0 else "plain"))
        at += MINUTE
    return found


@cache
def by_hand(expression: str, zone_name: str, near: datetime) -> tuple[datetime, ...]:
    """All fire times within SPAN of a date."""
    minutes, hours, weekdays = CRONS[expression]
    start, end = near.replace(tzinfo=UTC) - SPAN, near.replace(tzinfo=UTC) + SPAN
    return tuple(
        sorted(
            {
                at
                for at, wall, kind in minutes_around(zone_name, near)
                if wall.minute in minutes
                and wall.hour in hours
                and (weekdays is None or wall.weekday() in weekdays)
                and (kind != "first" or len(hours) == 24)
                and start <= at < end
            }
        )
    )


@pytest.mark.parametrize(
    ("expression", "zone", "near"),
    # Each minute is looked up one by one, which is slow where the clock changes: two zones are enough for that.
    [
        (cron, zone, near)
        for cron in CRONS
        for zone, near in CHANGES
        if cron.startswith("* ") <= (zone in ("Europe/Zurich", "Australia/Lord_Howe"))
        and cron.startswith("*/20") <= (zone != "Pacific/Apia")
    ],
)
def test_fire_times_around_a_change_of_the_clock(expression: str, zone: str, near: datetime) -> None:
    start, end = near.replace(tzinfo=UTC) - SPAN, near.replace(tzinfo=UTC) + SPAN
    expected = by_hand(expression, zone, near)
    if len(expected) > 600:  # every minute: the hours that matter
        start, end = start + timedelta(days=3, hours=17), end - timedelta(days=3, hours=15)
        expected = tuple(t for t in expected if start <= t < end)
    assert expected
    cron = Cron(expression, zone)

    forward = []
    at = start - timedelta(seconds=1)
    while (at := cron.after(at)) < end:
        forward.append(at)
    assert tuple(forward) == expected

    backward = []
    at = end
    while (at := cron.before(at)) >= start:
        backward.append(at)
    assert tuple(reversed(backward)) == expected


@given(
    st.sampled_from([c for c in CRONS if not c.endswith("0")]),
    st.sampled_from(CHANGES),
    st.integers(-12 * 3600 * 10**6, 12 * 3600 * 10**6),
)
def test_alignment_from_any_instant(expression: str, change: tuple[str, datetime], offset: int) -> None:
    zone, near = change
    middle = near.replace(tzinfo=UTC)
    at = middle + timedelta(microseconds=offset)
    ticks = by_hand(expression, zone, near)
    cron = Cron(expression, zone)
    assert cron.after(at) == min(t for t in ticks if t > at)
    assert cron.before(at) == max(t for t in ticks if t < at)
    assert cron.at_or_after(at) == min(t for t in ticks if t >= at)
    assert cron.at_or_before(at) == max(t for t in ticks if t <= at)


def test_a_fixed_time_fires_at_the_same_wall_clock_time_all_year() -> None:
    cron, zone = Cron("0 2 * * *", "Europe/Zurich"), ZoneInfo("Europe/Zurich")
    at = datetime(2025, 12, 31, 12, tzinfo=UTC)
    walls = {}
    for _ in range(365):
        at = cron.after(at)
        walls[at.astimezone(zone).date()] = at.astimezone(zone).hour
    assert len(walls) == 365
    assert {day.isoformat() for day, hour in walls.items() if hour != 2} == {"2026-03-29"}


def test_sparse_crons_over_years() -> None:
    cron = Cron("0 0 29 2 *", "America/New_York")
    ticks = [cron.after(datetime(2020, 3, 1, tzinfo=UTC))]
    ticks += [cron.after(ticks[-1])]
    assert ticks == [datetime(2024, 2, 29, 5, tzinfo=UTC), datetime(2028, 2, 29, 5, tzinfo=UTC)]
    yearly = Cron("30 2 29 3 *", "Europe/Zurich")
    ticks = [yearly.after(datetime(2025, 1, 1, tzinfo=UTC))]
    for _ in range(3):
        ticks.append(yearly.after(ticks[-1]))
    assert [t.year for t in ticks] == [2025, 2026, 2027, 2028]
    assert all(yearly.before(b) == a for a, b in pairwise(ticks))


def test_fixed_offsets_and_months_words_and_presets() -> None:
    assert Cron("0 9 * * *", "+09:00").after(datetime(2026, 1, 1, tzinfo=UTC)) == datetime(2026, 1, 2, tzinfo=UTC)
    assert Cron("0 9 * * *", "-0330").after(datetime(2026, 1, 1, tzinfo=UTC)) == datetime(
        2026, 1, 1, 12, 30, tzinfo=UTC
    )
    assert Cron("0 0 1 jan mon").after(datetime(2026, 1, 1, tzinfo=UTC)) == datetime(2026, 1, 5, tzinfo=UTC)
    assert Cron("@monthly").after(datetime(2026, 1, 1, tzinfo=UTC)) == datetime(2026, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expression", "word"),
    [
        ("bad", "columns"),
        ("", "cron"),
        ("0 24 * * *", "range"),
        ("0 0 30 2 *", "no such date"),
        ("R 0 * * *", "random"),
        ("H(0-3) 0 * * *", "hashed"),
        ("0 0 * * * 0 2031", "six fields"),
    ],
)
def test_bad_crons_are_named(expression: str, word: str) -> None:
    with pytest.raises(AirflowTimetableInvalid, match=word) as caught:
        Cron(expression)
    assert repr(expression) in str(caught.value)


def test_bad_zone_is_named() -> None:
    for name in ("Europe/Atlantis", "", "../etc"):
        with pytest.raises(AirflowTimetableInvalid, match="unknown time zone"):
            Cron("0 0 * * *", name)
