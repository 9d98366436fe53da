"""When DAGs that wait for assets run: rules stated over any conditions, logs and restarts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewind.core import assets, partitions
from tradewind.core.assets import Consumer, Event, Firing, Seen
from tradewind.spec.assets import AssetSchedule, AssetUse, Condition, Mapped, MappedKey, MapperSpec, WindowSpec

NAMES = "abcd"
START = datetime(2024, 8, 6, tzinfo=UTC)


def use(name: str) -> AssetUse:
    return AssetUse(name=name, uri=f"s3://{name}")


conditions = st.recursive(
    st.sampled_from(NAMES).map(lambda name: Condition(use=use(name))),
    lambda inner: st.builds(
        lambda op, parts: Condition(op=op, parts=tuple(parts)),
        st.sampled_from(["all", "any"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
)


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    """Events with growing ids, in emissions of one to three."""
    found: list[Event] = []
    for number, size in enumerate(draw(st.lists(st.integers(1, 3), max_size=12))):
        for _ in range(size):
            name = draw(st.sampled_from(NAMES))
            at = START + timedelta(seconds=number)
            event_id = (found[-1].id if found else 0) + draw(st.integers(1, 3))
            found.append(Event(event_id, at, NAMES.index(name) + 1, name, f"s3://{name}", f"emission-{number}"))
    return found


def fresh(condition: Condition, **fields: Any) -> Consumer:
    return Consumer("c", AssetSchedule(condition=condition), 0, **fields)


def play(consumer: Consumer, log: list[Event]) -> list[Firing]:
    return [firing for emission in assets.emissions(log) for firing in assets.offer(consumer, emission)[0]]


def wanted(condition: Condition, log: list[Event]) -> list[int]:
    names = {leaf.name for leaf in assets.leaves(condition)}
    return [event.id for event in log if event.name in names]


@given(conditions, logs())
def test_every_event_is_consumed_once_in_order(condition: Condition, log: list[Event]) -> None:
    consumer = fresh(condition)
    firings = play(consumer, log)
    consumed = [[number for number in wanted(condition, log) if f.since < number <= f.up_to] for f in firings]
    left = [number for number in wanted(condition, log) if number > consumer.since]
    assert [number for run in consumed for number in run] + left == wanted(condition, log)
    assert all(consumed), "no run without an event"
    assert len({firing.run_id for firing in firings}) == len(firings)


@given(conditions, logs())
def test_each_run_was_complete_and_not_before(condition: Condition, log: list[Event]) -> None:
    consumer = fresh(condition)
    for emission in assets.emissions(log):
        before = dict(consumer.queue)
        assert not before or assets.missing(condition, before.values()), "a complete queue waits for nothing"
        firings, refused = assets.offer(consumer, emission)
        assert not refused and len(firings) <= 1
        seen = {item.name for item in before.values()} | {event.name for event in emission}
        met = frozenset(leaf for leaf in assets.leaves(condition) if leaf.name in seen)
        relevant = any(event.name in {leaf.name for leaf in assets.leaves(condition)} for event in emission)
        assert bool(firings) == (relevant and assets.holds(condition, met))
        if firings:
            assert consumer.queue == {}


@given(conditions, logs(), st.lists(st.integers(0, 12), max_size=4))
def test_restarts_change_nothing(condition: Condition, log: list[Event], cuts: list[int]) -> None:
    """What is kept between turns (queue and place) is all that decides: the log may be cut anywhere."""
    whole = play(fresh(condition), log)
    consumer, firings = fresh(condition), []
    groups = list(assets.emissions(log))
    for number, emission in enumerate(groups):
        if number in cuts:  # a new leader reads what the old one wrote
            consumer = Consumer("c", consumer.schedule, consumer.since, queue=dict(consumer.queue))
        firings += assets.offer(consumer, emission)[0]
    assert firings == whole


@given(conditions, logs())
def test_deciding_again_decides_the_same(condition: Condition, log: list[Event]) -> None:
    """Two leaders, or one that died before its commit, make the same runs; the second commit finds the place moved."""
    assert play(fresh(condition), log) == play(fresh(condition), log)


@given(conditions, logs())
def test_events_that_were_consumed_do_not_count_again(condition: Condition, log: list[Event]) -> None:
    consumer = fresh(condition)
    play(consumer, log)
    consumer.queue.clear()
    assert play(consumer, [event for event in log if event.id <= consumer.since]) == []


@given(conditions, logs(), st.sets(st.integers(0, 11)))
def test_a_paused_consumer_makes_no_run_and_loses_no_event(
    condition: Condition, log: list[Event], paused: set[int]
) -> None:
    consumer, firings = fresh(condition), []
    for number, emission in enumerate(assets.emissions(log)):
        consumer.paused = number in paused
        made, _ = assets.offer(consumer, emission)
        assert not (made and consumer.paused)
        firings += made
    spans = [(firing.since, firing.up_to) for firing in firings]
    assert all(before[1] == after[0] for before, after in pairwise(spans)), "no gap between runs"


@given(conditions, st.sets(st.sampled_from(NAMES)))
def test_missing_names_what_would_help(condition: Condition, seen: set[str]) -> None:
    entries = [Seen(NAMES.index(name) + 1, 0, name, f"s3://{name}", "", 1, START) for name in sorted(seen)]
    absent = assets.missing(condition, entries)
    met = assets.met_by(condition, entries)
    assert (absent == ()) == assets.holds(condition, met)
    assert not set(absent) & met
    assert assets.holds(condition, met | set(absent))
    text = assets.why_waiting(condition, entries)
    assert (text is None) == (not absent)
    if text is not None:
        assert absent[0].name in text


def test_references_and_aliases_are_met_by_what_they_mean() -> None:
    event = Event(1, START, 1, "a", "s3://a", "e", aliases=((7, "daily"),))
    for leaf, fires in (
        (AssetUse(kind="name", name="a"), True),
        (AssetUse(kind="uri", uri="s3://a"), True),
        (AssetUse(kind="name", name="b"), False),
        (AssetUse(kind="alias", name="daily"), True),
        (AssetUse(kind="alias", name="weekly"), False),
        (AssetUse(name="a", uri="s3://other"), False),
    ):
        firings, _ = assets.offer(fresh(Condition(use=leaf)), [event])
        assert bool(firings) is fires, leaf


# --- partitions -----------------------------------------------------------------------------------------------

KEYS = [f"2024-0{month}" for month in range(1, 8)]
QUARTER = MapperSpec(
    kind="rollup",
    parts=(MapperSpec(kind="start", unit="quarter", input_format="%Y-%m", output_format="%Y-Q{quarter}"),),
    window=WindowSpec(unit="quarter"),
)


def keyed(log: list[tuple[str, str]]) -> list[Event]:
    return [
        Event(number + 1, START, NAMES.index(name) + 1, name, f"s3://{name}", f"e{number}", partition_key=key)
        for number, (name, key) in enumerate(log)
    ]


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(KEYS)), max_size=20), st.sampled_from(["all", "any"]))
def test_partitions_consume_each_event_once(log: list[tuple[str, str]], op: Any) -> None:
    condition = Condition(op=op, parts=(Condition(use=use("a")), Condition(use=use("b"))))
    consumer = Consumer("c", AssetSchedule(condition=condition, partitioned=True), 0)
    events = keyed(log)
    firings = play(consumer, events)
    for key in KEYS:
        of_key = [event for event in events if event.partition_key == key]
        consumed = [number for firing in firings if firing.partition_key == key for number in firing.events]
        waiting = [item.event.id for item in consumer.partitions.get(key, [])]
        assert consumed + waiting == [event.id for event in of_key]
        if op == "any":
            assert not waiting
    assert len({firing.run_id for firing in firings}) == len(firings)
    for firing in firings:
        names = {event.name for event in events if event.id in firing.events}
        assert names == {"a", "b"} if op == "all" else len(names) == 1


@given(st.permutations(["2024-01", "2024-02", "2024-03", "2024-04"]))
def test_a_rollup_fires_when_its_window_is_full_whatever_the_order(order: list[str]) -> None:
    schedule = AssetSchedule(condition=Condition(use=use("a")), partitioned=True, default_mapper=QUARTER)
    consumer = Consumer("c", schedule, 0)
    events = keyed([("a", key) for key in order])
    firings = play(consumer, events)
    last = max(event.id for event in events if event.partition_key != "2024-04")
    assert [(firing.partition_key, firing.up_to) for firing in firings] == [("2024-Q1", last)]
    assert firings[0].partition_date == datetime(2024, 1, 1, tzinfo=UTC)
    assert assets.missing_of(consumer, "2024-Q2") == ("2 more of a (2024-05 and 2024-06)",)


def test_what_a_partitioned_dag_cannot_take_is_told() -> None:
    schedule = AssetSchedule(condition=Condition(use=use("a")), partitioned=True, default_mapper=QUARTER)
    consumer = Consumer("c", schedule, 0)
    odd = keyed([("a", "May")])
    plain = [replace(odd[0], id=2, partition_key=None)]
    for events, text in ((odd, "is not a time"), (plain, "has no partition key")):
        firings, refused = assets.offer(consumer, events)
        assert firings == [] and text in refused[0].reason


def test_dates_of_identical_keys_must_agree() -> None:
    condition = Condition(op="all", parts=(Condition(use=use("a")), Condition(use=use("b"))))
    for dates, expected in (
        ((START, START), START),
        ((START, None), START),
        ((START, START + timedelta(days=1)), None),
    ):
        consumer = Consumer("c", AssetSchedule(condition=condition, partitioned=True), 0)
        events = [
            replace(event, partition_date=at) for event, at in zip(keyed([("a", "k"), ("b", "k")]), dates, strict=True)
        ]
        [firing] = play(consumer, events)
        assert firing.partition_date == expected


@pytest.mark.parametrize("key", ["eu|2024", "a" * 240, "ä ö/ü"])
def test_run_ids_of_partitions_are_distinct_and_fit(key: str) -> None:
    condition = Condition(use=use("a"))
    ids = set()
    for other in (key, key + "x"):
        consumer = Consumer("c", AssetSchedule(condition=condition, partitioned=True), 0)
        [firing] = play(consumer, keyed([("a", other)]))
        assert len(firing.run_id) <= 250
        ids.add(firing.run_id)
    assert len(ids) == 2


WEEKS = MapperSpec(kind="start", unit="week", input_format="%Y-%m-%d", output_format="%Y-%m-%d")
DAYS = MapperSpec(kind="start", unit="day", input_format="%Y-%m-%dT%H", output_format="%Y-%m-%d")
BUILT_IN = [
    MapperSpec(),
    MapperSpec(kind="fixed", keys=("all",)),
    MapperSpec(kind="allowed", keys=("2024-05-06", "2024-05-07")),
    WEEKS,
    MapperSpec(kind="rollup", parts=(WEEKS,), window=WindowSpec(unit="week")),
    MapperSpec(kind="rollup", parts=(WEEKS,), window=WindowSpec(unit="week"), minimum=2),
    MapperSpec(kind="fan_out", parts=(WEEKS, DAYS), window=WindowSpec(unit="week")),
]
DAY_KEYS = [f"2024-05-{day:02}" for day in range(6, 14)] + ["no day"]


def answer(mapper: MapperSpec, key: str) -> Mapped:
    """What a mapper of the user would say that does the same as a built-in one."""
    try:
        keys = partitions.downstream_keys(mapper, key)
    except partitions.PartitionKeyError as error:
        return Mapped(refused=str(error))
    described = []
    for item in keys:
        expected = partitions.expected(mapper, item)
        parts = None if expected is None else tuple(sorted(expected))
        described.append(MappedKey(key=item, expected=parts, date=partitions.partition_date(mapper, item)))
    return Mapped(keys=tuple(described))


@given(
    st.lists(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(DAY_KEYS)), min_size=1, max_size=3), max_size=8),
    st.sampled_from(BUILT_IN),
    st.sampled_from(["all", "any"]),
)
def test_events_that_wait_for_code_lead_to_the_same_runs(
    log: list[list[tuple[str, str]]], mapper: MapperSpec, op: Any
) -> None:
    """Put aside and offered with the answers of the same mapper, events make the runs that they make at once."""
    condition = Condition(op=op, parts=tuple(Condition(use=use(name)) for name in "ab"))
    own = msgspec.structs.replace(mapper, kind="custom")
    consumers = [
        Consumer("c", AssetSchedule(condition=condition, partitioned=True, default_mapper=each), 0)
        for each in (mapper, own)
    ]
    at_once, later = [], []
    number = 0
    for place, group in enumerate(log):
        events = []
        for name, key in group:
            number += 1
            events.append(Event(number, START, 1, name, f"s3://{name}", f"emission-{place}", partition_key=key))
        at_once.append(assets.offer(consumers[0], events))
        assert assets.to_ask(consumers[0], events) == []
        assert assets.offer(consumers[1], events) == ([], []), "nothing is decided before the code was asked"
        asked = assets.to_ask(consumers[1], events)
        answers = {event.id: answer(mapper, str(event.partition_key)) for event in asked}
        later.append(assets.offer_mapped(consumers[1], asked, answers))
    assert [[replace(f, partition_date=None) for f in pair[0]] for pair in later] == [
        [replace(f, partition_date=None) for f in pair[0]] for pair in at_once
    ]
    assert [[item.event_id for item in pair[1]] for pair in later] == [
        [item.event_id for item in pair[1]] for pair in at_once
    ]
    if mapper.kind != "identity":  # there the date is that of the run that emitted
        assert [f.partition_date for pair in later for f in pair[0]] == [
            f.partition_date for pair in at_once for f in pair[0]
        ]
    for key in consumers[0].partitions:
        assert assets.missing_of(consumers[1], key) == assets.missing_of(consumers[0], key)
    assert consumers[1].partitions == consumers[0].partitions
