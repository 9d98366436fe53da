"""Lists of task instances have the same rows in the same order by whatever way they are found.

A small installation of the benchmarks is asked for every order and many filters, page after page by offset and by
cursor, with the bounds so low that each way is taken; a plain sort of all rows says what is right.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from tradewind.store import Store, tables
from tradewind.store.asset_tables import asset_event
from tradewind.store.engine import write
from tradewind.store.reads import (
    Page,
    Range,
    RunFilter,
    TaskInstanceFilter,
    assets,
    monitoring,
    paging,
    runs,
    task_filter,
    task_instances,
    ways,
    xcoms,
)
from tradewind.store.reads.assets import AssetEventFilter
from tradewind.store.reads.monitoring import EventFilter
from tradewind.store.reads.task_instances import OF_ALL
from tradewind.store.reads.xcoms import XComFilter
from tradewind.store.tables_lists import task_shape

sys.path.insert(0, str(Path(__file__).parents[3] / "bench"))

import seed
import seed_around

NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
_ti, _shape = tables.task_instance, task_shape.c
FILTERS = (
    TaskInstanceFilter(),
    TaskInstanceFilter(states=["failed", None]),
    TaskInstanceFilter(operators=["PythonOperator"]),
    TaskInstanceFilter(operators=["Other"], states=["success"]),
    TaskInstanceFilter(operator_pattern="no_such"),
    TaskInstanceFilter(pools=["small"]),
    TaskInstanceFilter(queue_prefix="def"),
    TaskInstanceFilter(task_name_pattern="o", dag_id_pattern="pipeline_0001"),
    TaskInstanceFilter(try_numbers=[0, 2]),
    TaskInstanceFilter(map_indexes=[1, 3]),
    TaskInstanceFilter(rendered_map_index_pattern="row"),
    TaskInstanceFilter(duration=Range(gte=50.0)),
    TaskInstanceFilter(updated_at=Range(lt=datetime(2026, 3, 1, 11, tzinfo=UTC))),
    TaskInstanceFilter(run_after=Range(gte=datetime(2026, 3, 1, 11, tzinfo=UTC)), states=["success"]),
    TaskInstanceFilter(dag_ids=["wide"], try_numbers=[1]),
    TaskInstanceFilter(dag_id_pattern="pipeline_000"),
    TaskInstanceFilter(dag_ids=["mapped"]),
)
OTHER_ORDERS = ("start_date", "state", "map_index", "-task_id", "-rendered_map_index", "priority_weight", "-run_after")


@pytest.fixture
def seeded(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    sizes = (("SMALL", 3), ("ASSETS", 2), ("HUGE", 30), ("WIDE", 6), ("MAPPED", 7), ("RUNS", 4), ("WIDE_RUNS", 8))
    around = ("QUESTIONS", "PROCESSES", "SETTINGS", "PEOPLE", "BACKFILLS")
    for name, size in sizes:
        monkeypatch.setattr(seed, name, size)
    for name in around:
        monkeypatch.setattr(seed_around, name, 5)
    for name in ("AUDITED", "EVENTS_OF_ASSET"):
        monkeypatch.setattr(seed_around, name, 60)
    with Store(empty_url, seed.KEY) as store:
        store.migrate()
        seed.fill(store, NOW, 1)
        with write(store.engine) as connection:
            for task_id, values in (("load", {"operator": "Other"}), ("join", {"pool": "small"})):
                connection.execute(update(_ti).where(_ti.c.task_id == task_id).values(values))
                connection.execute(update(task_shape).where(_shape.task_id == task_id).values(values))
            of_task = _ti.c.task_id == "clean"
            connection.execute(update(_ti).where(of_task).values(try_number=2, priority_weight=3))
            connection.execute(update(_ti).where(_ti.c.map_index == 3).values(rendered_map_index="row 3"))
        yield store


def rows_of(store: Store) -> list[dict[str, Any]]:
    """All task instances with what their runs have."""
    run = tables.dag_run.c
    names = ("logical_date", "run_after", "data_interval_start", "data_interval_end")
    query = select(_ti, *(run[name] for name in names)).join(tables.dag_run, run.id == _ti.c.dag_run_id)
    with store.engine.connect() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def key_of(row: dict[str, Any], name: str) -> Any:
    if name == "duration":
        start, end = row["start_date"], row["end_date"]
        return None if start is None or end is None else round((end - start).total_seconds(), 3)
    return row["queued_at" if name == "queued_when" else name]


def in_order(rows: list[dict[str, Any]], name: str, falling: bool) -> list[Any]:
    """Ids, nulls last in both directions; the unique key goes the same way."""
    rows = sorted(rows, key=lambda row: row["id"], reverse=falling)
    there = [row for row in rows if key_of(row, name) is not None]
    there.sort(key=lambda row: key_of(row, name), reverse=falling)
    return [row["id"] for row in there] + [row["id"] for row in rows if key_of(row, name) is None]


def walked(store: Store, which: TaskInstanceFilter, order: str) -> tuple[list[str], list[str]]:
    """Ids by offset, and by cursor to the end."""
    reads, size = store.reads.task_instances, 73
    by_offset: list[str] = []
    while True:
        found = reads.page(which, Page(size, len(by_offset), (order,)))
        by_offset += [row["id"] for row in found.items]
        if len(found.items) < size:
            assert found.total == len(by_offset)
            break
    by_cursor: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        found = reads.page(which, Page(size, 0, (order,), cursor))
        by_cursor += [row["id"] for row in found.items]
        cursor = found.next_cursor
    return by_offset, by_cursor


EVENTS = (
    EventFilter(),
    EventFilter(dag_id_pattern="pipeline_0001"),
    EventFilter(event="patch_dag", dag_id_prefix="data"),
    EventFilter(owner_pattern="user", excluded=["running"]),
    EventFilter(task_id="load", when=Range(gte=datetime(2026, 1, 1, tzinfo=UTC))),
    EventFilter(run_id_pattern="zzz"),
    EventFilter(event_pattern="no_such"),
)
XCOMS = (
    XComFilter(),
    XComFilter(key="other"),
    XComFilter(key="return_value", task_id="load"),
    XComFilter(key_pattern="re", task_id_pattern="o"),
    XComFilter(map_indexes=[2]),
    XComFilter(map_indexes=[-1, 2], run_id_pattern="2026"),
    XComFilter(dag_name_pattern="0001"),
    XComFilter(run_after=Range(gte=datetime(2026, 3, 1, 11, tzinfo=UTC))),
    XComFilter(run_after=Range(gte=datetime(2100, 3, 1, 11, tzinfo=UTC))),
)
ASSET_EVENTS = (
    AssetEventFilter(),
    AssetEventFilter(source_map_index=3),
    AssetEventFilter(source_map_index=-1),
    AssetEventFilter(source_task_id="load", partition_key="p"),
    AssetEventFilter(name_pattern="0"),
    AssetEventFilter(source_task_id="zzz"),
)


def holds(row: dict[str, Any], which: Any) -> bool:
    """What the filters of the simpler lists say, in Python."""
    said = {
        "dag_id_pattern": lambda value: value in (row["dag_id"] or ""),
        "dag_id_prefix": lambda value: (row["dag_id"] or "").startswith(value),
        "event": lambda value: row["event"] == value,
        "event_pattern": lambda value: value in row["event"],
        "owner_pattern": lambda value: value in (row["owner"] or ""),
        "excluded": lambda value: row["event"] not in value,
        "task_id": lambda value: row["task_id"] == value,
        "when": lambda value: row["at"] >= value.gte,
        "run_id_pattern": lambda value: value in row["run_id"],
        "key": lambda value: row["key"] == value,
        "key_pattern": lambda value: value in row["key"],
        "task_id_pattern": lambda value: value in row["task_id"],
        "map_indexes": lambda value: row["map_index"] in value,
        "dag_name_pattern": lambda value: value in row["dag_id"],
        "run_after": lambda value: row["run_after"] >= value.gte,
        "source_map_index": lambda value: row["source_map_index"] == value,
        "source_task_id": lambda value: row["source_task_id"] == value,
        "partition_key": lambda value: row["partition_key"] == value,
        "name_pattern": lambda value: value in row["name"],
    }
    return all(said[each.name](value) for each in fields(which) if (value := getattr(which, each.name)) is not None)


@pytest.mark.parametrize("few", [1, 10_000])
def test_every_way_of_the_simpler_lists_finds_the_same(
    seeded: Store, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(ways, "FEW", few)
    run_pk = tables.xcom.c.dag_run_id
    with write(seeded.engine) as connection:
        some = sorted(set(connection.scalars(select(run_pk))))
        connection.execute(update(tables.xcom).where(run_pk.in_(some[::3])).values(key="other"))
        connection.execute(update(tables.xcom).where(run_pk.in_(some[1::3])).values(map_index=2))
        number = asset_event.c.id
        connection.execute(update(asset_event).where(number % 3 == 0).values(source_map_index=3))
        connection.execute(update(asset_event).where(number % 4 == 0).values(partition_key="p", source_task_id="load"))
    reads = seeded.reads
    own = {"when": "at", "dttm": "at", "timestamp": "at", "event_log_id": "id", "dag_run": "dag_run_id"}
    xcom = ("dag_run_id", "task_id", "map_index", "key")
    for page, filters, listing, unique, names in (
        (reads.events.page, EVENTS, monitoring.EVENTS, ("id",), own),
        (reads.xcoms.page, XCOMS, xcoms.LISTING, xcom, {**own, "timestamp": "created_at"}),
        (reads.assets.events, ASSET_EVENTS, assets._EVENTS, ("id",), own),
    ):
        every = page(filters[0], Page(100_000)).items
        assert len(every) > 20 and len({tuple(row[name] for name in unique) for row in every}) == len(every)
        for which in filters:
            rows = [row for row in every if holds(row, which)]
            for order in [sign + key for key in listing.sorts for sign in ("", "-")]:
                lead, falling = names.get(order.removeprefix("-"), order.removeprefix("-")), order.startswith("-")
                rows.sort(key=lambda row, lead=lead: (
                    (row[lead] is None) != falling, *([] if row[lead] is None else [row[lead]]),
                    *(row[name] for name in unique),
                ), reverse=falling)  # fmt: skip
                found: list[dict[str, Any]] = []
                while len(part := page(which, Page(37, len(found), (order,))).items) == 37:
                    found += part
                found += part
                right = [tuple(row[name] for name in unique) for row in rows]
                assert [tuple(row[name] for name in unique) for row in found] == right, (which, order)


@pytest.mark.parametrize(("few", "few_ids"), [(60, 60), (1, 10_000)])
def test_every_way_finds_the_same(seeded: Store, monkeypatch: pytest.MonkeyPatch, few: int, few_ids: int) -> None:
    bounds = {"FEW": few, "FEW_IDS": few_ids, "FEW_SPREAD": few_ids // 2, "VERY_FEW": min(few, 5), "MANY_DAGS": 2}
    for name, bound in bounds.items():
        monkeypatch.setattr(task_filter, name, bound)
    monkeypatch.setattr(task_instances, "TOGETHER", 4)
    monkeypatch.setattr(paging, "STAGED_CHUNK", 7)
    rows = rows_of(seeded)
    by_id = {row["id"]: row for row in rows}
    for which in FILTERS:
        passing, _ = walked(seeded, which, "id")
        expected = sorted(row["id"] for row in rows if passes(row, which))
        assert passing == expected, which
        orders = OF_ALL.sorts if which == FILTERS[0] else OTHER_ORDERS
        for order in orders:
            for way in (order, f"-{order}") if which == FILTERS[0] else (order,):
                right = in_order([by_id[each] for each in expected], way.removeprefix("-"), way.startswith("-"))
                assert walked(seeded, which, way) == (right, right), (which, way)


SINCE = datetime(2026, 3, 1, 6, tzinfo=UTC)
RUNS = (
    RunFilter(run_id_pattern="zzz"),
    RunFilter(run_id_pattern="zzz", date=Range(gte=SINCE)),
    RunFilter(run_id_pattern="T11"),
    RunFilter(run_id_pattern="T11|zzz", states=["success"]),
    RunFilter(run_id_pattern="scheduled", run_after=Range(gte=SINCE)),
    RunFilter(run_id_pattern="T11", dag_ids=["wide"], date=Range(gte=SINCE)),
    RunFilter(run_id_pattern="T11", dag_id_pattern="pipeline", date=Range(lt=NOW)),
    RunFilter(run_id_pattern="T11", after_id=40),
    RunFilter(run_id_pattern="scheduled", after_id=40, states=["success"]),
    RunFilter(run_id_pattern="scheduled", after_id=10**9),
)


@pytest.mark.parametrize("named", [0, 2, 10_000])
def test_every_way_of_a_search_in_run_ids_finds_the_same(
    seeded: Store, monkeypatch: pytest.MonkeyPatch, named: int
) -> None:
    monkeypatch.setattr(runs, "NAMED", named)
    with seeded.engine.connect() as connection:
        every = [dict(row) for row in connection.execute(select(tables.dag_run)).mappings()]
    for row in every:
        row["date"] = row["logical_date"] or row["run_after"]
    sizes = set()
    for which in RUNS:
        rows = [row for row in every if is_run(row, which)]
        sizes.add(min(len(rows), 3))
        for order in ("id", "run_after", "date", "updated_at", "run_id"):
            rows.sort(key=lambda row, order=order: (row[order], row["id"]))
            for way, right in ((order, rows), (f"-{order}", rows[::-1])):
                found = [row["id"] for offset in range(0, len(rows) + 1, 7)
                         for row in seeded.reads.runs.page(which, Page(7, offset, (way,))).items]  # fmt: skip
                assert found == [row["id"] for row in right], (which, way)
    assert {0, 3} <= sizes


def is_run(row: dict[str, Any], which: RunFilter) -> bool:
    """What the filters above say, in Python."""
    said = (
        (which.run_id_pattern, lambda: any(part in row["run_id"] for part in which.run_id_pattern.split("|"))),
        (which.date, lambda: in_range(row["date"], which.date)),
        (which.run_after, lambda: in_range(row["run_after"], which.run_after)),
        (which.states, lambda: row["state"] in which.states),
        (which.dag_ids, lambda: row["dag_id"] in which.dag_ids),
        (which.dag_id_pattern, lambda: which.dag_id_pattern in row["dag_id"]),
        (which.after_id, lambda: row["id"] > which.after_id),
    )
    return all(holds() for given, holds in said if given)


def in_range(value: datetime, bounds: Range) -> bool:
    return (bounds.gte is None or value >= bounds.gte) and (bounds.lt is None or value < bounds.lt)


def passes(row: dict[str, Any], which: TaskInstanceFilter) -> bool:
    """What the filters above say, in Python."""
    took = key_of(row, "duration")
    said = (
        (which.states, lambda: row["state"] in which.states),
        (which.operators, lambda: row["operator"] in which.operators),
        (which.operator_pattern, lambda: which.operator_pattern in row["operator"]),
        (which.pools, lambda: row["pool"] in which.pools),
        (which.queue_prefix, lambda: row["queue"].startswith(which.queue_prefix)),
        (which.task_name_pattern, lambda: which.task_name_pattern in row["task_id"]),
        (which.dag_id_pattern, lambda: which.dag_id_pattern in row["dag_id"]),
        (which.dag_ids, lambda: row["dag_id"] in which.dag_ids),
        (which.try_numbers, lambda: row["try_number"] in which.try_numbers),
        (which.map_indexes, lambda: row["map_index"] in which.map_indexes),
        (which.rendered_map_index_pattern, lambda: row["rendered_map_index"] is not None),
        (which.duration, lambda: took is not None and took >= which.duration.gte),
        (which.updated_at, lambda: row["updated_at"] < which.updated_at.lt),
        (which.run_after, lambda: row["run_after"] >= which.run_after.gte),
    )
    return all(holds() for given, holds in said if given)
