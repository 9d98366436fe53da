"""The pages of one DAG, and the list of all runs, with a real product and a real browser."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Page, Route, expect

from support.browser import OpenPage, accessibility, dialog_of, visit
from support.product import Product, Serve

DAGS = """
from datetime import datetime
from airflow.sdk import DAG, Asset, Param, task

with DAG(
    "shop",
    schedule="@daily",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    tags=["orders"],
    description="Orders of the shop",
    params={"limit": Param(100, type="integer", description="Rows at most")},
    doc_md="# What it is for\\n\\nLoads **orders**. <script>document.title = 'taken'</script>",
):
    @task(doc_md="Reads the *orders*.")
    def extract(params=None):
        if params["limit"] == 0:
            raise ValueError("no rows for 2026-01-01")
        return 3

    @task(outlets=[Asset("orders_table")], trigger_rule="all_done")
    def load():
        pass

    @task
    def audit():
        pass

    extract() >> load()
    audit()
"""
BROKEN = """
from airflow.sdk import DAG, task

with DAG("broken", schedule=None):
    @task
    def never():
        raise ValueError("always")

    never()
"""


@pytest.fixture(scope="module")
def product(serve: Serve) -> Product:
    running = serve("shop.py", DAGS, env={"AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "True"})
    running.dag("shop")
    running.api("POST", "/api/tradewind/dags/shop/unpause", {"confirm_past_runs": False})
    for limit in (1, 2, 0):
        body = {"conf": {"limit": limit}, "dag_run_id": f"hand_{limit}", "note": f"note {limit}"}
        running.finished(running.trigger("shop", **body))
    return running


def search(page: Page, **wanted: str) -> None:
    """The address says this among other things; nothing at all when nothing is named.  Waits for it."""

    def says(url: str) -> bool:
        found = parse_qs(urlparse(url).query)
        return all(found.get(name) == [value] for name, value in wanted.items()) and bool(found) == bool(wanted)

    page.wait_for_url(says)


def test_the_overview_says_what_the_dag_is_up_to(product: Product, open_page: OpenPage) -> None:
    page = open_page(product.base)
    page.goto("/dags/shop")
    newest = page.get_by_role("region", name="Newest run")
    expect(newest).to_contain_text("Success with failures")
    expect(newest).to_contain_text("`extract` raised ValueError: no rows for 2026-01-01".replace("`", ""))
    docs = page.get_by_role("region", name="Documentation")
    expect(docs.get_by_role("heading", name="What it is for")).to_be_visible()
    expect(docs).to_contain_text("<script>")
    expect(page).to_have_title(re.compile("shop"))
    expect(page.get_by_role("region", name="Assets").get_by_role("link", name="orders_table")).to_be_visible()
    expect(page.get_by_role("region", name="Params")).to_contain_text("Rows at most")
    failures = page.get_by_role("region", name="What failed in the newest 50 runs")
    expect(failures).to_contain_text("ValueError: no rows for 2026-01-01")
    expect(page.get_by_role("region", name="Duration of runs").locator("canvas")).to_be_visible()
    bars = page.get_by_role("list", name="The newest runs").get_by_role("link")
    bars.last.focus()
    page.keyboard.press("ArrowLeft")
    expect(bars.nth(bars.count() - 2)).to_be_focused()


def test_a_tolerated_failure_is_plain_green_nowhere(product: Product, open_page: OpenPage) -> None:
    page = open_page(product.base)
    word = re.compile("Success with failures")
    page.goto("/dags/shop")
    expect(page.get_by_role("list", name="The newest runs").get_by_role("link", name=word)).to_have_count(1)
    page.goto("/dags?q=shop")
    expect(page.get_by_role("link", name=re.compile("newest run", re.I)).locator("title", has_text=word)).to_have_count(
        1
    )
    page.goto("/dags/shop/calendar")
    expect(page.get_by_role("link", name=re.compile("Success with failures 1"))).to_be_visible()
    page.goto("/schedule?view=list")
    expect(page.get_by_role("row").filter(has=page.get_by_role("link", name="hand_0"))).to_contain_text(word)
    page.goto("/dags/shop/runs/hand_2/compare?with=hand_0")
    expect(page.get_by_role("table", name="Side by side")).to_contain_text(word)
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name=re.compile("^Find DAGs, runs")).fill("shop/hand_0")
    expect(page.get_by_role("option", name=re.compile("hand_0.*Success with failures"))).to_be_visible()


@pytest.mark.parametrize("view", ["", "/grid", "/graph", "/calendar", "/runs"])
def test_a_view_asks_five_times_and_misses_nothing(product: Product, open_page: OpenPage, view: str) -> None:
    page = open_page(product.base)
    # as on a slow machine, where a page is drawn some time after it was read
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlparse(request.url).path))
    with page.expect_request(re.compile("/api/tradewind/events")) as stream:
        page.goto(f"/dags/shop{view}")
    # the stream goes on from where the page was read
    assert int(parse_qs(urlparse(stream.value.url).query)["position"][0]) > 0
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    calls = [path for path in asked if path.startswith("/api/")]
    assert len(calls) <= 5, calls
    assert "dag:shop" in parse_qs(urlparse(stream.value.url).query)["topic"]


def test_a_new_run_shows_by_itself(product: Product, open_page: OpenPage) -> None:
    page = open_page(product.base)
    page.goto("/dags/shop/runs?q=live")
    expect(page.get_by_text("No run fits these filters")).to_be_visible()
    product.finished(product.trigger("shop", dag_run_id="live_one", conf={"limit": 5}))
    expect(page.get_by_role("row").filter(has_text='{"limit":5}')).to_contain_text("Success")


def test_runs_are_filtered_by_the_address(product: Product, open_page: OpenPage) -> None:
    page = open_page(product.base)
    page.goto("/runs?dag=sho&q=hand_")
    table = page.get_by_role("table", name="Runs")
    expect(table.get_by_role("row")).to_have_count(4)
    tolerated = table.get_by_role("row").filter(has_text="note 0")
    expect(tolerated).to_contain_text("Success with failures")
    page.get_by_label("State", exact=True).select_option("failed")
    expect(page.get_by_text("No run fits these filters")).to_be_visible()
    search(page, state="failed")
    page.get_by_role("button", name="Show all runs").click()
    expect(table.get_by_role("row").nth(4)).to_be_visible()
    search(page)
    page.go_back()
    expect(page.get_by_text("No run fits these filters")).to_be_visible()


def test_several_runs_are_cleared_marked_and_deleted_with_a_preview(product: Product, open_page: OpenPage) -> None:
    for name in ("bulk_1", "bulk_2"):
        product.finished(product.trigger("shop", dag_run_id=name, conf={"limit": 0}))
    page = open_page(product.base)
    page.goto("/dags/shop/runs?q=bulk")
    for name in ("bulk_1", "bulk_2"):
        page.get_by_role("checkbox", name=f"Choose {name}").check()
    chosen = page.get_by_role("region", name="What to do with the chosen runs")
    expect(chosen).to_contain_text("2 runs chosen")
    chosen.get_by_role("button", name="Mark failed").click()
    page.get_by_role("dialog", name="Mark 2 runs").get_by_role("button", name="Mark as").click()
    expect(page.get_by_text("2 runs are marked as “Failed”")).to_be_visible()
    rows = page.get_by_role("table", name="Runs").get_by_role("row")
    expect(rows.nth(1)).to_contain_text("Failed")
    expect(rows.nth(2)).to_contain_text("Failed")

    chosen.get_by_role("button", name="Clear").click()
    dialog = page.get_by_role("dialog", name="Run 2 runs again?")
    expect(dialog).to_contain_text("in 2 runs")
    dialog.get_by_role("button", name=re.compile("Clear \\d+ instances")).click()
    expect(page.get_by_text(re.compile("\\d+ task instances run again"))).to_be_visible()
    expect(rows.nth(1)).to_contain_text("Success with failures")
    expect(rows.nth(2)).to_contain_text("Success with failures")

    chosen.get_by_role("button", name="Delete").click()
    dialog = page.get_by_role("dialog", name="Delete 2 runs?")
    expect(dialog).to_contain_text("6 task instances")
    dialog.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("No run fits these filters")).to_be_visible()
    assert product.api("GET", "/api/tradewind/runs?search=bulk")["runs"] == []


def day_with_time_left() -> datetime:
    """Now, in UTC; waits for tomorrow when today is nearly over, so that a test sees one day only."""
    now = datetime.now(UTC)
    left = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), UTC) - now
    if left < timedelta(minutes=1):
        time.sleep(left.total_seconds() + 0.1)
    return datetime.now(UTC)


def test_the_calendar_leads_to_the_runs_of_a_day(product: Product, open_page: OpenPage) -> None:
    today = day_with_time_left()
    for _ in range(3):  # the other runs may be of yesterday
        product.finished(product.trigger("shop", conf={"limit": 9}))
    page = open_page(product.base)
    page.goto("/dags/shop/calendar")
    day = page.locator(f'[data-at="{today:%Y-%m-%d}"]')
    expect(day).to_have_attribute("aria-label", re.compile("Success"))
    page.get_by_role("button", name="Earlier").focus()
    day.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-at]:focus")).to_have_attribute("aria-label", re.compile("planned"))
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("table", name="Runs")).to_be_visible()
    search(page, **{"from": f"{today:%Y-%m-%d}"})
    expect(page.get_by_role("table", name="Runs").get_by_role("row").nth(3)).to_be_visible()


def test_tasks_are_found_and_opened(product: Product, open_page: OpenPage) -> None:
    page = open_page(product.base)
    page.goto("/dags/shop/tasks")
    page.get_by_role("searchbox", name="Find by id").fill("extr")
    table = page.get_by_role("table", name="Tasks")
    expect(table.get_by_role("row")).to_have_count(2)
    search(page, q="extr")
    table.get_by_role("link", name="extract", exact=True).click()
    dialog = dialog_of(page)
    expect(dialog).to_contain_text("Reads the orders.")
    search(page, task="extract")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.wait_for_url(lambda url: parse_qs(urlparse(url).query) == {"q": ["extr"]})


def test_the_code_can_be_read_before_it_has_colours(product: Product, open_page: OpenPage) -> None:
    page = open_page(product.base)
    held: list[Route] = []
    go_on: list[bool] = []  # the colours may not have been asked for yet when they may come
    page.route(re.compile(r"/editor-\w+"), lambda request: request.continue_() if go_on else held.append(request))
    page.goto("/dags/shop/code")
    plain = page.get_by_role("group", name=re.compile("shop.py, version"))
    expect(plain).to_contain_text("def extract")
    assert accessibility(page) == []
    go_on.append(True)
    for request in held:
        request.continue_()
    expect(page.locator(".cm-content")).to_contain_text("def extract")
    expect(plain).to_have_count(0)


def test_code_shows_versions_and_what_changed(product: Product, open_page: OpenPage) -> None:
    page = open_page(product.base)
    page.goto("/dags/shop/code")
    code = page.get_by_role("textbox", name="shop.py, version 1").or_(page.locator(".cm-content"))
    expect(code.first).to_contain_text("def extract")
    file = product.dags / "shop.py"
    file.write_text(file.read_text().replace("    audit()\n", "    extract_again = audit()\n    audit()\n"))
    expect(page.get_by_role("link", name=re.compile("Version 2"))).to_be_visible()
    page.goto("/dags/shop/code?version=2&with=1")
    expect(page.get_by_text("1 line added, 0 lines removed")).to_be_visible()
    expect(page.locator(".cm-changedLine")).to_contain_text("extract_again")


def test_backfills_details_and_events(product: Product, open_page: OpenPage) -> None:
    page = open_page(product.base)
    page.goto("/dags/shop/backfills")
    plan = page.get_by_role("link", name="Plan a backfill")
    expect(plan).to_have_attribute("href", re.compile("/schedule/backfill\\?dag_id=shop"))
    body = {"dag_id": "shop", "from_date": "2026-01-05T00:00:00Z", "to_date": "2026-01-06T00:00:00Z"}
    made = product.api("POST", "/api/v2/backfills", body)
    row = page.get_by_role("row").filter(has_text=f"Backfill {made['id']}")
    expect(row).to_contain_text("2 of 2 done")
    page.goto("/dags/shop/details")
    expect(page.get_by_role("region", name="What it is")).to_contain_text("Orders of the shop")
    page.goto("/dags/shop/events")
    expect(page.get_by_role("table", name="What people and programs did")).to_contain_text("create_backfill")
    page.get_by_role("link", name="What tasks did").click()
    expect(page.get_by_role("table", name="What tasks did")).to_contain_text("ValueError: no rows for 2026-01-01")


PAGES = ("", "/calendar", "/calendar?by=hour", "/runs", "/tasks", "/backfills", "/code", "/details", "/events")


def test_the_pages_are_accessible(product: Product, open_page: OpenPage) -> None:
    page = open_page(product.base, theme="dark")
    for path in ("", "/calendar?by=hour", "/runs", "/tasks", "/code", "/details"):
        visit(page, f"/dags/shop{path}")
        assert accessibility(page) == [], path


def test_the_pages_fit_a_phone(product: Product, open_page: OpenPage) -> None:
    page = open_page(product.base, width=390, height=844, language="ko")
    for path in PAGES:
        visit(page, f"/dags/shop{path}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert accessibility(page) == []


def test_a_dag_is_a_favourite_is_read_again_and_deleted_from_its_page(product: Product, open_page: OpenPage) -> None:
    code = DAGS.replace('"shop"', '"old"').replace('"@daily"', "None")
    (product.dags / "old.py").write_text(code)
    product.dag("old")
    product.api("PATCH", "/api/v2/dags/old", {"is_paused": False})
    product.finished(product.trigger("old"))
    product.finished(product.trigger("old"))
    page = open_page(product.base)
    page.goto("/dags/old")
    star = page.get_by_role("button", name="Favourite: old")
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Read its file again").click()
    expect(page.get_by_text("Its file is read again in a moment")).to_be_visible()
    (product.dags / "old.py").unlink()
    page.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Delete…").click()
    window = dialog_of(page)
    expect(window.get_by_role("list")).to_have_text(re.compile("2 runs.*6 task instances"))
    assert accessibility(page) == []
    window.get_by_role("button", name="Delete").click()
    page.wait_for_url("**/dags")
    expect(page.get_by_text("old is deleted")).to_be_visible()
    expect(page.get_by_role("link", name="shop", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="old", exact=True)).to_have_count(0)
    assert product.api("GET", "/api/v2/dags?dag_id_pattern=old")["dags"] == []


def test_failures_alone_are_no_trend_of_durations(product: Product, open_page: OpenPage) -> None:
    (product.dags / "broken.py").write_text(BROKEN)
    product.dag("broken")
    product.api("POST", "/api/tradewind/dags/broken/unpause", {"confirm_past_runs": False})
    for _ in range(2):
        product.finished(product.trigger("broken"))
    page = open_page(product.base)
    page.goto("/dags/broken")
    expect(page.get_by_role("region", name="What failed in the newest 50 runs")).to_contain_text("ValueError: always")
    trend = page.get_by_role("region", name="Duration of runs")
    expect(trend).to_contain_text("No successful run yet.")
    page.wait_for_load_state("networkidle")
    expect(trend.locator("canvas")).to_have_count(0)


def test_the_audit_calls_a_run_as_lists_do(product: Product, open_page: OpenPage) -> None:
    page = open_page(product.base)
    page.goto("/dags/shop/runs")
    name = page.get_by_role("table", name="Runs").locator('a[title="hand_1"]').inner_text()
    page.goto("/admin/audit?dag=shop&event=trigger_dag_run")
    found = page.get_by_role("table", name="Audit").locator('a[title="hand_1"]')
    expect(found).to_have_text(name)
    found.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
