"""Partition mappers with code of the user's own: the code runs in child processes, and no event is lost or counted
twice, whoever dies."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from support.engine import Engine
from tradewind.loading.bundle import FolderBundle
from tradewind.loading.parse import FileParser
from tradewind.ports.mappings import KeyAnswer, KeyQuestion
from tradewind.services.key_mapper import KeyMapper
from tradewind.store import Store
from tradewind.store.asset_tables import asset_event, asset_mapping, asset_partition
from tradewind.store.engine import read
from tradewind.store.reads.query import Page
from tradewind.store.tables import dag_run, event_log

START = datetime(2024, 8, 6, tzinfo=UTC)
FILE = """
from airflow.sdk import (
    DAG, Asset, ChainMapper, IdentityMapper, PartitionedAssetTimetable, PartitionMapper, RollupMapper, Window,
)
from airflow.providers.standard.operators.empty import EmptyOperator

ORDERS, OTHER = Asset("orders"), Asset("other")

class Mine(PartitionMapper):
    def to_downstream(self, key):
        {body}

{more}

with DAG("use", schedule=PartitionedAssetTimetable(assets={assets}, default_partition_mapper={mapper})):
    EmptyOperator(task_id="a")

with DAG("neighbour", schedule=PartitionedAssetTimetable(assets=ORDERS)):
    EmptyOperator(task_id="a")
"""


class Lab:
    """An engine whose DAGs are read from a file, and the process beside it that asks mappers."""

    def __init__(self, store: Store, folder: Path, parser: FileParser) -> None:
        self.engine = Engine(store, folder, now=START)
        self.bundle = FolderBundle("dags", folder / "dags")
        self.bundle.path.mkdir()
        self.parser = parser
        self.mapper = self.new_mapper()

    def new_mapper(self) -> KeyMapper:
        return KeyMapper(self.engine.store.dags.mappings, self.parser, self.engine.clock)

    def write(
        self, body: str = "return key[:2]", *, more: str = "", mapper: str = "Mine()", assets: str = "ORDERS"
    ) -> None:
        body = textwrap.indent(textwrap.dedent(body), " " * 8).strip()
        text = FILE.replace("{body}", body).replace("{more}", textwrap.dedent(more))
        (self.bundle.path / "use.py").write_text(text.replace("{mapper}", mapper).replace("{assets}", assets))
        parsed = self.parser.parse(self.bundle, "use.py").file
        assert parsed.errors == ()
        store = self.engine.store
        store.dags.save_parsed("dags", str(self.bundle.path), parsed, self.engine.clock.now())
        for dag_id in ("use", "neighbour"):
            store.actions.set_paused(dag_id, False)

    def emit(self, key: str, name: str = "orders") -> None:
        asset_id = int(self.engine.store.reads.assets.find(name)["id"])
        self.engine.store.actions.assets.create_event(asset_id, self.engine.clock.now(), partition_key=key)

    def settle(self) -> int:
        """Answer until nothing is asked; how many keys were."""
        return self.engine.settle(self.mapper.answer)

    def keys(self, dag_id: str = "use") -> list[str]:
        found = [row for row in self.rows(dag_run) if row.dag_id == dag_id]
        return [str(row.partition_key) for row in found]

    def errors(self) -> list[Any]:
        return list(self.engine.store.reads.import_errors.page(Page(limit=10)).items)

    def refused(self) -> list[str]:
        return [str(row.extra) for row in self.rows(event_log) if row.event == "asset event refused"]

    def waiting(self) -> list[str]:
        return [row.state for row in self.rows(asset_mapping)]

    def rows(self, table: Any) -> Sequence[Any]:
        with read(self.engine.store.engine) as connection:
            return connection.execute(table.select().order_by(table.c.id)).all()

    def explained(self, dag_id: str = "use") -> str:
        found = self.engine.store.reads.explain.dag(dag_id, self.engine.clock.now(), 30.0)
        return " | ".join(condition.text for condition in found.unmet)


@pytest.fixture(scope="module")
def parser() -> Iterator[FileParser]:
    with FileParser(time_limit=2.0) as made:
        yield made


@pytest.fixture
def lab(store: Store, tmp_path: Path, parser: FileParser) -> Lab:
    return Lab(store, tmp_path, parser)


def test_the_code_says_what_runs_an_event_is_for(lab: Lab) -> None:
    lab.write("return [key[:2], key[-2:]] if '+' in key else key.lower()")
    lab.engine.lead()
    lab.emit("EU")
    lab.emit("eu+us")
    lab.engine.changed()
    assert lab.keys("neighbour") == ["EU", "eu+us"], "who needs no code does not wait"
    assert lab.keys() == [] and lab.waiting() == ["open", "open"]
    assert "2 asset events wait for the code of its mappers" in lab.explained()
    assert lab.settle() == 2
    assert lab.keys() == ["eu", "eu", "us"]
    assert lab.waiting() == []
    run = next(row for row in lab.rows(dag_run) if row.partition_key == "eu")
    assert [item.partition_key for item in lab.engine.store.reads.assets.events_of_run("use", run.run_id)] == ["EU"]


ROLLUP = """
class Shifts(Window):
    def to_upstream(self, decoded):
        return [f"{decoded}-{name}" for name in ("early", "late")]

