"""What a person does with a backfill on its page: each action says first what it touches."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from support.browser import OpenPage, accessibility_by_day_and_night, dialog_of
from support.product import Product, Serve

DAGS = """
import datetime

from airflow.sdk import DAG, Variable, task

START = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)

with DAG("loads", schedule="@daily", start_date=START, catchup=False):
    @task
    def extract(logical_date=None):
        if logical_date.day != 1 and Variable.get("ready", default="no") != "yes":
            raise ValueError("the source is not ready")

    @task
    def load():
        pass

    @task
    def beside():
        pass

    extract() >> load()
    beside()

with DAG("waits", schedule="@daily", start_date=START, catchup=False, is_paused_upon_creation=True):
    @task
    def only():
        pass
    only()
"""


@pytest.fixture(scope="module")
def product(serve: Serve) -> Product:
    return serve("loads.py", DAGS)


def backfill(product: Product, dag_id: str, days: int, at_once: int) -> int:
    product.dag(dag_id)
    body = {"dag_id": dag_id, "from_date": "2026-01-01", "to_date": f"2026-01-0{days}", "max_active_runs": at_once}
    return int(product.api("POST", "/api/tradewind/backfills", body)["id"])


def test_failed_runs_are_shown_before_they_run_again(product: Product, open_page: OpenPage) -> None:
    number = backfill(product, "loads", 3, 3)
    product.wait(
        lambda: product.api("GET", f"/api/tradewind/backfills/{number}")["completed_at"], "the backfill is over"
    )
    page = open_page(product.base)
    page.goto(f"/schedule/backfills/{number}")
    page.get_by_role("button", name="Retry 2 failed runs").click()
    dialog = dialog_of(page)
    touched = dialog.get_by_role("region", name="What this touches")
    expect(touched).to_contain_text("4 task instances in 2 runs")
    expect(touched.get_by_role("listitem").filter(has_text="× 2")).to_have_text(["extract× 2", "load× 2"])
    expect(touched).not_to_contain_text("beside")
    expect(dialog).to_contain_text("Up to 3 runs at a time.")
    assert accessibility_by_day_and_night(page) == []
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_have_count(0)
    assert product.api("GET", f"/api/tradewind/backfills/{number}")["runs"] == {"success": 1, "failed": 2}
    product.api("POST", "/api/v2/variables", {"key": "ready", "value": "yes"})
    page.get_by_role("button", name="Retry 2 failed runs").click()
    dialog.get_by_role("button", name="Retry 2 failed runs").click()
    expect(dialog).to_have_count(0)
    expect(page.locator("main header").first).to_contain_text("3 of 3 runs ended")
    expect(page.get_by_role("button", name="Retry 2 failed runs")).to_have_count(0)
    expect(page.get_by_role("main")).to_contain_text("Success 3")


def test_a_cancel_says_what_never_runs(product: Product, open_page: OpenPage) -> None:
    number = backfill(product, "waits", 5, 2)
    product.wait(
        lambda: product.api("GET", f"/api/tradewind/backfills/{number}")["runs"] == {"queued": 2}, "its runs wait"
    )
    page = open_page(product.base)
    page.goto(f"/schedule/backfills/{number}")
    page.get_by_role("button", name="Cancel the backfill").click()
    dialog = dialog_of(page)
    expect(dialog.get_by_role("listitem")).to_have_text(["3 runs are never made.", "2 queued runs fail."])
    dialog.get_by_role("button", name="Cancel the backfill").click()
    expect(dialog).to_have_count(0)
    expect(page.locator("main header").first).to_contain_text("Completed")
    expect(page.get_by_role("main")).to_contain_text("Failed 2")
