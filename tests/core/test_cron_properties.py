"""Cron expressions and time zones against other people's: wall-clock times from `cronsim`, clock changes from
`dateutil`, which reads its own copy of the zone data.

What one says of a wall-clock time and the other of a change of the clock is put together by three rules: a time that
the clock jumps over is moved by the jump; one that comes twice counts the second time; a cron of every hour fires both
times.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import dateutil.zoneinfo
from cronsim import CronSim
from dateutil import tz as dateutil_tz
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tradewind.core.timetables import build
from tradewind.core.timetables.ticks import Cron
from tradewind.spec.dag import TimetableSpec
from tradewind.spec.schedule import Interval

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
THEIRS = dateutil.zoneinfo.get_zonefile_instance()
ZONES = sorted(name for name in available_timezones() & set(THEIRS.zones) if not name.startswith(("right/", "posix/")))
YEARS = (1970, 2037)


@dataclass(frozen=True)
class Written:
    """An expression of which we know whether it fires in every hour."""

    text: str
    every_hour: bool


@st.composite
def field(draw: st.DrawFn, low: int, high: int) -> str:
    kind = draw(st.sampled_from(["any", "any", "one", "list", "range", "step", "range step"]))
    first = draw(st.integers(low, high))
    last = draw(st.integers(first, high))
    step = draw(st.integers(2, max(2, (high - low) // 2)))
    if kind == "list":
        return ",".join(map(str, sorted(draw(st.sets(st.integers(low, high), min_size=2, max_size=4)))))
    plain = {"any": "*", "one": f"{first}", "range": f"{first}-{last}", "step": f"*/{step}"}
    return plain.get(kind, f"{first}-{last}/{step}" if first < last else "*")


@st.composite
def crons(draw: st.DrawFn) -> Written:
    """At most every ten minutes.  Day of month and of week are not both given with a star: crons differ there."""
    minute = draw(st.sampled_from(["0", "30", "5,35", "*/10", "*/20", "59", "1-41/10"]))
    hour = draw(st.one_of(field(0, 23), st.sampled_from(["*", "1-3", "2", "0", "23", "0-23"])))
    month = draw(field(1, 12))
    days = draw(st.sampled_from(["* *", "month", "week", "both"]))
    of_month, of_week = "*", "*"
    if days in ("month", "both"):
        of_month = str(draw(st.integers(1, 28)))
    if days in ("week", "both"):
        of_week = draw(st.sampled_from(["0", "7", "1-5", "6,0", "mon", "TUE-THU"]))
    return Written(f"{minute} {hour} {of_month} {month} {of_week}", hour in ("*", "0-23", "*/1"))


def wall_times(expression: str, start: datetime, end: datetime) -> list[datetime]:
    """By the other library, naive, start excluded."""
    return list(itertools.takewhile(lambda at: at <= end, CronSim(expression, start)))


def instants(wall: datetime, zone: object, every_hour: bool) -> list[datetime]:
    """By the other zone library."""
    local = wall.replace(tzinfo=zone)  # type: ignore[arg-type]
    if not dateutil_tz.datetime_exists(local):
        return [dateutil_tz.resolve_imaginary(local).astimezone(UTC)]
    if not dateutil_tz.datetime_ambiguous(local):
        return [local.astimezone(UTC)]
    both = [dateutil_tz.enfold(local, fold).astimezone(UTC) for fold in (0, 1)]
    return both if every_hour else both[1:]


@cache
def changes(name: str, year: int) -> tuple[datetime, ...]:
    """Instants (to the hour) at which the clock of a zone changes in a year."""
    zone = ZoneInfo(name)
    at, found = datetime(year, 1, 1, tzinfo=UTC), []
    offset = at.astimezone(zone).utcoffset()
    while at.year == year:
        following = at + 12 * HOUR
        if (new := following.astimezone(zone).utcoffset()) != offset:
            found.append(following)
            offset = new
        at = following
    return tuple(found)


def agree(name: str, start: datetime, end: datetime, step: timedelta = HOUR) -> bool:
    """Whether both copies of the zone data say the same."""
    zone, theirs = ZoneInfo(name), THEIRS.get(name)
    steps = int((end - start) / step)
    return all(
        (at := start + n * step).astimezone(zone).utcoffset() == at.astimezone(theirs).utcoffset() for n in range(steps)
    )


@settings(max_examples=100, deadline=None)
@given(crons(), st.datetimes(datetime(1970, 1, 1), datetime(2037, 1, 1)))
def test_fire_times_without_a_zone_are_those_of_another_cron(cron: Written, start: datetime) -> None:
    expected = list(itertools.islice(CronSim(cron.text, start), 30))
    found, at = [], start.replace(tzinfo=UTC)
    ticks = Cron(cron.text)
    for _ in expected:
        at = ticks.after(at)
        found.append(at.replace(tzinfo=None))
    assert found == expected
    for later, earlier in itertools.pairwise(reversed(found)):
        assert ticks.before(later.replace(tzinfo=UTC)) == earlier.replace(tzinfo=UTC)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_fire_times_around_changes_of_the_clock_everywhere(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(ZONES))
    year = data.draw(st.integers(*YEARS))
    found = changes(name, year)
    middle = data.draw(st.sampled_from(found)) if found else datetime(year, 6, 1, tzinfo=UTC)
    start, end = middle - 3 * DAY, middle + 3 * DAY
    assume(agree(name, start - 2 * DAY, end + 2 * DAY))
    cron = data.draw(crons())
    theirs = THEIRS.get(name)
    walls = wall_times(cron.text, (start - 2 * DAY).replace(tzinfo=None), (end + 2 * DAY).replace(tzinfo=None))
    expected = sorted({at for wall in walls for at in instants(wall, theirs, cron.every_hour) if start < at <= end})

    ticks = Cron(cron.text, name)
    forward, at = [], start
    while (at := ticks.after(at)) <= end:
        forward.append(at)
    assert forward == expected, (cron.text, name, middle)
    backward, at = [], end + timedelta(seconds=1)
    while (at := ticks.before(at)) > start:
        backward.append(at)
    assert backward[::-1] == expected, (cron.text, name, middle)

    table = build(TimetableSpec(kind="cron_interval", crons=(cron.text,), timezone=name))
    last: Interval | None = None
    tiles = []
    while (run := table.next_run(last, start, None, True, end)) is not None and run.run_after <= end:
        assert run.interval is not None
        tiles.append(run.interval)
        last = run.interval
    first = ticks.at_or_after(start)
    edges = ([start] if first == start else []) + expected
    assert tiles == [Interval(a, b) for a, b in itertools.pairwise(edges)], "no gap, no overlap, nothing empty"


def test_the_two_copies_of_the_zone_data_are_about_the_same() -> None:
    """Otherwise the test above would look at nothing."""
    start = datetime(2020, 1, 1, tzinfo=UTC)
    same = sum(agree(name, start, start + 366 * DAY, 7 * DAY) for name in ZONES)
    assert len(ZONES) > 400
    assert same > 0.97 * len(ZONES)
