"""The grid, graph and timeline of a DAG and of a run; clearing and marking; what a run says of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from support.browser import OpenPage, accessibility, accessibility_by_day_and_night, dialog_of, page_of, visit
from support.product import Product, Serve

DAGS = """
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, Asset, Label, Param, chain, task, task_group

rows = Param(120, type="integer")

with DAG("sales", schedule=None, dag_display_name="Daily sales", tags=["shop"], params={"rows": rows}):

    @task(inlets=[Asset("orders")])
    def extract():
        return [1, 2, 3]

    @task_group
    def prepare():
        @task
        def clean():
            pass

        @task
        def enrich():
            pass

        clean() >> enrich()

    @task
    def shard(part):
        pass

    @task
    def quality(**context):
        rows = context["params"]["rows"]
        if rows < 100:
            raise ValueError(f"row count {rows} < 100")

    @task(outlets=[Asset("report")])
    def publish():
        pass

    rows = extract()
    rows >> prepare() >> (checked := quality()) >> Label("rows are fine") >> publish()
    shard.expand(part=rows) >> checked

with DAG("tolerant", schedule=None):

    @task
    def breaks():
        raise ValueError("nobody minds")

    @task(trigger_rule="all_done")
    def after():
        pass

    breaks() >> after()

with DAG("long", schedule=None):
    steps = [EmptyOperator(task_id=f"step_{number}") for number in range(40)]

    @task
    def stops():
        raise ValueError("half way")

    chain(*steps[:20], stops(), *steps[20:])
