"""A newcomer's first hour, as one story in the browser: logs in with the password that the start printed, finds what
failed and why, mends it, starts things, answers, finds out what something waits for, and leaves.

Every page on the way is looked at by axe.  Nothing is reloaded: what changes must show by itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Locator, Page, expect

from support.browser import OpenPage, accessibility, dialog_of
from support.product import Product

DAGS = """
import time
from datetime import datetime
from pathlib import Path

from airflow.providers.standard.operators.hitl import ApprovalOperator
from airflow.sdk import Param, Variable, dag, task


@dag(schedule=None, tags=["shop"])
def shop_report():
    @task
    def extract():
        return 99

    @task
    def quality(rows):
        print(f"{rows} rows came in")
        least = int(Variable.get("least_rows"))
        if rows < least:
            raise ValueError(f"row count {rows} < {least}")
        return rows

    @task
    def publish(rows):
        print(f"published {rows} rows")

    publish(quality(extract()))


@dag(
    schedule=None,
    params={
        "days": Param(7, type="integer", minimum=1, maximum=31, title="Days", description="How many days to export."),
        "region": Param("eu", enum=["eu", "us"], title="Region"),
    },
)
def shop_export():
    @task
    def export(params=None):
        print(f"{params['days']} days of {params['region']}")

    export()


@dag(schedule="@daily", start_date=datetime(2024, 1, 1), catchup=False)
def page_views():
    @task
    def count(ds=None):
        print(f"views of {ds}")

    count()


@dag(schedule=None)
def price_list():
    @task
    def put_live():
        print("the new prices are live")

    ApprovalOperator(task_id="ask", subject="Put the new prices live?", body="All **12** checks passed.") >> put_live()


@dag(schedule=None)
def full_load():
    @task(pool="warehouse")
    def load():
        while not Path(FLAG).exists():
            time.sleep(0.05)

    load()


@dag(schedule=None)
def refresh_views():
    @task(pool="warehouse")
    def refresh():
        print("refreshed")

    refresh()


