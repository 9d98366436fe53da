"""The frame of every page: search and commands, keys, languages, themes, phones; and what axe finds on the pages."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from support.browser import OpenPage, accessibility, accessibility_by_day_and_night, dialog_of, shown, visit
from support.product import Product, Serve

DAGS = """
from airflow.sdk import dag, task

@dag(schedule=None, tags=["shop"])
def orders():
    @task
    def extract():
        return [1, 2, 3]

    @task
    def load(rows):
        print(rows)

    load(extract())

orders()
"""
PAGES = (
    "/",
    "/dags",
    "/runs",
    "/assets",
    "/assets/events",
    "/assets/lineage",
    "/schedule",
    "/schedule/backfill",
    "/actions",
    "/docs",
    "/admin/connections",
    "/admin/variables",
    "/admin/pools",
    "/admin/health",
    "/admin/providers",
    "/admin/plugins",
)


@pytest.fixture(scope="module")
def product(serve: Serve) -> Product:
    running = serve("orders.py", DAGS)
    running.finished(running.trigger("orders"))
    return running


@pytest.fixture
def base(product: Product) -> str:
    return product.base


def test_axe_finds_nothing_on_any_page(open_page: OpenPage, base: str) -> None:
    page = open_page(base)
    found = {}
    for path in PAGES:
        visit(page, path)
        if problems := accessibility_by_day_and_night(page):
            found[path] = problems
    assert found == {}


def test_the_palette_finds_and_goes(open_page: OpenPage, base: str) -> None:
    page = open_page(base)
    page.goto("/")
    shown(page)
    page.keyboard.press("Control+k")
    field = page.get_by_placeholder("Find DAGs, runs, tasks, assets, actions…")
    expect(field).to_be_focused()
    field.fill("orde")
    expect(page.get_by_role("option", name="orders").first).to_be_visible()
    assert accessibility(page) == []
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{base}/dags/orders")
    page.keyboard.press("Control+k")
    field.fill("nothing is called so")
    expect(page.get_by_text("Nothing is called")).to_be_visible()
    page.keyboard.press("Escape")
    expect(field).to_have_count(0)
    # who is faster than the server gets what he typed, not what was listed before
    page.goto("/")
    shown(page)
    page.keyboard.press("Control+k")
    field.fill("orders")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{base}/dags/orders")


def test_keys_go_to_pages_and_are_listed(open_page: OpenPage, base: str) -> None:
    page = open_page(base)
    page.goto("/")
    shown(page)
    page.keyboard.press("g")
    page.keyboard.press("d")
    expect(page.get_by_role("heading", name="DAGs", level=1)).to_be_visible()
    page.keyboard.press("?")
    expect(dialog_of(page)).to_contain_text("Go to Schedule")
    page.keyboard.press("Escape")
    page.get_by_role("searchbox").fill("g d ?")
    expect(dialog_of(page)).to_have_count(0)


def test_it_speaks_korean_and_is_dark_when_asked(open_page: OpenPage, base: str) -> None:
    page = open_page(base, language="ko")
    page.goto("/dags")
    expect(page.get_by_role("link", name="필요한 조치")).to_be_visible()
    page.get_by_role("button", name="anonymous").click()
    page.get_by_role("radio", name="어둡게").check()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("radio", name="English").check()
    expect(page.get_by_role("link", name="Required actions")).to_be_visible()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("link", name="Required actions")).to_be_visible()


def test_every_time_zone_can_be_chosen(open_page: OpenPage, base: str) -> None:
    page = open_page(base)
    page.goto("/dags")
    zone = page.get_by_role("combobox", name="Time zone")
    names = zone.get_by_role("option")
    expect(names).to_have_count(2)  # hundreds of them would make every page slower
    zone.focus()
    expect(names.filter(has_text="Asia/Seoul")).to_have_count(1)
    zone.select_option("Asia/Seoul")
    page.reload()
    expect(zone).to_have_value("Asia/Seoul")


def test_the_pages_are_reached_from_a_phone(open_page: OpenPage, base: str) -> None:
    page = open_page(base, width=390, height=844)
    page.goto("/")
    shown(page)
    page.get_by_role("button", name="Open the list of pages").click()
    drawer = page.locator("#drawer")
    drawer.get_by_role("link", name="DAGs").click()
    expect(page.get_by_role("heading", name="DAGs", level=1)).to_be_visible()
    expect(drawer).not_to_be_visible()


def test_a_list_follows_what_happens(open_page: OpenPage, base: str, product: Product) -> None:
    page = open_page(base)
    page.goto("/dags")
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    switch = page.get_by_role("switch", name="orders is active")
    expect(switch).to_be_checked()
    product.api("PATCH", "/api/v2/dags/orders?update_mask=is_paused", {"is_paused": True})
    expect(switch).not_to_be_checked()
    switch.click()
    page.get_by_role("button", name="Unpause", exact=True).click()
    expect(switch).to_be_checked()
    assert product.api("GET", "/api/v2/dags/orders")["is_paused"] is False


def test_what_is_not_there_is_said(open_page: OpenPage, base: str, product: Product) -> None:
    page = open_page(base, expected=["/api/tradewind/backfills/4711"])
    page.goto("/schedule/backfills/4711")
    expect(page.get_by_role("alert")).to_contain_text("4711")


def test_the_api_is_described(open_page: OpenPage, base: str) -> None:
    page = open_page(base)
    page.goto("/redoc")  # as Airflow has it; there is one description here
    expect(page).to_have_url(f"{base}/docs")
    operations = page.get_by_role("main").locator("details")
    expect(operations.first).to_contain_text("/api/v2/")
    assert operations.count() > 128
    page.get_by_role("searchbox").fill("post variables create")
    expect(page.get_by_text("1 operation", exact=True)).to_be_visible()
    operations.locator("summary").click()
    expect(page.get_by_role("table", name="Request").get_by_role("row", name="key required")).to_be_visible()
    expect(page.get_by_role("table", name="What it returns").get_by_role("row", name="is_encrypted")).to_be_visible()
    expect(page.locator("pre")).to_contain_text(f"curl -X POST {base}/api/v2/variables")
    assert accessibility(page) == []
    page.goto("/docs?op=post_variable")  # the address says what is open, and it is in sight
    expect(page.get_by_role("table", name="Request")).to_be_visible()
    expect(operations.locator("summary", has_text="Create a variable")).to_be_in_viewport()
