"""A DAG with a timetable of its own, read from a file, an engine that runs it, and the process that asks its code."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from support.engine import Engine
from tradewind.loading.bundle import FolderBundle
from tradewind.loading.parse import FileParser
from tradewind.services.forecaster import Forecaster
from tradewind.store import Store
from tradewind.store.engine import read
from tradewind.store.reads.query import Page
from tradewind.store.wakeup import QUESTIONS

DAY = timedelta(days=1)
START = datetime(2024, 8, 6, tzinfo=UTC)  # a Tuesday

WORKDAYS = """
from datetime import UTC, datetime, timedelta
from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.timetables.base import DagRunInfo, DataInterval, Timetable
import pendulum

NOW = datetime(2024, 8, 6, tzinfo=UTC)  # the children's clock is the real one

class Workdays(Timetable):
    def infer_manual_data_interval(self, *, run_after):
        assert run_after.year < 2030, "too far ahead"
        start = run_after.start_of("day") - timedelta(days=1)
        while start.weekday() > 4:
            start -= timedelta(days=1)
        return DataInterval(start, start + timedelta(days=1))

    def next_dagrun_info(self, *, last_automated_data_interval, restriction):
        {body}
        last = last_automated_data_interval
        start = restriction.earliest if last is None else last.start + timedelta(days=1)
        while start.weekday() > 4:
            start += timedelta(days=1)
        if restriction.latest is not None and start > restriction.latest:
            return None
        return DagRunInfo.interval(start, start + timedelta(days=1))

with DAG("work", start_date=pendulum.datetime(2024, 8, 6), {arguments}, schedule=Workdays()):
    EmptyOperator(task_id="a")
"""


class Lab:
    """An engine whose DAG is read from a file, and the process beside it that asks timetables."""

    def __init__(self, store: Store, folder: Path, engine: type[Engine] = Engine) -> None:
        self.engine = engine(store, folder, now=START)
        self.bundle = FolderBundle("dags", folder / "dags")
        self.bundle.path.mkdir()
        self.parser = FileParser()
        self.forecaster = Forecaster(store.dags.forecasts, self.parser, self.engine.clock, store.dags.deadlines)

    def write(self, body: str = "", arguments: str = "catchup=True, max_active_runs=100") -> None:
        self.save(WORKDAYS.replace("{body}", body or "pass").replace("{arguments}", arguments))

    def save(self, text: str) -> None:
        (self.bundle.path / "work.py").write_text(text)
        parsed = self.parser.parse(self.bundle, "work.py").file
        assert parsed.errors == ()
        store = self.engine.store
        store.dags.save_parsed("dags", str(self.bundle.path), parsed, self.engine.clock.now())
        store.actions.set_paused("work", False)

    def settle(self) -> int:
        """Answer questions until there are none; how many there were."""
        return self.engine.settle(self.forecaster.answer)

    def pass_days(self, days: int) -> None:
        for _ in range(days):
            self.engine.advance(DAY)
            self.settle()

    def runs(self) -> list[Any]:
        found = self.engine.store.reads.runs.latest("work", 100)
        return sorted(found, key=lambda run: run["run_after"])

    def rows(self, table: Any) -> Sequence[Any]:
        with read(self.engine.store.engine) as connection:
            return connection.execute(table.select()).all()

    def errors(self) -> list[Any]:
        return list(self.engine.store.reads.import_errors.page(Page(limit=10)).items)


def workdays(count: int) -> list[datetime]:
    days = [START + n * DAY for n in range(count * 2)]
    return [day for day in days if day.weekday() < 5][:count]


class Answers:
    """The process beside the scheduler while somebody waits for it: answers until the block ends."""

    def __init__(self, lab: Lab) -> None:
        self._lab = lab
        self._over = threading.Event()
        self._thread = threading.Thread(
            target=lab.forecaster.serve, args=(self._over, lab.engine.store.wakeup(QUESTIONS))
        )

    def __enter__(self) -> Answers:
        self._lab.engine.store.leases.register("parses", "dag_processor", self._lab.engine.clock.now())
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
