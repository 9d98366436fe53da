"""The server goes away and comes back while a page is open, and code of the page is not there when it is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from support.browser import accessibility
from support.product import Product

OpenPage = Callable[..., Page]
DAGS = """
from airflow.sdk import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG("orders", schedule=None):
    EmptyOperator(task_id="load")
"""
CUT = ["net::ERR_"]
"""What the browser itself says of requests that nobody answers."""


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    folder = tmp_path_factory.mktemp("away")
    (folder / "dags").mkdir()
    (folder / "dags" / "orders.py").write_text(DAGS, encoding="utf-8")
    with Product(folder / "home", folder / "dags") as running:
        yield running


def test_a_page_stays_while_the_server_is_away_and_comes_back_with_it(product: Product, open_page: OpenPage) -> None:
    page = open_page(f"http://127.0.0.1:{product.port}", width=390, height=844, expected=CUT)
    page.goto("/dags")
    dot = page.locator("header").get_by_role("status")
    expect(dot).to_have_attribute("title", "Changes show at once")
    expect(page.get_by_role("link", name="orders")).to_be_visible()
    product.kill()
    expect(dot.get_by_text("Reconnecting")).to_be_visible()
    page.get_by_role("searchbox").first.fill("order")
    expect(page.get_by_role("alert")).to_contain_text("The server cannot be reached. It is shown by itself")
    expect(page.get_by_role("button", name="Open the list of pages")).to_be_visible()
    product.start()
    expect(page.get_by_role("link", name="orders")).to_be_visible()
    expect(dot).to_have_attribute("title", "Changes show at once")


def test_code_that_is_gone_takes_no_page_with_it(product: Product, open_page: OpenPage) -> None:
    page = open_page(f"http://127.0.0.1:{product.port}", expected=[*CUT, "dynamically imported module"])
    page.route("**/static/palette*.js", lambda route: route.abort())
    page.goto("/dags")
    expect(page.get_by_role("link", name="orders")).to_be_visible()
    page.keyboard.press("Control+k")
    again = page.get_by_role("button", name="Load the page again")
    expect(again).to_be_visible()
    expect(page.get_by_role("link", name="orders")).to_be_visible()
    assert accessibility(page) == []
    page.unroute("**/static/palette*.js")
    with page.expect_event("load"):
        again.click()
    expect(page.get_by_role("link", name="orders")).to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Find")).to_be_visible()