"""


@dataclass(frozen=True)
class Lab:
    product: Product
    good: str
    """Path of a run that went well, under /api/v2."""
    bad: str
    tolerated: str

    @property
    def base(self) -> str:
        return self.product.base


@pytest.fixture(scope="module")
def lab(serve: Serve) -> Lab:
    product = serve("sales.py", DAGS)
    good = product.trigger("sales")
    assert product.finished(good)["state"] == "success"
    bad = product.trigger("sales", conf={"rows": 99})
    assert product.finished(bad)["state"] == "failed"
    tolerated = product.trigger("tolerant")
    assert product.finished(tolerated)["state"] == "success"
    return Lab(product, good, bad, tolerated)


def cell(page: Page) -> Any:
    """The cell of the grid that has the place of the focus."""
    return page.get_by_role("grid").locator("[tabindex='0']")


def test_a_run_says_how_it_went(open_page: OpenPage, lab: Lab) -> None:
    page = open_page(lab.base)
    page.goto(page_of(lab.bad))
    head = page.locator("main header").first
    expect(head).to_contain_text("quality raised ValueError: row count 99 < 100")
    expect(head).to_contain_text(re.compile("last success (today|yesterday)"))  # the second around midnight
    expect(head.get_by_role("link", name="Daily sales")).to_be_visible()
    failed = page.get_by_role("table", name="What failed")
    expect(failed.get_by_role("row")).to_have_count(2)
    page.goto(page_of(lab.tolerated))
    expect(head).to_contain_text("Success with failures")
    expect(head).to_contain_text("although 1 task failed: breaks raised ValueError: nobody minds")
    page.goto(f"{page_of(lab.bad)}/tasks/publish")
    expect(page.get_by_role("main")).to_contain_text("It did not run, so it has no log")


def test_a_run_is_compared_with_the_last_success(open_page: OpenPage, lab: Lab) -> None:
    page = open_page(lab.base)
    page.goto(page_of(lab.bad))
    page.get_by_role("link", name="Compare with last success").click()
    tasks = page.get_by_role("table", name="Tasks that went differently")
    expect(tasks.get_by_role("row").filter(has_text="quality")).to_contain_text("Success → Failed")
    expect(page.get_by_role("row", name=re.compile(r"Waited between its tasks( \d+.*s){2}"))).to_be_visible()
    expect(page.get_by_role("table", name="Conf").get_by_role("row").filter(has_text="rows")).to_contain_text("99")
    tasks.get_by_role("link", name="Log of quality in the other run").click()
    expect(page.get_by_text("Succeeded after")).to_be_visible()


def test_the_grid_goes_by_keys_and_keeps_its_selection(open_page: OpenPage, lab: Lab) -> None:
    page = open_page(lab.base)
    page.goto("/dags/sales/grid")
    grid = page.get_by_role("grid", name="Runs by tasks")
    expect(grid).to_have_attribute("aria-colcount", "3")
    expect(grid).to_have_attribute("aria-rowcount", "8")
    cell(page).focus()
    expect(cell(page)).to_have_text("extract")
    page.keyboard.press("ArrowDown")
    expect(cell(page)).to_have_text("Group prepare, 2 tasks")
    page.keyboard.press("Space")
    expect(grid).to_have_attribute("aria-rowcount", "6")
    expect(cell(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Control+End")
    page.keyboard.press("ArrowUp")
    expect(cell(page)).to_be_focused()
    expect(cell(page)).to_contain_text("quality, Failed")
    page.keyboard.press("Space")
    panel = page.get_by_role("complementary", name="Task quality")
    expect(panel).to_contain_text("row count 99 < 100")
    expect(page).to_have_url(re.compile("task=quality"))
    page.reload()
    expect(panel).to_contain_text("Failed")
    page.get_by_role("searchbox", name="Find a task").fill("qual")
    expect(grid).to_have_attribute("aria-rowcount", "2")


def test_the_grid_follows_new_runs_without_being_asked(open_page: OpenPage, lab: Lab) -> None:
    page = open_page(lab.base)
    page.goto("/dags/tolerant/grid")
    grid = page.get_by_role("grid")
    expect(grid).to_have_attribute("aria-colcount", "2")
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    lab.product.trigger("tolerant")
    expect(grid).to_have_attribute("aria-colcount", "3")
    cell(page).focus()
    page.keyboard.press("End")
    expect(cell(page)).to_contain_text("breaks, Failed")
    page.keyboard.press("ArrowDown")
    expect(cell(page)).to_contain_text("after, Success")


def test_one_selection_for_grid_graph_and_timeline(open_page: OpenPage, lab: Lab) -> None:
    page = open_page(lab.base)
    page.goto(f"{page_of(lab.bad)}/timeline")
    expect(page.get_by_role("heading", name="Critical path")).to_be_visible()
    option = page.get_by_role("listbox", name="Tasks over time").get_by_role("option")
    option.focus()
    page.keyboard.press("End")
    expect(option).to_contain_text("publish, Upstream failed")
    page.keyboard.press("Space")
    panel = page.get_by_role("complementary", name="Task publish")
    expect(panel).to_be_visible()
    tabs = page.get_by_role("navigation", name="Views of this run")
    tabs.get_by_role("link", name="Graph").click()
    expect(panel).to_be_visible()
    page.get_by_role("button", name="Fit all of it").click()
    node = page.locator(".board-card[data-id=shard]")
    expect(node).to_contain_text("[3]")
    expect(page.locator(".board-card[data-id=quality]")).to_contain_text("Failed")
    node.click()
    instances = page.get_by_role("complementary", name="Task shard")
    expect(instances.get_by_role("listitem")).to_have_count(3)
    tabs.get_by_role("link", name="Grid").click()
    expect(instances).to_be_visible()


def test_the_graph_collapses_groups_and_filters(open_page: OpenPage, lab: Lab) -> None:
    page = open_page(lab.base)
    page.goto(f"{page_of(lab.bad)}/graph")
    nodes = page.locator(".board-card")
    clean = page.locator(".board-card[data-id='prepare.clean']")
    expect(clean).to_be_visible()
    page.get_by_role("button", name="Shut the group prepare").click()
    expect(clean).to_have_count(0)
    expect(page.locator(".board-card[data-id=prepare]")).to_contain_text("Success")
    page.get_by_label("Show", exact=True).select_option("failed")
    expect(page.locator(".board-card[data-id=extract]")).to_have_count(0)
    expect(nodes.filter(has_text="publish")).to_be_visible()


def test_a_long_graph_begins_where_the_run_failed(open_page: OpenPage, lab: Lab) -> None:
    run = lab.product.trigger("long")
    lab.product.finished(run)
    page = open_page(lab.base)
    page.goto(f"{page_of(run)}/graph")
    expect(page.locator(".board-card[data-id=stops]")).to_be_in_viewport()
    expect(page.locator(".board-card[data-id=step_0]")).to_have_count(0)  # what is out of sight is not drawn
    page.goto("/dags/long/graph")
    expect(page.locator(".board-card[data-id=step_0]")).to_be_in_viewport()


def test_clearing_shows_what_it_touches_and_the_run_turns_green_by_itself(open_page: OpenPage, lab: Lab) -> None:
    run = lab.product.trigger("sales", conf={"rows": 99})
    lab.product.finished(run)
    page = open_page(lab.base)
    page.goto(f"{page_of(run)}/grid?task=quality")
    panel = page.get_by_role("complementary", name="Task quality")
    panel.get_by_role("button", name="Mark as…").click()
    page.get_by_role("menuitem", name="Success").click()
    dialog = dialog_of(page)
    touched = dialog.get_by_role("region", name="What this touches")
    expect(touched).to_contain_text("quality")
    expect(dialog).to_contain_text("1 of them had failed only because of it, and runs again")
    assert accessibility(page) == []
    dialog.get_by_role("button", name="Mark as “Success”").click()
    expect(dialog).to_have_count(0)
    expect(page.locator("main header").first).to_contain_text("Succeeded after")
    page.get_by_role("button", name="Clear…").first.click()
    page.get_by_role("menuitem", name="All tasks…").click()
    expect(touched).to_contain_text("8 task instances in 1 run")
    dialog.get_by_role("radio", name="Only those that failed").click()
    expect(touched).to_contain_text("Nothing failed here")
    expect(dialog.get_by_role("button", name="Clear 0 instances")).to_be_disabled()
    dialog.get_by_role("radio", name="All of them").click()
    dialog.get_by_role("button", name="Clear 8 instances").click()
    expect(page.locator("main header").first).to_contain_text("Failed after")


def test_a_deleted_run_is_gone(open_page: OpenPage, lab: Lab) -> None:
    run = lab.product.trigger("sales")
    lab.product.finished(run)
    page = open_page(lab.base)
    page.goto(page_of(run))
    page.get_by_role("button", name="Delete…").click()
    dialog = dialog_of(page)
    expect(dialog).to_contain_text("its 8 task instances")
    dialog.get_by_role("button", name="Delete", exact=True).click()
    expect(page).to_have_url(f"{lab.base}/dags/sales/runs")


def test_axe_finds_nothing(open_page: OpenPage, lab: Lab) -> None:
    page = open_page(lab.base)
    run = page_of(lab.bad)
    found = {}
    views = [f"{run}{view}" for view in ("", "/compare", "/assets", "/details", "/events")]
    selected = [f"{run}/{view}?task=quality" for view in ("grid", "graph", "timeline")]
    for path in ["/dags/sales/grid", "/dags/sales/graph", "/dags/sales/gantt", *views, *selected]:
        visit(page, path)
        if problems := accessibility_by_day_and_night(page):
            found[path] = problems
    assert found == {}


def test_nothing_is_wider_than_a_phone_and_it_speaks_korean(open_page: OpenPage, lab: Lab) -> None:
    page = open_page(lab.base, width=390, height=844, language="ko")
    run = page_of(lab.bad)
    for path in ("/dags/sales/grid", f"{run}", f"{run}/timeline", f"{run}/compare", f"{run}/graph"):
        visit(page, path)
        assert page.evaluate("document.documentElement.scrollWidth") == 390, path
    expect(page.locator("main header").first).to_contain_text("quality에서 ValueError: row count 99 < 100 발생")
    page.goto(f"{run}/timeline?task=quality")
    drawer = dialog_of(page)
    expect(drawer).to_contain_text("실패")
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
