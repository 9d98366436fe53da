"""Backfills of what no schedule lists: partition keys, and answers of custom timetables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewind.core.backfill import Span, date_of, expected, overlap, slots
from tradewind.core.given_runs import found, keyed, spans_of
from tradewind.core.timetables import partitions
from tradewind.errors import InvalidError
from tradewind.spec.assets import AssetMapper, AssetSchedule, AssetUse, Condition, MapperSpec
from tradewind.spec.dag import DagSpec, TimetableSpec
from tradewind.spec.schedule import Interval, NextRun

T0 = datetime(2024, 1, 1, tzinfo=UTC)
NOW = datetime(2024, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)
USE = AssetUse(name="a", uri="a")
CRON = DagSpec(
    dag_id="cron",
    timetable=TimetableSpec(
        kind="cron_partition", crons=("0 3 * * 1-5",), timezone="Asia/Tokyo", key_format="%Y-%m-%dT%H", partitioned=True
    ),
)
RUNTIME = DagSpec(dag_id="runtime", timetable=TimetableSpec(kind="none", partitioned=True))
CUSTOM = DagSpec(dag_id="custom", timetable=TimetableSpec(kind="custom"))


def by_asset(mapper: MapperSpec, *more: MapperSpec) -> DagSpec:
    schedule = AssetSchedule(
        condition=Condition(use=USE),
        partitioned=True,
        default_mapper=mapper,
        mappers=tuple(AssetMapper(use=USE, mapper=item) for item in more),
    )
    return DagSpec(dag_id="assets", timetable=TimetableSpec(kind="none", partitioned=True), asset_schedule=schedule)


DAYS = MapperSpec(kind="start", unit="day", input_format="%Y-%m-%dT%H", output_format="%Y-%m-%d", timezone="Asia/Tokyo")
keys = st.lists(st.text("abc|-", min_size=1, max_size=3), min_size=1, max_size=8)


@given(keys, st.booleans(), st.integers(0, 8))
def test_each_partition_once_in_the_order_given_from_wherever_it_stands(
    given_keys: list[str], backwards: bool, taken: int
) -> None:
    runs = keyed(RUNTIME, given_keys, NOW)
    span = Span(NOW, NOW, None, backwards, tuple(str(run.partition_key) for run in runs), runs)
    whole = [run.partition_key for run in slots(RUNTIME, span)]
    assert whole == list(dict.fromkeys(given_keys))[:: -1 if backwards else 1]
    assert [run.partition_key for run in slots(RUNTIME, span, taken=taken)] == whole[taken:]
    assert expected(RUNTIME, span) == (len(whole), True)
    assert all(run.run_after == NOW and run.logical_date is None for run in runs)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1)), st.integers(0, 30))
def test_keys_of_a_cron_are_the_runs_of_its_range(first: datetime, days: int) -> None:
    ranged = partitions(CRON.timetable).partitions(first, first + days * DAY)
    if ranged:
        assert keyed(CRON, [str(run.partition_key) for run in ranged], NOW) == tuple(ranged)


def test_keys_of_mappers_have_their_dates() -> None:
    [run] = keyed(by_asset(DAYS), ["2024-05-01"], NOW)
    assert (run.partition_date, run.run_after) == (datetime(2024, 4, 30, 15, tzinfo=UTC), NOW)
    own = MapperSpec(kind="custom", classpath="dags.Mine")
    assert keyed(by_asset(own), ["anything"], NOW)[0].partition_date is None, "only its code could tell"
    assert keyed(by_asset(MapperSpec(), DAYS), ["2024-05-01"], NOW)[0].partition_date is not None
    assert keyed(by_asset(MapperSpec(), DAYS), ["eu"], NOW)[0].partition_date is None


@pytest.mark.parametrize(
    ("spec", "wanted", "text"),
    [
        (CUSTOM, ["a"], "has no partitions"),
        (RUNTIME, [], "is empty"),
        (RUNTIME, [" "], "is not valid"),
        (RUNTIME, ["x" * 251], "is not valid"),
        (RUNTIME, ["a\x00"], "is not valid"),
        (RUNTIME, [str(number) for number in range(10_001)], "more than 10,000"),
        (CRON, ["eu"], "does not match the key_format"),
        (CRON, ["2024-05-04T03"], "near it are '2024-05-06T03' and '2024-05-07T03'"),
        (by_asset(DAYS), ["2024-05"], "does not look like '%Y-%m-%d'"),
    ],
)
def test_keys_that_no_run_can_have(spec: DagSpec, wanted: list[str], text: str) -> None:
    with pytest.raises(InvalidError, match=text):
        keyed(spec, wanted, NOW)


@given(keys, keys)
def test_backfills_of_keys_overlap_when_they_share_one(one: list[str], other: list[str]) -> None:
    spans = [Span(NOW, NOW, keys=tuple(item)) for item in (one, other)]
    assert overlap(*spans) == bool(set(one) & set(other))


def test_a_custom_timetable_is_asked_about_days_in_its_zone() -> None:
    assert spans_of(CUSTOM, T0, NOW, None) == ((T0, NOW),)
    instant = T0 + timedelta(hours=5)
    whole = (T0, T0 + DAY - timedelta(microseconds=1))
    assert spans_of(CUSTOM, None, None, [instant, date(2024, 1, 1), date(2024, 1, 1)]) == (whole, (instant, instant))


def test_a_custom_timetable_must_know_each_date() -> None:
    run = NextRun(T0, Interval(T0, T0 + DAY), T0 + DAY)
    assert found(CUSTOM, [date(2024, 1, 1)], [run]) == (run,)
    assert date_of(run) == T0
    with pytest.raises(InvalidError, match="no run at 2024-01-02"):
        found(CUSTOM, [date(2024, 1, 1), date(2024, 1, 2)], [run])
    with pytest.raises(InvalidError, match="no run in this range"):
        found(CUSTOM, None, [])
    with pytest.raises(InvalidError, match="list of dates is empty"):
        found(CUSTOM, [], [])
