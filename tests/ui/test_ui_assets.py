"""The pages of assets and of the schedule, in a browser, on a product whose tasks make data."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from support.browser import OpenPage, accessibility_by_day_and_night, dialog_of, visit
from support.product import Product, Serve

DAGS = """
from datetime import datetime
from airflow.sdk import Asset, dag, task

orders = Asset("orders", uri="s3://lake/orders", group="sales", extra={"team": "shop"})
prices = Asset("prices", uri="s3://lake/prices", group="market")
report = Asset("report", uri="s3://lake/report", group="sales")


@dag(schedule="HALF * * * *", start_date=datetime(2026, 1, 1), catchup=False)
def load_orders():
    @task(outlets=[orders])
    def load(*, outlet_events):
        outlet_events[orders].extra = {"rows": 99, "size": {"bytes": 2048}, "by": "loader"}

    load()


@dag(schedule=[orders, prices])
def margin():
    @task(outlets=[report])
    def compute(): ...

    compute()


@dag(schedule=[report])
def publish():
    @task(inlets=[orders])
    def render(): ...

    render()


load_orders()
margin()
publish()
"""


@pytest.fixture(scope="module")
def lake(serve: Serve) -> Product:
    half = (datetime.now(UTC).minute + 30) % 60  # no run of the schedule comes while the tests count
    product = serve("lake.py", DAGS.replace("HALF", str(half)))
    for dag_id in ("margin", "publish"):
        product.dag(dag_id)
    for _ in range(2):
        assert product.finished(product.trigger("load_orders"))["state"] == "success"
    return product


def asset_id(product: Product, name: str) -> int:
    [found] = [each for each in product.api("GET", "/api/v2/assets")["assets"] if each["name"] == name]
    return int(found["id"])


def test_the_list_finds_assets_and_keeps_the_filter_in_the_address(lake: Product, open_page: OpenPage) -> None:
    page = open_page(lake.base)
    page.goto("/assets")
    table = page.get_by_role("table", name="Assets")
    orders = table.get_by_role("row").filter(has_text="s3://lake/orders")
    expect(orders.get_by_role("link", name="load_orders")).to_be_visible()
    expect(orders.get_by_role("link", name="margin")).to_be_visible()
    page.get_by_role("searchbox", name="Find by name or URI").fill("PRICES")
    expect(page).to_have_url(re.compile(r"q=PRICES"))
    expect(table.get_by_role("row")).to_have_count(2)
    page.get_by_label("Show").select_option(label="Made by no task")
    expect(table.get_by_role("link", name="prices")).to_be_visible()
    page.get_by_role("searchbox", name="Find by name or URI").fill("nothing like it")
    page.get_by_role("button", name="Show all assets").click()
    expect(table.get_by_role("row")).to_have_count(4)
    table.get_by_role("link", name="orders", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="orders")).to_be_visible()


def test_an_event_by_hand_says_what_it_does_and_shows_without_reloading(lake: Product, open_page: OpenPage) -> None:
    page = open_page(lake.base)
    page.goto(f"/assets/{asset_id(lake, 'prices')}")
    waiting = page.get_by_role("region", name="DAGs that run on it")
    expect(waiting).to_contain_text("1 of 2 came since its last run")
    expect(page.get_by_text("There was no event yet.")).to_be_visible()
    page.get_by_role("button", name="Create event").click()
    window = dialog_of(page)
    expect(window).to_contain_text("margin makes a run")
    window.get_by_label("Extra, as JSON").fill("[1]")
    expect(window.get_by_role("button", name="Create event")).to_be_disabled()
    window.get_by_label("Extra, as JSON").fill('{"rows": 7}')
    window.get_by_role("button", name="Create event").click()
    expect(window).to_be_hidden()
    events = page.get_by_role("table", name="Events")
    expect(events.get_by_role("link", name="margin")).to_be_visible()
    expect(waiting).to_contain_text("0 of 2 came since its last run")
    expect(events).to_contain_text("By hand or from outside")


def test_materialize_previews_the_run_and_leads_to_it(lake: Product, open_page: OpenPage) -> None:
    page = open_page(lake.base)
    page.goto(f"/assets/{asset_id(lake, 'orders')}")
    expect(page.get_by_role("img", name=re.compile("rows in the newest events: last 99"))).to_be_visible()
    page.get_by_role("button", name="Materialize").click()
    window = dialog_of(page)
    expect(window).to_contain_text("these DAGs are told: margin")
    window.get_by_role("button", name="Materialize").click()
    expect(page).to_have_url(re.compile(r"/dags/load_orders/runs/asset_materialization"))


def test_the_feed_of_events_names_who_made_them(lake: Product, open_page: OpenPage) -> None:
    page = open_page(lake.base)
    page.goto("/assets/events?dag_id=load_orders")
    table = page.get_by_role("table", name="Asset events")
    first = table.get_by_role("row").nth(1)
    expect(first.get_by_role("link", name="load_orders › load")).to_be_visible()
    first.get_by_text("3 fields").click()
    expect(first).to_contain_text("99")
    page.get_by_role("searchbox", name="Find by asset name").fill("nope")
    expect(page.get_by_text("No event is like this")).to_be_visible()


def test_lineage_is_drawn_told_as_a_tree_and_as_impact(lake: Product, open_page: OpenPage) -> None:
    page = open_page(lake.base)
    page.goto(f"/assets/lineage?asset={asset_id(lake, 'orders')}")
    node = page.get_by_role("button", name="margin DAG")
    expect(node).to_be_visible()
    node.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="margin")).to_contain_text("Leads to")
    page.get_by_role("button", name="Impact", exact=True).click()
    rows = page.get_by_role("table", name="Impact").get_by_role("row")
    expect(rows).to_have_count(4)
    expect(rows.nth(3)).to_contain_text("report")
    page.get_by_role("button", name="Tree", exact=True).click()
    expect(page.get_by_role("region", name="What depends on it").get_by_role("link", name="report")).to_be_visible()
    expect(page.get_by_role("region", name="What it comes from").get_by_role("link")).to_have_text(
        ["orders", "load_orders"]
    )


def test_the_schedule_moves_by_keyboard_and_address(lake: Product, open_page: OpenPage) -> None:
    page = open_page(lake.base)
    page.goto("/schedule?zoom=6h")
    grid = page.get_by_role("grid", name="Runs by DAG over time")
    expect(grid.get_by_role("rowheader", name="load_orders")).to_be_visible()
    expect(page.get_by_test_id("now")).to_be_visible()
    plan = grid.get_by_role("link", name=re.compile("load_orders: planned for")).first
    expect(plan).to_be_visible()
    grid.get_by_role("link", name=re.compile("load_orders: .*Success|load_orders: .*runs")).first.focus()
    page.keyboard.press("End")
    expect(page.get_by_test_id("shown")).to_contain_text("planned for")
    expect(grid.locator(":focus")).to_have_attribute("aria-label", re.compile("planned for"))
    page.get_by_role("button", name="Later").click()
    expect(page).to_have_url(re.compile(r"at="))
    expect(page.get_by_test_id("now")).to_be_visible()
    page.get_by_role("button", name="Later").click()
    expect(page.get_by_test_id("now")).to_be_hidden()
    page.get_by_role("button", name="Now").click()
    page.get_by_role("button", name="List").click()
    expect(page).to_have_url(re.compile(r"view=list"))
    table = page.get_by_role("table", name="Schedule")
    expect(table).to_contain_text("Planned")
    table.get_by_role("link", name=re.compile("manual__")).first.click()
    expect(page).to_have_url(re.compile(r"/dags/load_orders/runs/"))


def test_a_backfill_under_way_is_listed_with_how_far_it_is(lake: Product, open_page: OpenPage) -> None:
    body = {
        "dag_id": "load_orders",
        "from_date": "2026-02-01T00:00:00Z",
        "to_date": "2026-02-01T03:00:00Z",
        "is_paused": True,
    }
    made = lake.api("POST", "/api/tradewind/backfills", body)
    page = open_page(lake.base)
    page.goto("/schedule")
    backfills = page.get_by_role("region", name="Backfills")
    expect(backfills).to_contain_text("paused")
    backfills.get_by_role("link", name=f"Backfill {made['id']} of load_orders").click()
    expect(page).to_have_url(re.compile(rf"/schedule/backfills/{made['id']}$"))


def test_everybody_can_use_the_pages(lake: Product, open_page: OpenPage) -> None:
    page = open_page(lake.base)
    orders = asset_id(lake, "orders")
    for path, ready in (
        ("/assets", page.get_by_role("table", name="Assets")),
        ("/assets/events", page.get_by_role("table", name="Asset events")),
        (f"/assets/{orders}", page.get_by_role("img", name=re.compile("rows in the newest"))),
        (f"/assets/lineage?asset={orders}", page.get_by_role("button", name="margin DAG")),
        ("/assets/lineage?view=tree", page.get_by_role("region", name="What depends on it")),
        ("/schedule", page.get_by_role("grid")),
    ):
        visit(page, path)
        expect(ready).to_be_visible()
        assert accessibility_by_day_and_night(page) == [], path


@pytest.mark.parametrize("path", ["/assets", "/assets/events", "/assets/1", "/assets/lineage", "/schedule"])
def test_nothing_is_cut_on_a_phone(lake: Product, open_page: OpenPage, path: str) -> None:
    page = open_page(lake.base, width=390, height=844)
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("load")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0
