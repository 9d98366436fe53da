"""Unpausing asks first, also where only code of the user's own knows which runs that makes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from support.browser import OpenPage, dialog_of
from support.product import Product

FILE = """
from datetime import UTC, datetime, timedelta
from airflow.sdk import DAG
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.timetables.base import DagRunInfo, Timetable

class Daily(Timetable):
    def __init__(self, fails):
        self.fails = fails

    def serialize(self):
        return {"fails": self.fails}

    @classmethod
    def deserialize(cls, data):
        return cls(data["fails"])

    def next_dagrun_info(self, *, last_automated_data_interval, restriction):
        if self.fails:
            raise LookupError("the calendar of that year is missing")
        last = last_automated_data_interval
        start = restriction.earliest if last is None else last.end
        if start > restriction.latest:
            return None
        return DagRunInfo.interval(start, start + timedelta(days=1))

for name, fails in (("own", False), ("broken", True)):
    with DAG(
        name, start_date=datetime(2024, 1, 1, tzinfo=UTC), end_date=datetime(2024, 1, 9, tzinfo=UTC), catchup=True,
        schedule=Daily(fails), is_paused_upon_creation=True,
    ):
        EmptyOperator(task_id="a")
"""


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags" / "own.py").write_text(FILE)
    with Product(tmp_path / "home", tmp_path / "dags") as made:
        made.dag("own")
        made.dag("broken")
        yield made


def test_code_that_knows_the_runs_is_asked(product: Product, open_page: OpenPage) -> None:
    page = open_page(product.base)
    page.goto("/dags")
    page.get_by_role("switch", name="broken is active").click()
    dialog = dialog_of(page)
    expect(dialog).to_contain_text("How many runs it makes is not known")
    expect(dialog).to_contain_text("the calendar of that year is missing")
    dialog.get_by_role("button", name="Cancel").click()
    page.get_by_role("switch", name="own is active").click()
    expect(dialog).to_contain_text("It makes 9 runs right away, for")
    dialog.get_by_role("button", name="Unpause and make 9 runs").click()
    expect(page.get_by_role("switch", name="own is active")).to_be_checked()
    product.wait(lambda: product.api("GET", "/api/v2/dags/own/dagRuns")["total_entries"] == 9, "all runs made")