class Day(PartitionMapper):
    def to_downstream(self, key):
        return key.rpartition("-")[0]
"""


def test_a_window_of_the_user_is_waited_for(lab: Lab) -> None:
    lab.write(more=ROLLUP, mapper="RollupMapper(upstream_mapper=Day(), window=Shifts())")
    lab.engine.lead()
    lab.emit("monday-late")
    lab.emit("tuesday-early")
    lab.settle()
    assert lab.keys() == []
    assert "partition monday waits for 1 more of orders (monday-early)" in lab.explained()
    lab.engine.clock.advance(timedelta(minutes=5))
    lab.engine.scheduler = lab.engine.make_scheduler("scheduler-2")
    lab.engine.lead()
    lab.emit("monday-early")
    lab.settle()
    assert lab.keys() == ["monday"]
    [row] = lab.rows(asset_partition)
    assert row.partition_key == "tuesday" and set(row.needs["-1"]["expected"]) == {"tuesday-early", "tuesday-late"}


def test_a_rollup_of_two_assets_keeps_what_was_said_of_each(lab: Lab) -> None:
    lab.write(more=ROLLUP, mapper="RollupMapper(upstream_mapper=Day(), window=Shifts())", assets="ORDERS & OTHER")
    lab.engine.lead()
    for name in ("orders", "other"):
        for key in ("monday-early", "monday-late"):
            assert lab.keys() == []
            lab.emit(key, name)
            lab.settle()
    assert lab.keys() == ["monday"]


def test_a_wait_policy_that_can_never_be_met_is_told(lab: Lab) -> None:
    lab.write(
        more=ROLLUP + "\nfrom airflow.sdk import MinimumCount\n",
        mapper="RollupMapper(upstream_mapper=Day(), window=Shifts(), wait_policy=MinimumCount(3))",
    )
    lab.engine.lead()
    for key in ("monday-late", "monday-early"):
        lab.emit(key)
    lab.settle()
    assert lab.keys() == []
    assert "partition monday waits for 1 more of orders than its window has" in lab.explained()


DATED = """
from datetime import datetime

class Dated(Mine):
    def decode_downstream(self, downstream_key):
        return datetime.strptime(downstream_key, "%d.%m.%Y")

    def encode_upstream(self, decoded):
        return decoded.strftime("%d.%m.%Y")
