"""Everything goes wrong at random while code of users maps the keys of asset events, and each event still counts once:
see `support.faults`.

More seeds: TRADEWIND_MAPPER_SEEDS=1000-1200 python -m pytest tests/simulation/test_mapper_faults.py
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from support.engine import dag
from support.faults import World
from tradewind.ports.mappings import KeyAnswer, KeyItem, KeyQuestion
from tradewind.spec.assets import (
    AssetSchedule,
    AssetSpec,
    AssetUse,
    Condition,
    Mapped,
    MappedKey,
    MapperSpec,
    WindowSpec,
)
from tradewind.spec.dag import ImportErrorSpec, TimetableSpec
from tradewind.store import Store, asset_tables, tables

_asked = os.environ.get("TRADEWIND_MAPPER_SEEDS", "0-3").split("-")
SEEDS = range(int(_asked[0]), int(_asked[-1]) + 1)
USE = AssetUse(name="a", uri="s3://a")
OWN = MapperSpec(kind="custom", classpath="dags.Own")
CONSUMERS = {
    "upper": OWN,
    "pairs": MapperSpec(kind="rollup", parts=(OWN,), window=WindowSpec(unit="custom", classpath="dags.Pair")),
}
FAILED = ImportErrorSpec(relative_fileloc="upper.py", fileloc="/dags/upper.py", line=1, message="no", traceback="")


def mapped(dag_id: str, key: str) -> Mapped:
    """What the code of the DAG says: `upper` makes a run for each event, `pairs` one for `k1.0` and `k1.1` together."""
    if dag_id == "upper":
        return Mapped(keys=(MappedKey(key=key.upper()),))
    name = key.partition(".")[0]
    return Mapped(keys=(MappedKey(key=name, expected=(f"{name}.0", f"{name}.1")),))


class MapperWorld(World):
    """Events come from outside; the process that asks mappers dies, is late, fails, and answers twice."""

    def __init__(self, seed: int, store: Store, folder: Path) -> None:
        self.pending: list[KeyQuestion] = []
        """Asked by processes that did not answer yet."""
        self.emitted: list[str] = []
        super().__init__(seed, store, folder)
        self.consumers = {}
        for name, mapper in CONSUMERS.items():
            spec = dag(
                name,
                {"use": []},
                timetable=TimetableSpec(kind="none", partitioned=True),
                assets=(AssetSpec(name="a", uri="s3://a"),),
                asset_schedule=AssetSchedule(condition=Condition(use=USE), partitioned=True, default_mapper=mapper),
                max_active_runs=self.random.choice([1, 16]),
            )
            self.add(spec)
            self.consumers[name] = spec

    def act(self) -> None:
        for _ in range(4):
            self.act_once()

    def act_once(self) -> None:
        roll = self.random.random()
        if roll < 0.45:
            key = f"k{len(self.emitted) // 2}.{len(self.emitted) % 2}"
            [asset] = [row for row in self.rows(asset_tables.asset) if row["name"] == "a"]
            self.store.actions.assets.create_event(asset["id"], self.clock.now(), partition_key=key)
            self.emitted.append(key)
            return
        if roll < 0.9:
            self.pending += self.store.dags.mappings.questions(self.clock.now(), (), self.random.choice([1, 2, 9]))
            self.random.shuffle(self.pending)
            while self.pending and self.random.random() < 0.8:
                question = self.pending.pop()
                self.save(question, fails=0.2)
                if self.random.random() < 0.3:
                    self.save(question, fails=0.0)  # another process was asked the same
            return
        for name in self.consumers:
            del self.specs[name]
        try:
            super().act()
        finally:
            self.specs |= self.consumers

    def save(self, question: KeyQuestion, fails: float) -> None:
        answers = [self.answer_for(question.dag_id, item, fails) for item in question.items]
        hold = self.clock.now() + timedelta(minutes=1) if self.random.random() < fails else None
        self.store.dags.mappings.save(question, answers, self.clock.now(), hold)

    def answer_for(self, dag_id: str, item: KeyItem, fails: float) -> KeyAnswer:
        if self.random.random() < fails:
            return KeyAnswer(item, None, FAILED, self.clock.now() + timedelta(minutes=1))
        return KeyAnswer(item, mapped(dag_id, item.key))

    def all_made(self) -> bool:
        for question in self.store.dags.mappings.questions(self.clock.now(), (), 100):
            self.save(question, fails=0.0)
        return super().all_made() and not self.rows(asset_tables.asset_mapping)

    def check_end(self) -> None:
        super().check_end()
        keys = Counter(self.emitted)
        runs = {name: self.rows(tables.dag_run, dag_id=name) for name in CONSUMERS}
        assert Counter(row["partition_key"] for row in runs["upper"]) == Counter(key.upper() for key in keys)
        pairs = Counter(key.partition(".")[0] for key in keys)
        assert Counter(row["partition_key"] for row in runs["pairs"]) == Counter(
            name for name, count in pairs.items() if count == 2
        )
        consumed = Counter((row["dag_run_id"], row["event_id"]) for row in self.rows(asset_tables.asset_run_event))
        assert all(count == 1 for count in consumed.values())
        assert len(consumed) == len(keys) + 2 * sum(count == 2 for count in pairs.values())
        self.log.append(f"{len(keys)} events")


def play(seed: int, store: Store, folder: Path) -> None:
    world = MapperWorld(seed, store, folder)
    world.run(40)
    assert world.emitted, "nothing happened"


@pytest.mark.parametrize("seed", SEEDS)
def test_no_event_that_code_maps_is_lost_or_counted_twice(seed: int, sqlite_store: Store, tmp_path: Path) -> None:
    play(seed, sqlite_store, tmp_path)


@pytest.mark.postgres
def test_no_event_is_lost_on_postgresql(postgres_store: Store, tmp_path: Path) -> None:
    play(1, postgres_store, tmp_path)
