"""Deadlines whose reference has code of the author's own: it runs in child processes, the scheduler gets a moment."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from support.engine import START, Engine
from tradewind.loading.bundle import FolderBundle
from tradewind.loading.parse import FileParser
from tradewind.services.forecaster import Forecaster
from tradewind.spec import wire
from tradewind.store import Store, tables
from tradewind.store.engine import read

FILE = """
from datetime import UTC, datetime, timedelta
from airflow.sdk import (
    DAG, BaseDeadlineReference, DeadlineAlert, DeadlineReference, SyncCallback,
    deadline_reference,
)
from airflow.models.deadline import ReferenceModels
from airflow.operators.python import PythonOperator

{code}

def late(context):
    pass

with DAG("d", schedule=None, deadline=[
    DeadlineAlert(reference, timedelta(minutes=10), SyncCallback(late)) for reference in [{references}]
]):
    PythonOperator(task_id="a", python_callable=print)
"""
CALENDAR = """
@deadline_reference()
class Meeting(BaseDeadlineReference):
    required_kwargs = {"dag_id", "run_id", "logical_date", "conf"}

    def __init__(self, hour=9):
        self.hour = hour

    def serialize_reference(self):
        return {"reference_type": self.reference_name, "hour": self.hour}

    def _evaluate_with(self, *, session, **facts):
        assert sorted(facts) == ["conf", "dag_id", "logical_date", "run_id"], facts
        assert (facts["dag_id"], facts["run_id"][:8]) == ("d", "manual__")
        return None if facts["conf"].get("free") else facts["logical_date"].replace(hour=self.hour)
"""


class Lab:
    """An engine whose DAG is read from a file, and the process beside it that asks."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.engine = Engine(store, folder)
        self.bundle = FolderBundle("dags", folder / "dags")
        self.bundle.path.mkdir()
        self.parser = FileParser()
        self.forecaster = Forecaster(store.dags.forecasts, self.parser, self.engine.clock, store.dags.deadlines)

    def parse(self, code: str, references: str) -> Any:
        self.code, self.references = code, references
        text = FILE.replace("{code}", code).replace("{references}", references)
        (self.bundle.path / "d.py").write_text(text)
        return self.parser.parse(self.bundle, "d.py").file

    def begin(self, code: str, references: str) -> None:
        parsed = self.parse(code, references)
        assert parsed.errors == ()
        store, now = self.engine.store, self.engine.clock.now()
        store.dags.save_parsed("dags", str(self.bundle.path), parsed, now)
        store.actions.set_paused("d", False, now=now)
        self.engine.lead()

    def settle(self) -> int:
        """Answer questions until there are none; how many there were."""
        return self.engine.settle(self.forecaster.answer)

    def rows(self, run: Any) -> list[tuple[int, str, datetime]]:
        found = self.engine.store.history.deadlines(run.id)
        return sorted((row.number, row.state, row.due_at) for row in found)

    def told(self) -> list[Any]:
        return [work for work in self.engine.executor.submitted.values() if isinstance(work, wire.CallbackWork)]

    def failures(self) -> list[Any]:
        events = tables.event_log
        with read(self.engine.store.engine) as connection:
            rows = connection.execute(select(events).where(events.c.event == "deadline_failed")).all()
        return [json.loads(row.extra)["error"] for row in rows]


@pytest.fixture
def lab(store: Store, tmp_path: Path) -> Iterator[Lab]:
    made = Lab(store, tmp_path)
    with made.parser:
        yield made


NINE = datetime(2024, 8, 6, 9, tzinfo=UTC)
TEN_MINUTES = timedelta(minutes=10)


def test_the_code_says_when_a_deadline_is_due(lab: Lab) -> None:
    lab.begin(CALENDAR, "Meeting(), DeadlineReference.Meeting, Meeting(hour=11)")
    run = lab.engine.trigger("d", logical_date=START)
    assert [state for _, state, _ in lab.rows(run)] == ["asked"] * 3
    assert lab.settle() == 3
    eleven = NINE + timedelta(hours=2)
    assert lab.rows(run) == [
        (0, "pending", NINE + TEN_MINUTES), (1, "pending", NINE + TEN_MINUTES), (2, "pending", eleven + TEN_MINUTES)
    ]  # fmt: skip
    lab.engine.clock.advance(timedelta(hours=9))
    lab.engine.advance(599)
    assert lab.told() == []
    lab.engine.advance(2)
    assert sorted(work.data["number"] for work in lab.told()) == [0, 1]
    assert lab.settle() == 0


def test_none_is_no_deadline(lab: Lab) -> None:
    lab.begin(CALENDAR, "Meeting()")
    run = lab.engine.trigger("d", logical_date=START, conf={"free": True})
    assert lab.settle() == 1
    assert [state for _, state, _ in lab.rows(run)] == ["none"]
    lab.engine.advance(timedelta(days=1))
    assert lab.told() == [] and lab.failures() == []