"""


def test_a_key_that_decodes_to_a_time_has_a_date(lab: Lab) -> None:
    lab.write("return key", more=DATED, mapper="Dated()")
    lab.engine.lead()
    lab.emit("31.12.2024")
    lab.settle()
    [run] = [row for row in lab.rows(dag_run) if row.dag_id == "use"]
    assert run.partition_date == datetime(2024, 12, 31, tzinfo=UTC)


def test_an_emission_is_decided_as_a_whole(lab: Lab) -> None:
    lab.write()
    lab.engine.lead()
    for number in range(3):
        lab.emit(f"eu{number}")
    with lab.engine.store.engine.begin() as connection:
        connection.execute(asset_event.update().values(emission="one"))
    lab.settle()
    assert lab.keys() == ["eu"]
    assert len(lab.keys("neighbour")) == 3


def test_a_refused_key_is_told_and_does_not_come_back(lab: Lab) -> None:
    lab.write("if key == 'bad': raise ValueError('not of this world')\nreturn key")
    lab.engine.lead()
    lab.emit("bad")
    lab.emit("good")
    assert lab.settle() == 2
    assert lab.keys() == ["good"] and lab.waiting() == [] and lab.errors() == []
    assert lab.refused() == ["an event of orders: Mine refuses the key 'bad': not of this world"]


def test_code_that_fails_is_one_import_error_and_its_events_wait(lab: Lab) -> None:
    lab.write("return {'eu': 'europe'}[key]")
    lab.engine.lead()
    for key in ("us", "eu", "asia"):
        lab.emit(key)
    assert lab.settle() == 3
    assert lab.keys() == ["europe"], "what fails holds up nothing else"
    [error] = lab.errors()
    assert "a partition mapper of DAG 'use' failed for 2 asset events, which wait for it" in error["message"]
    assert "KeyError" in error["message"] and error["line"] == 11
    assert "its mapper failed for 2 asset events" in lab.explained()
    assert lab.settle() == 0, "it is not asked again at once"
    lab.engine.advance(timedelta(seconds=61))
    assert lab.settle() == 2
    lab.engine.advance(timedelta(seconds=61))
    assert lab.settle() == 0, "it is asked less and less often"
    lab.write("return {'eu': 'europe', 'us': 'america', 'asia': 'asia'}[key]")
    lab.engine.advance(timedelta(seconds=60))
    assert lab.settle() == 2
    assert lab.keys() == ["europe", "america", "asia"]
    assert lab.errors() == []


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("import os; os._exit(3)", "exited with status 3"),
        ("import time; time.sleep(60)", "took longer than"),
        ("raise SystemExit(1)", "SystemExit"),
    ],
)
def test_code_that_takes_its_process_along_is_blamed_alone(lab: Lab, body: str, text: str) -> None:
    lab.write(f"if key == 'bad':\n    {body}\nreturn key")
    lab.engine.lead()
    for key in ("a", "bad", "b"):
        lab.emit(key)
    lab.settle()
    assert lab.keys() == ["a"]
    [error] = lab.errors()
    assert "failed for an asset event" in error["message"], error
    lab.engine.advance(timedelta(seconds=61))
    lab.settle()
    assert lab.keys() == ["a", "b"]
    assert lab.waiting() == ["failed"]


@pytest.mark.parametrize("answer", ["3", "['eu', 4]", "None", "b'eu'"])
def test_answers_that_are_none_are_named(lab: Lab, answer: str) -> None:
    lab.write(f"return {answer}")
    lab.engine.lead()
    lab.emit("eu")
    lab.settle()
    [error] = lab.errors()
    assert "to_downstream('eu') returned" in error["message"]
    assert lab.waiting() == ["failed"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("return (str(number) for number in range(10**9))", "more than the 1000 that are allowed"),
        ("return 'x' * 300", "not 1 to 250"),
    ],
)
def test_keys_that_cannot_be_used_are_refused(lab: Lab, body: str, text: str) -> None:
    lab.write(body)
    lab.engine.lead()
    lab.emit("eu")
    lab.settle()
    assert lab.keys() == [] and lab.waiting() == []
    [told] = lab.refused()
    assert text in told


def test_every_process_may_die_anywhere(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    lab.write()
    lab.engine.lead()
    lab.emit("eu1")
    store = lab.engine.store.dags.mappings
    real = store.save

    def dies(question: KeyQuestion, answers: Sequence[KeyAnswer], now: datetime, hold: Any = None) -> None:
        raise ConnectionError("the process is gone")

    lab.engine.changed()
    monkeypatch.setattr(store, "save", dies)
    assert lab.mapper.answer() == 1  # asked, and died before it could tell
    monkeypatch.setattr(store, "save", real)
    assert lab.waiting() == ["open"]

    # two of them ask the same; each answer is taken once
    one, other = lab.new_mapper(), lab.new_mapper()
    question = store.questions(lab.engine.clock.now(), (), 10)
    assert one.answer() == 1
    other._ask(question[0])
    assert lab.waiting() == ["ready"]

    # the leader dies before it decides; the next one does
    lab.engine.clock.advance(timedelta(minutes=5))
    lab.engine.scheduler = lab.engine.make_scheduler("scheduler-2")
    lab.engine.lead()
    assert lab.keys() == ["eu"] and lab.waiting() == []
    other._ask(question[0])  # an answer that comes very late
    lab.settle()
    assert lab.keys() == ["eu"]


def test_a_turn_that_is_not_written_is_decided_again(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    lab.write()
    lab.engine.lead()
    lab.emit("eu1")
    lab.engine.changed()
    lab.mapper.answer()
    real, tries = lab.engine.store.assets.apply, []

    def fails(turn: Any) -> Any:
        tries.append(turn)
        if len(tries) == 1:
            return None  # somebody else changed the consumers
        return real(turn)

    monkeypatch.setattr(lab.engine.store.assets, "apply", fails)
    lab.engine.changed()
    assert len(tries) == 2 and lab.keys() == ["eu"]


def test_another_mapper_is_asked_about_what_waits(lab: Lab) -> None:
    lab.write("raise LookupError('no')")
    lab.engine.lead()
    lab.emit("EU1")
    lab.settle()
    assert lab.waiting() == ["failed"]
    lab.emit("EU2")
    lab.engine.changed()
    question = lab.engine.store.dags.mappings.questions(lab.engine.clock.now(), (), 10)
    lab.write(more="class Other(Mine):\n    def to_downstream(self, key): return key.lower()", mapper="Other()")
    assert lab.waiting() == ["open", "open"]
    lab.engine.changed()
    lab.mapper._store.save(question[0], [], lab.engine.clock.now())
    assert lab.settle() == 2
    assert lab.keys() == ["eu1", "eu2"]
    assert lab.errors() == []


def test_a_built_in_mapper_takes_over_what_waits(lab: Lab) -> None:
    lab.write("raise LookupError('no')")
    lab.engine.lead()
    lab.emit("EU1")
    lab.settle()
    lab.write(mapper="IdentityMapper()")
    lab.settle()
    assert lab.keys() == ["EU1"] and lab.errors() == []


def test_a_paused_dag_takes_what_it_saw_before(lab: Lab) -> None:
    lab.write()
    lab.engine.lead()
    lab.emit("eu")
    lab.engine.changed()
    lab.engine.store.actions.set_paused("use", True)
    lab.emit("us")
    lab.settle()
    assert lab.keys() == ["eu"], "what it had seen counts, what came later does not"
    assert [run.state for run in lab.engine.runs("use")] == ["queued"]


def test_a_deleted_dag_leaves_nothing(lab: Lab) -> None:
    lab.write("raise LookupError('no')")
    lab.engine.lead()
    lab.emit("eu")
    lab.settle()
    lab.engine.store.actions.delete_dag("use", now=lab.engine.clock.now())
    assert lab.waiting() == [] and lab.errors() == [] and lab.settle() == 0


def test_cleaning_up_leaves_what_waits(lab: Lab) -> None:
    lab.write("return {'eu': 'europe'}[key]")
    lab.engine.lead()
    for key in ("eu", "us"):
        lab.emit(key)
    lab.settle()
    store, later = lab.engine.store, lab.engine.clock.now() + timedelta(days=1)
    store.clean(later, ["asset_event"])
    assert "us" in [row.partition_key for row in lab.rows(asset_event)]
    assert lab.waiting() == ["failed"]
