"""A person without a mouse: what has the focus keeps it, and who does not see a page hears its name."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from support.browser import OpenPage, dialog_of
from support.product import Product, Serve

DAGS = """
from airflow.sdk import DAG, task

with DAG("sales", schedule=None):
    @task
    def extract():
        pass

    @task
    def publish():
        pass

    extract() >> publish()
"""


@pytest.fixture(scope="module")
def product(serve: Serve) -> Product:
    running = serve("sales.py", DAGS)
    for name in ("first", "second", "third"):
        running.finished(running.trigger("sales", dag_run_id=name))
    return running


@pytest.fixture
def page(product: Product, open_page: OpenPage) -> Page:
    return open_page(product.base)


def hold(page: Page, path: str) -> list[Route]:
    """Answers to these requests wait in the list until they are let go."""
    held: list[Route] = []
    page.route(f"**{path}", lambda route: held.append(route))
    return held


def test_what_is_typed_while_a_list_loads_is_not_lost(page: Page) -> None:
    page.goto("/dags")
    find = page.get_by_role("searchbox", name="Find by name or tag")
    expect(page.get_by_role("row", name="sales")).to_be_visible()
    held = hold(page, "/api/tradewind/dags?*")
    find.press_sequentially("no")
    expect(page).to_have_url("/dags?q=no")
    find.press_sequentially("ne")
    expect(find).to_be_focused()
    expect(find).to_have_value("none")
    # what was there stays while the answer is on its way
    expect(page.get_by_role("row", name="sales")).to_be_visible()
    expect(page).to_have_url("/dags?q=none")
    for route in held:
        route.continue_()
    page.unroute_all()
    expect(page.get_by_role("row", name="sales")).to_have_count(0)
    expect(find).to_be_focused()


@pytest.mark.parametrize(
    ("path", "label", "parts"),
    [
        ("/dags/sales/runs/third/compare", "Compare with", "/compare?*"),
        ("/dags/sales/gantt", "Run", "/timeline*"),
        ("/dags/sales/graph", "Run", "/graph-states*"),
        ("/runs", "State", "/api/tradewind/runs?*"),
    ],
)
def test_a_choice_keeps_the_focus_while_what_it_chose_loads(page: Page, path: str, label: str, parts: str) -> None:
    page.goto(path)
    choice = page.get_by_role("main").get_by_role("combobox", name=label, exact=True)
    choice.focus()
    held = hold(page, parts)
    page.keyboard.press("ArrowDown")
    expect(page).not_to_have_url(path)
    expect(choice).to_be_focused()
    for route in held:
        route.continue_()
    page.unroute_all()
    expect(choice).to_be_focused()


def test_another_page_is_heard_and_goes_on_from_its_beginning(page: Page) -> None:
    page.goto("/dags")
    page.get_by_role("link", name="sales", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1, name="sales")).to_be_visible()
    expect(page.locator("[aria-live=polite]").filter(has_text="sales · Tradewind")).to_be_attached()
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("main").get_by_role("link", name="DAGs")).to_be_focused()


def test_what_the_arrows_chose_is_seen_without_colours(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    page.goto("/dags/sales/runs/third")
    page.get_by_role("button", name="Mark as").press("Enter")
    expect(page.get_by_role("menu")).to_be_visible()
    page.keyboard.press("ArrowDown")
    item = page.locator("[role=menuitem][data-highlighted]")
    expect(item).to_be_focused()
    assert item.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Mark as")).to_be_focused()


def test_the_focus_goes_on_in_the_next_row_when_one_is_deleted(product: Product, page: Page) -> None:
    for name in ("one", "three", "two"):
        product.api("POST", "/api/v2/variables", {"key": name, "value": "1"})
    page.goto("/admin/variables")
    page.get_by_role("row", name="one").get_by_role("button", name="Delete").focus()
    page.keyboard.press("Enter")
    expect(dialog_of(page)).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("row", name="one")).to_have_count(0)
    expect(page.get_by_role("row", name="three").get_by_role("button", name="Delete")).to_be_focused()


def test_a_window_that_was_gone_round_gives_the_focus_back_to_what_opened_it(page: Page) -> None:
    page.goto("/admin/variables")
    opens = page.get_by_role("button", name="Add variable").first
    opens.press("Enter")
    window = dialog_of(page)
    first = window.get_by_label("Key")
    expect(first).to_be_focused()
    page.keyboard.press("Shift+Tab")
    close = window.get_by_role("button", name="Close")
    expect(close).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(window.get_by_role("button", name="Save")).to_be_focused()
    page.keyboard.press("Tab")
    expect(close).to_be_focused()
    page.keyboard.press("Enter")
    expect(window).to_have_count(0)
    expect(opens).to_be_focused()


def test_who_narrows_a_list_hears_what_is_left(page: Page) -> None:
    page.goto("/dags")
    page.get_by_role("searchbox", name="Find by name or tag").press_sequentially("sal")
    heard = page.get_by_test_id("announced")
    expect(heard).to_contain_text("1 is shown")
    page.keyboard.type("t")
    expect(heard).to_contain_text("Nothing is shown")


def test_single_keys_can_be_turned_off(page: Page) -> None:
    page.goto("/dags")
    expect(page.get_by_role("row", name="sales")).to_be_visible()
    page.keyboard.press("?")
    choice = dialog_of(page).get_by_role("checkbox", name="Single keys do something on this page")
    expect(choice).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    expect(dialog_of(page)).to_have_count(0)
    page.keyboard.press("g")
    page.keyboard.press("a")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog").get_by_role("combobox")).to_be_focused()
    expect(page).to_have_url(re.compile("/dags$"))


def test_arrows_follow_the_wires_of_a_graph(page: Page) -> None:
    page.goto("/dags/sales/graph")
    card = page.get_by_role("application").get_by_role("button", name="extract")
    card.focus()
    expect(card).to_have_attribute("aria-description", re.compile("To publish"))
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("application").get_by_role("button", name="publish")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(card).to_be_focused()
