"""Mappers and windows as objects say the same as the data they become; code of the user becomes a reference."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewind.authoring import partitions as p
from tradewind.core import partitions as core
from tradewind.core.partitions import PartitionKeyError
from tradewind.errors import DagAuthoringError

_STARTS = [
    p.StartOfHourMapper,
    p.StartOfDayMapper,
    p.StartOfWeekMapper,
    p.StartOfMonthMapper,
    p.StartOfQuarterMapper,
    p.StartOfYearMapper,
]
_WINDOWS = {
    p.StartOfHourMapper: p.HourWindow,
    p.StartOfDayMapper: p.DayWindow,
    p.StartOfWeekMapper: p.WeekWindow,
    p.StartOfMonthMapper: p.MonthWindow,
    p.StartOfQuarterMapper: p.QuarterWindow,
    p.StartOfYearMapper: p.YearWindow,
}
zones = st.sampled_from(["UTC", "Asia/Tokyo", "America/New_York"])
starts = st.builds(lambda cls, zone: cls(timezone=zone), st.sampled_from(_STARTS), zones)
directions = st.sampled_from(list(p.Window.Direction))
plain = st.one_of(
    starts,
    st.just(p.IdentityMapper()),
    st.just(p.FixedKeyMapper("all")),
    st.just(p.AllowedKeyMapper(["2024-03-13T10:42:15", "eu"])),
)
fans = st.builds(
    lambda upper, direction: p.FanOutMapper(
        upstream_mapper=upper,
        window=_WINDOWS[type(upper)](direction=direction),
        downstream_mapper=p.StartOfHourMapper(output_format="%Y-%m-%dT%H:%M"),
    ),
    starts,
    directions,
)
rollups = st.builds(
    lambda upper, direction: p.RollupMapper(upstream_mapper=upper, window=_WINDOWS[type(upper)](direction=direction)),
    starts,
    directions,
)
segments = st.just(p.RollupMapper(upstream_mapper=p.FixedKeyMapper("all"), window=p.SegmentWindow(["eu", "us"])))
mappers = st.one_of(
    plain,
    fans,
    rollups,
    segments,
    st.builds(p.ChainMapper, plain, plain),
    st.builds(p.ProductMapper, plain, plain),
)
times = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2090, 1, 1)).map(lambda at: at.strftime("%Y-%m-%dT%H:%M:%S"))
keys = st.one_of(times, st.builds("{}|{}".format, times, times), st.sampled_from(["eu", "2024-03-13T10:42:15", "x|y"]))


@given(mappers, keys)
def test_an_object_says_what_its_data_says(mapper: p.PartitionMapper, key: str) -> None:
    spec = mapper.spec()
    assert not core.has_code(spec)
    try:
        wanted = core.downstream_keys(spec, key)
    except PartitionKeyError:
        with pytest.raises(ValueError):
            p.keys_of(mapper, key)
        return
    assert tuple(dict.fromkeys(p.keys_of(mapper, key))) == wanted
    for downstream in wanted:
        found = mapper.to_upstream(downstream) if isinstance(mapper, p.RollupMapper) else None
        assert found == core.expected(spec, downstream)


class Own(p.PartitionMapper):
    def __init__(self, prefix: str = "") -> None:
        self.prefix = prefix  # not every author calls the base

    def to_downstream(self, key: str) -> str | Iterable[str]:
        return self.prefix + key


class Shifts(p.Window):
    def to_upstream(self, decoded_downstream: Any) -> Iterable[Any]:
        return [f"{decoded_downstream}-{shift}" for shift in ("early", "late")]


class NightHours(p.DayWindow):
    def to_upstream(self, decoded_downstream: Any) -> Iterable[Any]:
        return [at for at in super().to_upstream(decoded_downstream) if at.hour < 6]


class ShortDay(p.StartOfDayMapper):
    default_output_format = "%y%m%d"


class Fiscal(p.StartOfYearMapper):
    def normalize(self, dt: dt.datetime) -> dt.datetime:
        return super().normalize(dt.replace(year=dt.year + (dt.month >= 10)))


def test_code_of_the_user_is_a_reference_with_its_arguments() -> None:
    spec = Own("eu-").spec()
    assert spec.kind == "custom" and spec.classpath.endswith(".Own") and "eu-" in spec.data
    assert spec != Own("us-").spec(), "other arguments are another schedule"
    assert spec == Own("eu-").spec()
    assert core.has_code(p.ChainMapper(p.IdentityMapper(), Own()).spec())
    rollup = p.RollupMapper(upstream_mapper=Own(), window=Shifts(), wait_policy=p.MinimumCount(1))
    assert rollup.spec().minimum == 1 and core.has_code(rollup.spec())
    assert rollup.to_upstream("d") == {"d-early", "d-late"}
    night = p.RollupMapper(upstream_mapper=p.StartOfDayMapper(), window=NightHours())
    assert core.has_code(night.spec()) and len(night.to_upstream("2024-05-01")) == 6
    with pytest.raises(PartitionKeyError, match="only code of the user"):
        core.downstream_keys(night.spec(), "2024-05-01T00:00:00")


def test_a_subclass_that_only_names_a_format_stays_data() -> None:
    spec = ShortDay().spec()
    assert spec.kind == "start" and core.downstream_keys(spec, "2024-05-01T07:00:00") == ("240501",)


def test_a_subclass_of_a_built_in_one_calls_it() -> None:
    assert Fiscal().spec().kind == "custom"
    assert p.keys_of(Fiscal(), "2024-11-05T00:00:00") == ["2025"]
    assert p.keys_of(Fiscal(), "2024-09-05T00:00:00") == ["2024"]


class Silent(p.PartitionMapper):
    pass


class Half(Own):
    def decode_downstream(self, downstream_key: str) -> Any:
        return downstream_key.split("-")


class Patience(p.WaitPolicy):
    pass


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda: Silent().spec(), "does not say what becomes of a key"),
        (lambda: Half().spec(), "one of decode_downstream and encode_upstream"),
        (lambda: p.Window().spec(), "does not say what its parts are"),
        (
            lambda: p.RollupMapper(
                upstream_mapper=p.StartOfDayMapper(), window=p.DayWindow(), wait_policy=Patience()
            ).spec(),
            "wait policy Patience has code of its own",
        ),
        (lambda: p.RollupMapper(upstream_mapper=Own(), window=p.DayWindow()), "counts times"),
    ],
)
def test_what_cannot_be_asked_is_named(make: Any, text: str) -> None:
    with pytest.raises(DagAuthoringError, match=text):
        make()
