"""DAGs that wait for assets, on real databases with a virtual clock: each emission leads to its runs once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace as replace_spec
from sqlalchemy import insert, select

from support.engine import START, Engine, dag
from tradewind.ports.leases import LeadershipLost
from tradewind.spec.assets import (
    AliasSpec,
    AssetMapper,
    AssetSchedule,
    AssetSpec,
    AssetUse,
    Condition,
    MapperSpec,
    WatcherSpec,
    WindowSpec,
)
from tradewind.spec.dag import DagSpec, TimetableSpec
from tradewind.spec.wire import OutletEvent
from tradewind.store import Store, asset_tables, tables
from tradewind.store.engine import read, write
from tradewind.store.reads import AssetEventFilter, Page
from tradewind.store.triggers import TriggerReport

A, B = AssetUse(name="a", uri="s3://lake/a"), AssetUse(name="b", uri="s3://lake/b")


def leaf(use: AssetUse) -> Condition:
    return Condition(use=use)


def both(*uses: AssetUse) -> Condition:
    return Condition(op="all", parts=tuple(map(leaf, uses)))


def either(*uses: AssetUse) -> Condition:
    return Condition(op="any", parts=tuple(map(leaf, uses)))


def spec_of(use: AssetUse) -> AssetSpec:
    return AssetSpec(name=use.name, uri=use.uri)


def producer(dag_id: str, *outlets: AssetUse) -> DagSpec:
    return dag(dag_id, {"make": []}, fields={"make": {"outlets": outlets}}, assets=tuple(map(spec_of, outlets)))


def consumer(dag_id: str, condition: Condition, *assets: AssetUse, **schedule: Any) -> DagSpec:
    return dag(
        dag_id,
        {"use": []},
        assets=tuple(spec_of(use) for use in assets if use.kind == "asset"),
        aliases=tuple(AliasSpec(name=use.name) for use in assets if use.kind == "alias"),
        asset_schedule=AssetSchedule(condition=condition, **schedule),
    )


def event(use: AssetUse, **fields: Any) -> OutletEvent:
    return OutletEvent(name=use.name, uri=use.uri, **fields)


@pytest.fixture
def engine(store: Store, tmp_path: Path) -> Engine:
    made = Engine(store, tmp_path)
    made.add(producer("pa", A), producer("pb", B))
    return made


def produce(engine: Engine, dag_id: str, *events: OutletEvent, **fields: Any) -> None:
    engine.trigger(dag_id, **fields)
    engine.succeed("make", asset_events=events)


def consumed(engine: Engine, dag_id: str) -> list[list[tuple[str, dict[str, Any]]]]:
    """For each unfinished run of a DAG, oldest first, the events that it consumed."""
    return [
        [(item.name, item.extra) for item in engine.store.reads.assets.events_of_run(dag_id, run.run_id)]
        for run in engine.runs(dag_id)
    ]


def test_a_success_makes_the_run_with_its_event(engine: Engine) -> None:
    engine.add(consumer("c", leaf(A), A))
    engine.lead()
    produce(engine, "pa", event(A, extra={"rows": 3}))
    [run] = engine.runs("c")
    assert run.run_type == "asset_triggered" and run.logical_date is None
    assert run.data_interval_start is None and run.run_id.startswith("asset_triggered__2024-08-06T00:00:00")
    assert consumed(engine, "c") == [[("a", {"rows": 3})]]


@pytest.mark.parametrize("state", ["failed", "skipped"])
def test_what_did_not_succeed_emits_nothing(engine: Engine, state: str) -> None:
    engine.add(consumer("c", leaf(A), A))
    engine.lead()
    engine.trigger("pa")
    engine.succeed("make", state=state, asset_events=(event(A),))
    assert engine.runs("c") == []


def test_all_waits_for_each_and_begins_anew(engine: Engine) -> None:
    engine.add(consumer("c", both(A, B), A, B))
    engine.lead()
    produce(engine, "pa", event(A, extra={"n": 1}))
    produce(engine, "pa", event(A, extra={"n": 2}))
    assert engine.runs("c") == []
    produce(engine, "pb", event(B, extra={"n": 3}))
    assert consumed(engine, "c") == [[("a", {"n": 1}), ("a", {"n": 2}), ("b", {"n": 3})]]
    produce(engine, "pb", event(B, extra={"n": 4}))
    assert len(engine.runs("c")) == 1
    produce(engine, "pa", event(A, extra={"n": 5}))
    assert consumed(engine, "c")[1] == [("b", {"n": 4}), ("a", {"n": 5})]


def test_each_emission_makes_a_run_of_any_and_one_emission_makes_one(engine: Engine) -> None:
    engine.add(consumer("c", either(A, B), A, B))
    engine.lead()
    produce(engine, "pa", event(A), event(B))
    assert [[name for name, _ in run] for run in consumed(engine, "c")] == [["a", "b"]]
    produce(engine, "pa", event(A))
    produce(engine, "pb", event(B))
    assert [[name for name, _ in run] for run in consumed(engine, "c")] == [["a", "b"], ["a"], ["b"]]


def test_a_paused_consumer_runs_no_more_than_its_next_event_says(engine: Engine) -> None:
    engine.add(consumer("c", leaf(A), A), paused=True)
    engine.lead()
    produce(engine, "pa", event(A, extra={"n": 1}))
    assert engine.runs("c") == []
    engine.store.actions.set_paused("c", False)
    engine.changed()
    assert engine.runs("c") == []
    produce(engine, "pa", event(A, extra={"n": 2}))
    assert consumed(engine, "c") == [[("a", {"n": 1}), ("a", {"n": 2})]]


def test_events_before_a_consumer_exists_do_not_count(engine: Engine) -> None:
    engine.lead()
    produce(engine, "pa", event(A, extra={"n": 1}))
    engine.add(consumer("c", leaf(A), A))
    engine.changed()
    assert engine.runs("c") == []
    produce(engine, "pa", event(A, extra={"n": 2}))
    assert consumed(engine, "c") == [[("a", {"n": 2})]]


def test_an_alias_wakes_those_who_wait_for_it_and_those_who_wait_for_the_asset(engine: Engine) -> None:
    alias = AssetUse(kind="alias", name="daily")
    engine.add(consumer("by_alias", leaf(alias), alias), consumer("by_asset", leaf(A), A))
    engine.lead()
    produce(engine, "pa", event(A, aliases=("daily",)))
    assert len(engine.runs("by_alias")) == len(engine.runs("by_asset")) == 1
    produce(engine, "pa", event(A))
    assert len(engine.runs("by_alias")) == 1 and len(engine.runs("by_asset")) == 2


@pytest.mark.parametrize("use", [AssetUse(kind="name", name="a"), AssetUse(kind="uri", uri="s3://lake/a")])
def test_a_reference_waits_for_what_another_dag_defines(engine: Engine, use: AssetUse) -> None:
    engine.add(consumer("c", leaf(use)))
    engine.lead()
    produce(engine, "pa", event(A))
    assert [[name for name, _ in run] for run in consumed(engine, "c")] == [["a"]]


def test_what_was_seen_survives_a_new_leader(engine: Engine) -> None:
    engine.add(consumer("c", both(A, B), A, B))
    engine.lead()
    produce(engine, "pa", event(A))
    engine.scheduler._leadership.release()
    engine.scheduler = engine.make_scheduler("scheduler-2")
    engine.lead()
    produce(engine, "pb", event(B))
    assert [[name for name, _ in run] for run in consumed(engine, "c")] == [["a", "b"]]


def test_partitions_run_by_key(engine: Engine) -> None:
    engine.add(
        consumer("c", both(A, B), A, B, partitioned=True),
        consumer("plain", leaf(A), A),
    )
    engine.lead()
    produce(engine, "pa", event(A, partition_key="2024-01-01"))
    produce(engine, "pb", event(B, partition_key="2024-01-02"))
    assert engine.runs("c") == []
    produce(engine, "pa", event(A, partition_key="2024-01-02"))
    assert [run.partition_key for run in engine.runs("c")] == ["2024-01-02"]
    assert [[name for name, _ in run] for run in consumed(engine, "c")] == [["b", "a"]]
    assert engine.runs("plain") == [], "an event of a partition is for those who run by partition"


def test_a_rollup_waits_for_its_window(engine: Engine) -> None:
    month = MapperSpec(kind="start", unit="quarter", input_format="%Y-%m", output_format="%Y-Q{quarter}")
    rollup = MapperSpec(kind="rollup", parts=(month,), window=WindowSpec(unit="quarter"))
    engine.add(consumer("c", leaf(A), A, partitioned=True, mappers=(AssetMapper(use=A, mapper=rollup),)))
    engine.lead()
    for key in ("2024-01", "2024-03", "2024-03", "2024-04"):
        produce(engine, "pa", event(A, partition_key=key))
    assert engine.runs("c") == []
    produce(engine, "pa", event(A, partition_key="2024-02"))
    [run] = engine.runs("c")
    assert (run.partition_key, str(run.partition_date)) == ("2024-Q1", "2024-01-01 00:00:00+00:00")
    assert len(consumed(engine, "c")[0]) == 4


def test_the_key_of_the_run_is_that_of_its_events(engine: Engine) -> None:
    engine.add(replace_spec(producer("pa", A), timetable=TimetableSpec(partitioned=True)))
    engine.add(consumer("c", leaf(A), A, partitioned=True))
    engine.lead()
    produce(engine, "pa", event(A), partition_key="eu")
    assert [run.partition_key for run in engine.runs("c")] == ["eu"]


def test_watchers_events_reach_the_log_once(engine: Engine) -> None:
    watched = AssetSpec(
        name="a", uri="s3://lake/a", watchers=(WatcherSpec(name="w", classpath="x.Y", kwargs={"q": 1}),)
    )
    schedule = AssetSchedule(condition=leaf(A))
    engine.add(dag("c", {"use": []}, assets=(watched,), asset_schedule=schedule))
    engine.lead()
    [claimed] = engine.store.triggers.claim("triggerer-1", 10, None, engine.clock.now())
    assert (claimed.classpath, claimed.kwargs) == ("x.Y", '{"q": 1}')
    report = TriggerReport(claimed.id, "event", '{"file": "f.csv"}', engine.clock.now())
    engine.store.triggers.report("triggerer-1", [report], engine.clock.now())
    engine.changed()
    assert consumed(engine, "c") == [[("a", {"from_trigger": True, "watcher": "w", "payload": {"file": "f.csv"}})]]
    engine.scheduler._leadership.release()
    engine.scheduler = engine.make_scheduler("scheduler-2")
    engine.lead()
    assert len(engine.runs("c")) == 1
    engine.store.actions.set_paused("c", True)
    engine.changed()
    assert engine.store.triggers.held("triggerer-1") == frozenset(), "nobody waits for a paused DAG"


def test_all_that_watchers_saw_is_taken_at_once(engine: Engine) -> None:
    engine.add(consumer("c", leaf(A), A, B))
    engine.lead()
    seen = tables.watcher_event
    with write(engine.store.engine) as connection:
        rows = [
            # what was seen of an asset that is gone makes no event, and hides nothing behind it
            {"asset_name": "a" if number >= 400 else "gone", "watcher_name": "w", "payload": f"{number}", "at": START}
            for number in range(610)
        ]
        connection.execute(insert(seen), rows)
    engine.scheduler._desk.look()
    engine.step()
    with read(engine.store.engine) as connection:
        assert connection.execute(select(seen)).all() == []
    assert sum(len(run) for run in consumed(engine, "c")) == 210


def test_a_deposed_leader_changes_no_watchers(engine: Engine) -> None:
    watched = AssetSpec(name="a", uri="s3://lake/a", watchers=(WatcherSpec(name="w", classpath="x.Y", kwargs={}),))
    engine.add(dag("c", {"use": []}, assets=(watched,), asset_schedule=AssetSchedule(condition=leaf(A))))
    with pytest.raises(LeadershipLost):
        engine.store.assets.sync_watchers("somebody", START)
    assert engine.store.triggers.claim("triggerer-1", 10, None, START) == []
    engine.lead()
    assert len(engine.store.triggers.claim("triggerer-1", 10, None, START)) == 1


def test_what_nobody_names_or_waits_for_any_more_is_cleaned(engine: Engine) -> None:
    month = MapperSpec(kind="start", unit="quarter", input_format="%Y-%m", output_format="%Y-Q{quarter}")
    rollup = MapperSpec(kind="rollup", parts=(month,), window=WindowSpec(unit="quarter"))
    engine.add(consumer("c", leaf(A), A, B, partitioned=True, mappers=(AssetMapper(use=A, mapper=rollup),)))
    engine.lead()
    produce(engine, "pa", event(A, partition_key="2024-01"))
    # the store stamps what waits with the real time
    soon, later = engine.clock.now() - timedelta(seconds=1), datetime.now(UTC) + timedelta(days=1)
    assert engine.store.clean(soon, ["asset_partition", "asset_event", "asset"]) == {
        "asset_partition": 0,
        "asset_event": 0,
        "asset": 0,
    }
    assert engine.store.clean(later, ["asset_event"]) == {"asset_event": 0}, "a partition waits with it"
    found = engine.store.clean(later)
    assert (found["asset_partition"], found["asset_event"], found["asset"]) == (1, 1, 0), "some DAG names the assets"
    engine.store.dags.forget_files("dags", [f"{name}.py" for name in ("c", "pa", "pb")], engine.clock.now())
    engine.store.clean(later)
    with read(engine.store.engine) as connection:
        left = set(connection.scalars(select(asset_tables.asset.c.name)))
    assert left == set()


def test_two_leaders_make_no_run_twice(engine: Engine) -> None:
    engine.add(consumer("c", leaf(A), A))
    engine.lead()
    store = engine.store.assets
    produce(engine, "pa")
    engine.store.actions.assets.create_event(asset_id(engine, "a"), engine.clock.now())
    inbox = store.inbox(10)
    assert inbox is not None
    desk = engine.scheduler._desk
    first, second = desk._turn(inbox, engine.clock.now()), desk._turn(store.inbox(10), engine.clock.now())
    made = store.apply(first)
    assert made is not None and len(made) == 1
    assert store.apply(second) is None, "the place in the log moved"
    with pytest.raises(LeadershipLost):
        store.apply(replace(second, fence="somebody-else"))
    assert len(engine.runs("c")) == 1


def test_a_consumer_that_appears_meanwhile_is_seen(engine: Engine) -> None:
    engine.lead()
    engine.store.actions.assets.create_event(asset_id(engine, "a"), engine.clock.now())
    store = engine.store.assets
    inbox = store.inbox(10)
    assert inbox is not None and inbox.consumers == ()
    turn = engine.scheduler._desk._turn(inbox, engine.clock.now())
    engine.add(consumer("late", leaf(A), A))
    engine.store.actions.assets.create_event(asset_id(engine, "a"), engine.clock.now())
    assert store.apply(turn) is None, "it was decided without a consumer that is there now"
    engine.changed()
    assert len(consumed(engine, "late")) == 1


def test_a_flood_is_consumed_in_turns(engine: Engine) -> None:
    engine.add(consumer("c", both(A, B), A, B))
    engine.lead()
    for number in range(230):
        name = "a" if number != 229 else "b"
        engine.store.actions.assets.create_event(asset_id(engine, name), engine.clock.now())
    engine.changed()
    assert [len(run) for run in consumed(engine, "c")] == [230]


def test_explain_names_what_is_missing(engine: Engine) -> None:
    engine.add(consumer("c", both(A, B), A, B))
    engine.lead()
    produce(engine, "pa", event(A))
    told = engine.store.reads.explain.dag("c", engine.clock.now(), 30.0)
    assert "waits for an update of b; 1 of 2 came since its last run" in told.sentence


def test_explain_says_when_one_of_several_is_enough(engine: Engine) -> None:
    engine.add(consumer("c", either(A, B), A, B))
    engine.lead()
    told = engine.store.reads.explain.dag("c", engine.clock.now(), 30.0)
    assert "waits for an update of one of a and b." in told.sentence + "."


def test_why_a_run_was_made_is_kept(engine: Engine) -> None:
    engine.add(consumer("c", leaf(A), A))
    engine.lead()
    now = engine.clock.now()
    engine.store.actions.assets.create_event(asset_id(engine, "a"), now)
    inbox = engine.store.assets.inbox(10)
    assert inbox is not None
    [fired] = engine.scheduler._desk._turn(inbox, now).runs
    assert fired.run.reason == "its assets were updated: a"


def test_old_events_go_with_the_runs_that_consumed_them(engine: Engine) -> None:
    engine.add(consumer("c", both(A, B), A, B))
    engine.lead()
    produce(engine, "pa", event(A))
    produce(engine, "pb", event(B))
    produce(engine, "pa", event(A))
    engine.run_all()
    later = engine.clock.now() + timedelta(days=1)
    engine.store.clean(later, ["asset_event"])
    assert [name for name, _ in events_of(engine)] == ["a", "b", "a"], "those that a run consumed stay with it"
    engine.store.clean(later)
    assert [name for name, _ in events_of(engine)] == ["a"], "somebody waits with it"
    engine.add(consumer("late", leaf(A), A))
    engine.changed()
    produce(engine, "pb", event(B))
    assert [name for name, _ in consumed(engine, "c")[0]] == ["a", "b"]
    assert engine.runs("late") == []


def events_of(engine: Engine) -> list[tuple[str, Any]]:
    rows = engine.store.reads.assets.events(AssetEventFilter(), Page(100)).items
    return [(row["name"], row["extra"]) for row in rows]


def asset_id(engine: Engine, name: str) -> int:
    return int(engine.store.reads.assets.find(name)["id"])


_WEEK_IN_TOKYO = MapperSpec(
    kind="start", unit="week", timezone="Asia/Tokyo", input_format="%Y-%m-%dT%H", output_format="%Y-%m-%d"
)
_YEAR_IN_NEW_YORK = MapperSpec(
    kind="start", unit="year", timezone="America/New_York", input_format="%Y-%m-%d", output_format="%Y"
)


def _years(*, backward: bool) -> MapperSpec:
    return MapperSpec(kind="rollup", parts=(_YEAR_IN_NEW_YORK,), window=WindowSpec(unit="year", backward=backward))


@pytest.mark.parametrize(
    ("mapper", "key"),
    [
        (replace_spec(_WEEK_IN_TOKYO, input_format="%Y-%m-%dT%H%z"), "9999-12-31T23+0000"),
        (replace_spec(_WEEK_IN_TOKYO, input_format="%Y-%m-%dT%H%z"), "0001-01-01T00+2300"),
        (_YEAR_IN_NEW_YORK, "9999-12-31"),
        (_WEEK_IN_TOKYO, "0001-01-01T05"),
        (
            MapperSpec(
                kind="fan_out",
                parts=(_YEAR_IN_NEW_YORK, replace_spec(_YEAR_IN_NEW_YORK, unit="month", output_format="%Y-%m")),
                window=WindowSpec(unit="year", backward=True),
            ),
            "0001-06-01",
        ),
        (_years(backward=True), "0001-06-01"),
        (_years(backward=False), "9999-06-01"),
        (MapperSpec(kind="identity"), "zero \x00 in a key"),
    ],
)  # fmt: skip
def test_keys_at_the_ends_of_time_stop_nothing(engine: Engine, mapper: MapperSpec, key: str) -> None:
    engine.add(consumer("c", leaf(A), A, partitioned=True, mappers=(AssetMapper(use=A, mapper=mapper),)))
    engine.add(consumer("plain", leaf(B), B))
    engine.lead()
    produce(engine, "pa", event(A, partition_key=key))
    produce(engine, "pb", event(B))
    assert engine.scheduler._trouble.last is None, repr(engine.scheduler._trouble.last)
    assert len(engine.runs("plain")) == 1
