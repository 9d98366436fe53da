"""All that a filter matches, also on other pages, is chosen, looked at and acted upon, with the keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from support.browser import OpenPage, accessibility, dialog_of
from support.product import Product, Serve

DAGS = """
from airflow.sdk import DAG, task

with DAG("loads", schedule=None):
    @task
    def load(number):
        import time
        time.sleep(number / 1000)
        if number % 3 == 0:
            raise ValueError(f"part {number} is broken")

    load.expand(number=list(range(120)))

with DAG("often", schedule=None, max_active_runs=1):
    @task
    def only():
        pass
    only()

for number in range(55):
    with DAG(f"small_{number:02}", schedule=None, is_paused_upon_creation=False) as each:
        @task
        def nothing():
            pass
        nothing()
    globals()[each.dag_id] = each
"""


@pytest.fixture(scope="module")
def product(serve: Serve) -> Product:
    """With lists that are longer than a page."""
    running = serve("many.py", DAGS)
    runs = [running.trigger("loads", dag_run_id="all")]
    runs += [running.trigger("often", dag_run_id=f"n{number:02}") for number in range(60)]
    for run in runs:
        running.finished(run)
    return running


def press(page: Page, button: Locator) -> None:
    """As one does who has no mouse."""
    expect(button).to_be_enabled()
    button.focus()
    page.keyboard.press("Enter")


def test_all_runs_that_the_filter_matches_are_marked_and_deleted(product: Product, open_page: OpenPage) -> None:
    page = open_page(product.base)
    page.goto("/dags/often/runs?state=success")
    everything = page.get_by_role("checkbox", name="Choose all")
    everything.focus()
    page.keyboard.press("Space")
    press(page, page.get_by_role("button", name="Choose all 60 that match"))
    expect(page.get_by_text("All 60 that match are chosen.")).to_be_visible()
    assert accessibility(page) == []
    chosen = page.get_by_role("region", name="What to do with the chosen runs")
    expect(chosen).to_contain_text("60 runs chosen")
    press(page, chosen.get_by_role("button", name="Mark failed"))
    dialog = dialog_of(page)
    expect(dialog).to_contain_text("Mark 60 runs")
    press(page, dialog.get_by_role("button", name="Mark as"))
    expect(page.get_by_text("60 runs are marked as “Failed”")).to_be_visible()
    runs = "/api/v2/dags/often/dagRuns?limit=1&state="
    assert product.api("GET", f"{runs}failed")["total_entries"] == 60

    page.goto("/dags/often/runs?state=failed")
    everything.check()
    page.get_by_role("button", name="Choose all 60 that match").click()
    chosen.get_by_role("button", name="Delete").click()
    expect(dialog).to_contain_text("60 task instances")
    dialog.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("60 runs are deleted")).to_be_visible()
    assert product.api("GET", f"{runs}failed")["total_entries"] == 0


def test_another_filter_or_page_chooses_none(product: Product, open_page: OpenPage) -> None:
    page = open_page(product.base)
    page.goto("/dags?q=small_")
    page.get_by_role("checkbox", name="Choose all").check()
    page.get_by_role("button", name="Choose all 55 that match").click()
    expect(page.get_by_text("55 DAGs chosen")).to_be_visible()
    page.get_by_role("searchbox", name="Find").last.fill("small_0")
    expect(page.get_by_text("DAGs chosen")).to_have_count(0)


def test_all_dags_that_the_filter_matches_are_paused(product: Product, open_page: OpenPage) -> None:
    page = open_page(product.base)
    page.goto("/dags?q=small_")
    page.get_by_role("checkbox", name="Choose all").check()
    page.get_by_role("button", name="Choose all 55 that match").click()
    page.get_by_role("button", name="Pause…", exact=True).click()
    dialog = dialog_of(page)
    expect(dialog).to_contain_text("These 55 DAGs make no more runs")
    expect(dialog).to_contain_text("and 5 more DAGs")
    dialog.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("55 DAGs are paused")).to_be_visible()
    paused = product.api("GET", "/api/v2/dags?paused=true&limit=1&dag_id_pattern=small_")
    assert paused["total_entries"] == 55


def test_instances_are_ordered_and_all_that_match_are_marked(product: Product, open_page: OpenPage) -> None:
    page = open_page(product.base)
    page.goto("/dags/loads/runs/all/tasks/load")
    order = page.get_by_role("combobox", name="Order")
    order.select_option("Longest first")
    took = page.get_by_role("table", name="Instances").get_by_role("row")
    expect(took.nth(1)).to_contain_text("ms")
    expect(page).to_have_url(re.compile("order=-duration"))
    order.select_option("By index")
    expect(took.nth(1)).to_contain_text("[0]")
    page.get_by_label("Choose all on this page").check()
    page.get_by_role("button", name="Choose all 120 that match").click()
    expect(page.get_by_text("120 chosen")).to_be_visible()
    page.get_by_role("button", name="Mark as Skipped").click()
    dialog = dialog_of(page)
    expect(dialog).to_contain_text("120")
    dialog.get_by_role("button", name="Mark as").click()
    expect(page.get_by_text("120 instances: ")).to_contain_text("120 instances")
    expect(page.locator("main header").first).to_contain_text("Skipped 120")
