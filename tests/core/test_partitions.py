"""Partition keys: each mapper, window and wait policy."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewind.core import partitions
from tradewind.core.partitions import PartitionKeyError, downstream_keys
from tradewind.spec.assets import MapperSpec, WindowSpec

ISO = "%Y-%m-%dT%H:%M:%S"
FORMATS = {
    "hour": "%Y-%m-%dT%H",
    "day": "%Y-%m-%d",
    "week": "%Y-%m-%d (W%V)",
    "month": "%Y-%m",
    "quarter": "%Y-Q{quarter}",
    "year": "%Y",
}


def start(unit: Any, **fields: Any) -> MapperSpec:
    values = {"kind": "start", "unit": unit, "input_format": ISO, "output_format": FORMATS[unit], **fields}
    return MapperSpec(**values)


@pytest.mark.parametrize(
    ("unit", "key"),
    [
        ("hour", "2024-03-13T10"),
        ("day", "2024-03-13"),
        ("week", "2024-03-11 (W11)"),
        ("month", "2024-03"),
        ("quarter", "2024-Q1"),
        ("year", "2024"),
    ],
)
def test_starts_of_periods(unit: str, key: str) -> None:
    assert downstream_keys(start(unit), "2024-03-13T10:42:15") == (key,)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)), st.sampled_from(sorted(FORMATS)))
def test_a_key_is_of_the_period_that_holds_its_time(at: datetime, unit: str) -> None:
    mapper = start(unit)
    [key] = downstream_keys(mapper, at.strftime(ISO))
    begin = partitions.partition_date(mapper, key)
    assert begin is not None and begin <= at.replace(tzinfo=UTC)
    assert downstream_keys(mapper, begin.strftime(ISO)) == (key,), "the start of a period is in it"
    assert partitions.start_of(unit, at) == begin.replace(tzinfo=None)  # type: ignore[arg-type]


def test_zones_decide_the_day() -> None:
    tokyo = start("day", timezone="Asia/Tokyo", input_format="%Y-%m-%dT%H:%M:%S%z")
    assert downstream_keys(tokyo, "2024-05-01T20:00:00+0000") == ("2024-05-02",)
    assert partitions.partition_date(tokyo, "2024-05-02") == datetime(2024, 5, 1, 15, tzinfo=UTC)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from(["week", "month", "quarter", "year", "day"]))
def test_windows_hold_the_keys_that_roll_up_into_them(day: date, unit: Any) -> None:
    """Each key of a window maps to its period, and a day or hour that does so is in the window."""
    small = "hour" if unit == "day" else "month" if unit in ("quarter", "year") else "day"
    upstream = start(unit, input_format=FORMATS[small])
    mapper = MapperSpec(kind="rollup", parts=(upstream,), window=WindowSpec(unit=unit))
    own = datetime(day.year, day.month, day.day, 5).strftime(FORMATS[small])
    [period] = downstream_keys(mapper, own)
    wanted = partitions.expected(mapper, period)
    assert wanted is not None and own in wanted
    assert all(downstream_keys(mapper, key) == (period,) for key in wanted)


@pytest.mark.parametrize(
    ("unit", "period", "first", "last", "count"),
    [
        ("hour", "2024-01-01T05", "2024-01-01T04:01:00", "2024-01-01T05:00:00", 60),
        ("day", "2024-01-02", "2024-01-01T01:00:00", "2024-01-02T00:00:00", 24),
        ("week", "2024-01-08 (W02)", "2024-01-02T00:00:00", "2024-01-08T00:00:00", 7),
        ("month", "2024-03", "2024-02-02T00:00:00", "2024-03-01T00:00:00", 29),
        ("quarter", "2024-Q1", "2023-11-01T00:00:00", "2024-01-01T00:00:00", 3),
        ("year", "2024", "2023-02-01T00:00:00", "2024-01-01T00:00:00", 12),
    ],
)
def test_backward_windows_end_with_the_period(unit: Any, period: str, first: str, last: str, count: int) -> None:
    mapper = MapperSpec(kind="rollup", parts=(start(unit),), window=WindowSpec(unit=unit, backward=True))
    wanted = partitions.expected(mapper, period)
    assert wanted is not None
    assert (min(wanted), max(wanted), len(wanted)) == (first, last, count)


SEGMENTS = WindowSpec(unit="segment", segments=("ap", "eu", "us"))


@pytest.mark.parametrize(
    ("minimum", "received", "needed"),
    [
        (None, ["eu"], 2),
        (None, ["ap", "eu", "us"], 0),
        (2, ["eu", "eu"], 1),
        (2, ["eu", "xx", "us"], 0),
        (-1, ["eu"], 1),
    ],
)
def test_wait_policies(minimum: int | None, received: list[str], needed: int) -> None:
    everything = MapperSpec(kind="fixed", keys=("all",))
    mapper = MapperSpec(kind="rollup", parts=(everything,), window=SEGMENTS, minimum=minimum)
    assert downstream_keys(mapper, "eu") == ("all",)
    assert partitions.missing(mapper, "all", received)[0] == needed


def test_fan_out() -> None:
    weekly = start("week", input_format="%Y-%m-%d")
    days = MapperSpec(kind="fan_out", parts=(weekly, start("day")), window=WindowSpec(unit="week"))
    monday = date(2024, 3, 11)
    assert downstream_keys(days, "2024-03-13") == tuple(str(monday + timedelta(days=n)) for n in range(7))
    named = MapperSpec(kind="fan_out", parts=(MapperSpec(), MapperSpec()), window=SEGMENTS)
    assert downstream_keys(named, "any") == ("ap", "eu", "us")
    with pytest.raises(PartitionKeyError, match="becomes 7 keys, more than the 6"):
        downstream_keys(
            MapperSpec(**{f: getattr(days, f) for f in ("kind", "parts", "window")}, max_downstream_keys=6),
            "2024-03-13",
        )


def test_chains_and_products() -> None:
    chain = MapperSpec(kind="chain", parts=(start("hour"), start("day", input_format="%Y-%m-%dT%H")))
    assert downstream_keys(chain, "2024-03-13T10:42:15") == ("2024-03-13",)
    product = MapperSpec(kind="product", parts=(MapperSpec(), start("day")))
    assert downstream_keys(product, "eu|2024-03-13T10:42:15") == ("eu|2024-03-13",)
    assert partitions.partition_date(product, "eu|2024-03-13") == datetime(2024, 3, 13, tzinfo=UTC)
    two = MapperSpec(kind="product", parts=(start("day"), start("day")))
    assert partitions.partition_date(two, "2024-03-13|2024-03-14") is None
    with pytest.raises(PartitionKeyError, match="has 1 parts"):
        downstream_keys(product, "eu")


@pytest.mark.parametrize(
    ("mapper", "key", "text"),
    [
        (MapperSpec(kind="allowed", keys=("eu",)), "us", "is not one of 'eu'"),
        (start("day"), "yesterday", "is not a time"),
        (MapperSpec(), "", "not 1 to 250"),
        (MapperSpec(), "x" * 251, "not 1 to 250"),
        (MapperSpec(kind="custom", classpath="dags.Mine"), "x", "only code of the user knows"),
    ],
)
def test_keys_that_cannot_be_taken(mapper: MapperSpec, key: str, text: str) -> None:
    with pytest.raises(PartitionKeyError, match=text):
        downstream_keys(mapper, key)
    if mapper.kind == "allowed":
        assert downstream_keys(mapper, "eu") == ("eu",)