def test_a_question_survives_its_asker_and_the_run(lab: Lab) -> None:
    """The answer comes when the run is over: it is measured by its end."""
    lab.begin(CALENDAR, "Meeting(), Meeting(hour=1)")
    run = lab.engine.trigger("d", logical_date=START)
    lab.engine.advance(timedelta(hours=2))
    lab.engine.succeed("a")
    lab.engine.scheduler = lab.engine.make_scheduler("scheduler-2")
    lab.engine.clock.advance(100)
    lab.engine.lead()
    assert [state for _, state, _ in lab.rows(run)] == ["asked", "asked"]
    assert lab.settle() == 2
    lab.engine.advance(0)
    assert [state for _, state, _ in lab.rows(run)] == ["met", "missed"]
    assert [work.data["number"] for work in lab.told()] == [1]


@pytest.mark.parametrize(
    ("base", "body", "said"),
    [
        ("BaseDeadlineReference", "raise ValueError('no calendar')", "no calendar"),
        ("BaseDeadlineReference", "return session.execute('select 1')", "it asked for session.execute"),
        ("BaseDeadlineReference", "return datetime(2024, 8, 6)", "no datetime with a time zone"),
        ("ReferenceModels.BaseDeadlineReference", "import os; os._exit(3)", "3"),
    ],
)
def test_code_that_fails_is_told_of_and_stops_nothing(lab: Lab, base: str, body: str, said: str) -> None:
    code = f"class Mine({base}):\n    def _evaluate_with(self, *, session, **kwargs):\n        {body}\n"
    lab.begin(code, "Mine(), DeadlineReference.DAGRUN_QUEUED_AT")
    run = lab.engine.trigger("d", logical_date=START)
    assert lab.settle() == 1
    assert [state for _, state, _ in lab.rows(run)] == ["failed", "pending"]
    (failure,) = lab.failures()
    assert said in failure
    lab.engine.advance(601)
    assert [work.data["number"] for work in lab.told()] == [1]


def test_a_fact_that_is_not_known_names_those_that_are(lab: Lab) -> None:
    code = "class Mine(BaseDeadlineReference):\n    required_kwargs = {'moon'}\n    _evaluate_with = print\n"
    lab.begin(code, "Mine()")
    lab.engine.trigger("d", logical_date=START)
    lab.settle()
    (failure,) = lab.failures()
    assert "Mine.required_kwargs names 'moon'" in failure and "data_interval_end" in failure


def test_how_long_earlier_runs_took_is_known(lab: Lab) -> None:
    code = """
class Usual(BaseDeadlineReference):
    required_kwargs = {"queued_at", "runtimes"}

    def _evaluate_with(self, *, session, queued_at, runtimes):
        return queued_at + max(runtimes) if runtimes else None
"""
    lab.begin(code, "Usual()")
    first = lab.engine.trigger("d")
    lab.engine.advance(300)
    lab.engine.succeed("a")
    second = lab.engine.trigger("d")
    assert lab.settle() == 2
    # the first was asked about when it had ended already
    assert [state for _, state, _ in lab.rows(first)] == ["met"]
    assert lab.rows(second) == [(0, "pending", START + timedelta(seconds=600) + TEN_MINUTES)]


def test_a_clear_asks_those_again_that_count_from_the_queue(lab: Lab) -> None:
    code = """
@deadline_reference(DeadlineReference.TYPES.DAGRUN_QUEUED)
class Queued(BaseDeadlineReference):
    required_kwargs = {"queued_at"}

    def _evaluate_with(self, *, session, queued_at):
        return queued_at

@deadline_reference
class Noon(BaseDeadlineReference):
    def _evaluate_with(self, *, session):
        return datetime(2024, 8, 6, 12, tzinfo=UTC)
"""
    lab.begin(code, "Queued(), Noon()")
    run = lab.engine.trigger("d")
    assert lab.settle() == 2
    lab.engine.advance(300)
    lab.engine.succeed("a")
    lab.engine.store.actions.clear_run("d", run.run_id, now=lab.engine.clock.now())
    assert lab.settle() == 1
    noon = datetime(2024, 8, 6, 12, tzinfo=UTC) + TEN_MINUTES
    assert lab.rows(run) == [
        (0, "met", START + TEN_MINUTES), (0, "pending", START + timedelta(seconds=300) + TEN_MINUTES),
        (1, "met", noon), (1, "pending", noon),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "reference", "said"),
    [
        ("class Mine(BaseDeadlineReference): pass", "Mine()", "no reference of a deadline"),
        ("@deadline_reference()\nclass Mine(BaseDeadlineReference): pass", "Mine()", "no method _evaluate_with"),
        (
            "@deadline_reference()\nclass Mine(BaseDeadlineReference):\n"
            "    def __init__(self, a): pass\n    def _evaluate_with(self, **kw): pass",
            "Mine(1)",
            "cannot be made without arguments",
        ),
        (f"{CALENDAR}", "Meeting", "no reference of a deadline"),
        (
            "@deadline_reference(7)\nclass Mine:\n    def _evaluate_with(self, **kw): pass",
            "Mine()",
            "no type of deadline",
        ),
    ],
)
def test_what_is_no_reference_is_an_import_error(lab: Lab, code: str, reference: str, said: str) -> None:
    (error,) = lab.parse(code, reference).errors
    assert said in error.message


def test_a_changed_reference_is_a_new_version(lab: Lab) -> None:
    one, same, other = (lab.parse(CALENDAR, f"Meeting(hour={hour})").dags[0] for hour in (9, 9, 10))
    assert one.meaning() == same.meaning() != other.meaning()