shop_report(), shop_export(), page_views(), price_list(), full_load(), refresh_views()
"""


class Shop(Product):
    """A product with a login, with the six DAGs above, and a token of its administrator for what was there before."""

    def __init__(self, folder: Path) -> None:
        self.flag = folder / "loaded"
        dags = folder / "dags"
        dags.mkdir()
        (dags / "shop.py").write_text(DAGS.replace("FLAG", repr(str(self.flag))))
        super().__init__(folder / "home", dags, no_auth=False)
        self.password, self.token = "", ""

    def log_in(self) -> None:
        """With what the start of the product printed, as everybody does."""
        said = self.wait(lambda: re.search(r"user admin, password (\S+)", "".join(self.output)), "telling the password")
        self.password = said[1]
        self.token = self.ask("POST", "/auth/token", {"username": "admin", "password": self.password})["access_token"]

    def ask(self, method: str, path: str, body: dict[str, object] | None = None) -> dict[str, str]:
        headers = {
            "Content-Type": "application/json",
            **({"Authorization": f"Bearer {self.token}"} if self.token else {}),
        }
        data = None if body is None else json.dumps(body).encode()
        with urlopen(Request(f"{self.base}{path}", data, headers, method=method), timeout=30) as response:
            answer: dict[str, str] = json.load(response)
        return answer

    def begin(self, dag_id: str) -> str:
        """Trigger a run; its address in the API."""
        self.wait(lambda: self.ask("GET", f"/api/v2/dags/{dag_id}"), f"knowing {dag_id}")
        run = self.ask("POST", f"/api/v2/dags/{dag_id}/dagRuns", {"logical_date": None})
        return f"/api/v2/dags/{dag_id}/dagRuns/{run['dag_run_id']}"

    def until(self, run: str, task_id: str, state: str) -> None:
        """Wait for a task of a run to be in a state."""
        path = f"{run}/taskInstances/{task_id}"
        self.wait(lambda: self.ask("GET", path)["state"] == state, f"{task_id} {state}")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with Shop(tmp_path_factory.mktemp("first-hour")) as running:
        running.log_in()
        running.ask("POST", "/api/v2/variables", {"key": "least_rows", "value": "100"})
        running.ask("POST", "/api/v2/pools", {"name": "warehouse", "slots": 1})
        running.until(running.begin("shop_report"), "quality", "failed")
        running.until(running.begin("price_list"), "ask", "awaiting_input")
        running.until(running.begin("full_load"), "load", "running")
        running.begin("refresh_views")
        yield running


def passed(page: Page, title: str | re.Pattern[str]) -> None:
    """The page is there, in full, and everybody can use it."""
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    expect(page.locator("[aria-busy=true], .animate-pulse")).to_have_count(0)
    assert accessibility(page) == [], page.url


def go(page: Page, place: str) -> None:
    page.get_by_role("navigation", name="Pages").get_by_role("link", name=place).click()


def dialog(page: Page) -> Locator:
    return dialog_of(page)


def state(page: Page, word: str) -> None:
    """What the head of the page says of the run or the task, beside its name."""
    expect(page.locator("main header").first.get_by_text(word, exact=True).first).to_be_visible()


def test_a_newcomers_first_hour(open_page: OpenPage, shop: Shop) -> None:
    page = open_page(shop.base, expected=["401"])
    _log_in(page, shop)
    _find_the_failure(page)
    _mend_the_variable(page)
    _run_it_again(page)
    _trigger_with_params(page)
    _backfill(page)
    _answer(page)
    _why_it_waits(page, shop)
    _log_out(page)


def _log_in(page: Page, shop: Shop) -> None:
    page.goto("/dags")
    passed(page, "Log in to Tradewind")
    expect(page.get_by_label("User name")).to_be_focused()
    page.keyboard.type("admin")
    page.get_by_label("Password").fill("guessed")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Password").fill(shop.password)
    page.keyboard.press("Enter")
    passed(page, "DAGs")


def _find_the_failure(page: Page) -> None:
    go(page, "Home")
    passed(page, "Home")
    failure = page.get_by_role("listitem").filter(has_text="ValueError: row count 99 < 100")
    failure.get_by_role("link", name="shop_report › quality").click()
    passed(page, "quality")
    state(page, "Failed")
    error = page.get_by_role("region", name="What ended the try")
    expect(error).to_contain_text("row count 99 < 100")
    expect(error).to_contain_text("raise ValueError")
    expect(page.get_by_text("99 rows came in")).to_be_in_viewport()


def _mend_the_variable(page: Page) -> None:
    go(page, "Admin")
    page.get_by_role("link", name="Variables").click()
    expect(page.get_by_role("row", name="least_rows")).to_contain_text("100")
    passed(page, "Admin")
    page.get_by_role("button", name="Edit least_rows").click()
    value = dialog(page).get_by_label("Value")
    expect(value).to_have_value("100")
    value.fill("90")
    assert accessibility(page) == []
    dialog(page).get_by_role("button", name="Save").click()
    expect(dialog(page)).to_have_count(0)
    expect(page.get_by_role("row", name="least_rows")).to_contain_text("90")


def _run_it_again(page: Page) -> None:
    go(page, "Home")
    page.get_by_role("link", name="shop_report › quality").click()
    state(page, "Failed")
    page.get_by_role("button", name="Clear…").click()
    touched = dialog(page).get_by_role("list", name="Tasks")
    expect(touched.get_by_role("listitem")).to_have_text(["quality", "publish"])
    assert accessibility(page) == []
    dialog(page).get_by_role("button", name="Clear 2 instances").click()
    expect(dialog(page)).to_have_count(0)
    state(page, "Success")
    expect(page.get_by_role("region", name="What ended the try")).to_have_count(0)
    go(page, "Home")
    expect(page.get_by_role("link", name="shop_report › quality")).to_have_count(0)


def _trigger_with_params(page: Page) -> None:
    go(page, "DAGs")
    page.get_by_role("button", name="Trigger shop_export").click()
    form = dialog(page)
    days = form.get_by_label("Days")
    days.fill("90")
    expect(form.get_by_text("At most 31")).to_be_visible()
    expect(form.get_by_role("button", name="Trigger", exact=True)).to_be_disabled()
    days.fill("14")
    expect(form.get_by_text("At most 31")).to_have_count(0)
    form.get_by_label("Region").select_option("us")
    expect(form.get_by_role("button", name="Copy as curl")).to_be_enabled()
    assert accessibility(page) == []
    form.get_by_role("button", name="Trigger", exact=True).click()
    expect(dialog(page)).to_have_count(0)
    state(page, "Success")
    passed(page, re.compile(r"\d:\d\d"))


def _backfill(page: Page) -> None:
    go(page, "Schedule")
    passed(page, "Schedule")
    page.get_by_role("link", name="Backfill").first.click()
    passed(page, "Backfill")
    start = page.get_by_role("button", name=re.compile("^Start"))
    expect(start).to_be_disabled()
    page.get_by_label("DAG", exact=True).fill("page_views")
    page.get_by_role("button", name="Last 7 days").click()
    page.get_by_role("button", name="Show the plan").click()
    plan = page.get_by_role("table", name="Look at the plan")
    expect(plan.get_by_role("row")).to_have_count(8)
    passed(page, "Backfill")
    start.click()
    passed(page, "Backfill 1 of page_views")
    expect(page.get_by_text("Completed · ")).to_be_visible()


def _answer(page: Page) -> None:
    go(page, "Required actions")
    passed(page, "Required actions")
    question = page.get_by_role("article", name="Put the new prices live?")
    question.get_by_role("link", name="› ").click()
    state(page, "Waits for a person")
    passed(page, "ask")
    page.get_by_role("link", name="Answer", exact=True).click()
    question.get_by_role("button", name="Approve").click()
    expect(question).to_have_count(0)
    expect(page.get_by_text("Nobody waits for you")).to_be_visible()
    page.get_by_role("link", name="Answered").click()
    question.get_by_role("link", name="› ").click()
    state(page, "Success")
    page.locator("main header").first.get_by_role("navigation").first.get_by_role("link").last.click()
    state(page, "Success")
    passed(page, re.compile(r"\d:\d\d"))


def _why_it_waits(page: Page, shop: Shop) -> None:
    go(page, "Runs")
    passed(page, "Runs")
    row = page.get_by_role("row").filter(has_text="refresh_views").first
    run = row.locator('a[href*="/runs/"]').first.get_attribute("href")
    assert run is not None
    page.goto(f"{run}/tasks/refresh")
    passed(page, "refresh")
    reason = page.locator("main header").first
    expect(reason).to_contain_text("pool")
    expect(reason).to_contain_text("warehouse")
    shop.flag.touch()
    state(page, "Success")


def _log_out(page: Page) -> None:
    page.get_by_role("button", name="admin: your settings").click()
    page.get_by_role("button", name="Log out").click()
    passed(page, "Log in to Tradewind")
    page.go_back()
    passed(page, "Log in to Tradewind")
