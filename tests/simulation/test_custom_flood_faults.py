"""Everything goes wrong at random while past runs of a custom timetable are held and made: each once, none is lost.

More seeds: TRADEWIND_FLOOD_SEEDS=1000-1200 python -m pytest tests/simulation/test_custom_flood_faults.py
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from support.engine import START, dag
from support.faults import FaultyStore, World
from tradewind.authoring.custom_timetables import foresee, next_piece
from tradewind.authoring.run_times import DagRunInfo
from tradewind.authoring.timetable import Timetable
from tradewind.loading.protocol import AskPiece, AskTimetable, Loaded
from tradewind.services import forecaster
from tradewind.services.forecaster import Forecaster
from tradewind.services.guard import Guard, Limits
from tradewind.spec.dag import ImportErrorSpec, TimetableSpec
from tradewind.spec.schedule import Interval
from tradewind.store import Store, tables

_asked = os.environ.get("TRADEWIND_FLOOD_SEEDS", "0-2").split("-")
SEEDS = range(int(_asked[0]), int(_asked[-1]) + 1)
FIRST, LAST = START - timedelta(days=5), START + timedelta(days=4)
FAILED = ImportErrorSpec(relative_fileloc="own.py", fileloc="/dags/own.py", line=1, message="no", traceback="")


class Uneven(Timetable):
    """The code of the user: every three hours, or five in the afternoon, until an end."""

    def next_dagrun_info(self, *, last_automated_data_interval, restriction):
        start = restriction.earliest if last_automated_data_interval is None else last_automated_data_interval.end
        if start > restriction.latest:
            return None
        return DagRunInfo.interval(start, start + timedelta(hours=5 if start.hour > 12 else 3))


def whole() -> list[datetime]:
    found, at = [], FIRST
    while at <= LAST:
        found.append(at)
        at += timedelta(hours=5 if at.hour > 12 else 3)
    return found


class Asked:
    """In the place of the child process: it fails now and then, and dies before or after it has answered."""

    def __init__(self, world: FloodWorld) -> None:
        self._world = world

    def ask(self, bundle: Any, relative: str, question: Any) -> Loaded:
        world = self._world
        if world.faults and world.random.random() < 0.1:
            raise OSError("the child process is gone")
        if world.faults and world.random.random() < 0.1:
            return Loaded(errors=(FAILED,))
        if isinstance(question, AskPiece):
            runs, more = next_piece(
                Uneven(), question.stretch, question.earliest, question.latest, world.random.choice([1, question.most])
            )
            return Loaded(runs=runs, more=more)
        assert isinstance(question, AskTimetable) and question.policy is not None
        last = None if question.last is None else Interval(*question.last)
        return Loaded(
            forecast=foresee(
                Uneven(), last, question.last_run_after, question.earliest, question.latest, question.policy,
                question.now,
            )
        )  # fmt: skip


class FloodWorld(World):
    """People pause and resume what the guard holds, while the code is asked by processes that die."""

    def __init__(self, seed: int, store: Store, folder: Path) -> None:
        super().__init__(seed, store, folder)
        self.limits = Limits(self.random.choice([0, 3, 40]), self.random.choice([0, 2]))
        self.forecaster = Forecaster(store.dags.forecasts, Asked(self), self.clock, store.dags.deadlines)  # type: ignore[arg-type]
        own = dag(
            "own",
            {"a": []},
            timetable=TimetableSpec(kind="custom"),
            catchup=True,
            end_date=LAST,
            max_active_runs=self.random.choice([1, 4, 50]),
        )
        self.own = msgspec.structs.replace(own, start_date=FIRST)
        self.add(self.own)

    def start_scheduler(self, holder: str | None = None) -> None:
        super().start_scheduler(holder)
        assert self.scheduler is not None
        past = FaultyStore(self, self.store.past_runs)
        name = self.scheduler._leadership.holder
        self.scheduler._calendar._guard = Guard(past, self.limits, holder=name)  # type: ignore[arg-type]

    def act(self) -> None:
        r, now, backfills = self.random, self.clock.now(), self.store.backfills
        roll = r.random()
        held = [row["id"] for row in self.rows(tables.backfill, dag_id="own", completed_at=None)]
        if roll < 0.5:
            self.log.append("answer what is asked")
            self.answer_questions()
        elif roll < 0.8 and held:
            number, verb = r.choice(held), r.choice(["pause", "unpause", "unpause"])
            self.log.append(f"{verb} backfill {number}")
            getattr(backfills, verb)(number, now=now)
        elif roll < 0.9:
            self.store.actions.set_paused("own", r.random() < 0.4, confirm_past=r.random() < 0.1, now=now)
        else:
            del self.specs["own"]
            try:
                super().act()
            finally:
                self.specs["own"] = self.own

    def answer_questions(self) -> None:
        """Two processes may have read the same questions; one that dies leaves them."""
        questions = self.store.dags.forecasts.questions(9)
        try:
            self.forecaster.answer()
        except OSError:
            self.log.append("  the child died")
        if self.faults and self.random.random() < 0.3:
            for question in questions:
                if question.backfill_id:
                    self.store.dags.forecasts.save_piece(question, (), False, "", self.clock.now())

    def all_made(self) -> bool:
        self.answer_questions()
        for row in self.rows(tables.backfill, completed_at=None):
            if row["paused"]:
                self.store.backfills.unpause(row["id"], now=self.clock.now())
        done = self.one(tables.dag, dag_id="own")["last_automated_logical"] == whole()[-1]
        over = not self.rows(tables.backfill, completed_at=None)
        return done and over and super().all_made() and not self.rows(tables.timetable_question)

    def check_end(self) -> None:
        super().check_end()
        runs = self.rows(tables.dag_run, dag_id="own")
        scheduled = [row for row in runs if row["run_type"] in ("scheduled", "backfill")]
        assert Counter(row["logical_date"] for row in scheduled) == Counter(whole()), "each run once, and none is lost"
        for row in self.rows(tables.backfill):
            items = self.rows(tables.backfill_run, backfill_id=row["id"])
            dates = [item["logical_date"] for item in sorted(items, key=lambda item: item["ordinal"])]
            assert dates == [day for day in whole() if row["from_date"] <= day <= row["to_date"]]
            assert row["expected"] == len(dates), "what was told is what was held"
        if self.limits.per_hour == 3:
            assert self.rows(tables.backfill), "nothing was held"


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forecaster, "PIECE", 9)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_run_that_is_held_is_lost_or_made_twice(seed: int, sqlite_store: Store, tmp_path: Path) -> None:
    FloodWorld(seed, sqlite_store, tmp_path).run(40)


@pytest.mark.postgres
def test_no_run_is_lost_on_postgresql(postgres_store: Store, tmp_path: Path) -> None:
    FloodWorld(1, postgres_store, tmp_path).run(40)
