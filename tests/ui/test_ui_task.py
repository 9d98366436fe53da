"""The page of a task instance against a running product: the log, tries, values, instances of mapped tasks, actions."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from support.browser import OpenPage, accessibility, dialog_of
from support.product import Product, Serve

DAGS = """
import json
import time
from datetime import timedelta
from pathlib import Path

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import Asset, dag, task


@dag(schedule=None)
def shop():
    @task(retries=1, retry_delay=timedelta(seconds=0))
    def quality():
        print("::group::Settings")
        print("secret of the group")
        print("::endgroup::")
        print("\\x1b[31mred words\\x1b[0m")
        print(json.dumps({"table": "sales", "rows": 99}))
        for number in range(3000):
            print(f"row {number} of the sales")
        try:
            json.loads("{bad")
        except ValueError as error:
            raise ValueError("row count 99 < 100") from error

    @task(outlets=[Asset("sales")])
    def report():
        return [{"day": f"2026-11-{day:02d}", "sales": day} for day in range(1, 9)]

    @task(map_index_template="{{ 'file ' ~ task.op_kwargs['number'] ~ '.csv' }}")
    def part(number):
        if number == 5:
            raise RuntimeError(f"part {number} is broken")
        return number

    quality()
    report()
    part.expand(number=list(range(8)))
    notes = "| table | rows |\\n|---|--:|\\n| sales | 99 |"
    BashOperator(task_id="shell", bash_command="# count\\necho {{ run_id }}", doc_md=notes)


@dag(schedule=None)
def live():
    @task
    def ticking():
        done = Path(__file__).with_name("go")
        said = Path(__file__).with_name("said")
        print("first words")
        while not done.exists():
            time.sleep(0.05)
        print("words that came later")
        while not said.exists():
            time.sleep(0.05)

    ticking()


shop()
live()
"""


class Shop:
    """A product, a run that failed, and the addresses of its tasks."""

    def __init__(self, product: Product) -> None:
        self.product = product
        self.base = product.base
        self.run = product.trigger("shop")
        product.finished(self.run)
        self.tasks = f"/dags/shop/runs/{self.run.rsplit('/', 1)[1]}/tasks"


@pytest.fixture(scope="module")
def shop(serve: Serve) -> Shop:
    return Shop(serve("shop.py", DAGS))


def test_a_failed_task_opens_at_its_error(shop: Shop, open_page: OpenPage) -> None:
    page = open_page(shop.base)
    calls: list[str] = []
    page.on("request", lambda request: calls.append(request.url) if "/api/" in request.url else None)
    page.goto(f"{shop.tasks}/quality")
    expect(page.get_by_role("heading", name="quality", level=1)).to_be_visible()
    expect(page.get_by_text("on try 2 of 2: ValueError: row count 99 < 100")).to_be_visible()
    card = page.get_by_role("region", name="What ended the try")
    expect(card.get_by_role("heading", name="ValueError")).to_be_visible()
    expect(card.get_by_text('raise ValueError("row count 99 < 100") from error')).to_be_visible()
    expect(card.get_by_text("json.decoder.JSONDecodeError: Expecting property name")).to_be_visible()
    expect(card.get_by_text("decoder.py")).to_have_count(0)
    card.get_by_role("button", name="Whole traceback").click()
    card.get_by_role("button", name="Show 3 framework frames").click()
    expect(card.get_by_text("decoder.py").first).to_be_visible()
    lines = page.get_by_role("region", name="Lines of the log of try 2")
    expect(lines.get_by_text("failed: ValueError: row count 99 < 100")).to_be_in_viewport()
    assert lines.locator("[data-index]").count() < 200, "only what is seen is in the page"
    assert len([url for url in calls if "/events" not in url]) <= 5, calls
    assert accessibility(page) == []
    page.get_by_role("button", name="View").click()
    expect(page.get_by_role("menuitem", name="Hide times")).to_be_visible()
    assert accessibility(page) == []
    page.keyboard.press("Escape")
    card.get_by_role("link", name="shop.py, line").last.click()
    line = page.locator(".cm-line[aria-current=true]")
    expect(line).to_have_text('raise ValueError("row count 99 < 100") from error')
    expect(line).to_be_in_viewport()


def test_a_log_is_searched_and_filtered_and_linked_to(shop: Shop, open_page: OpenPage) -> None:
    page = open_page(shop.base)
    page.goto(f"{shop.tasks}/quality")
    lines = page.get_by_role("region", name="Lines of the log of try 2")
    expect(lines.get_by_text("row 2999 of the sales")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("ROW 12")
    expect(page.get_by_role("status").filter(has_text="1 of 111")).to_be_visible()
    expect(lines.get_by_text("row 12 of the sales")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="2 of 111")).to_be_visible()
    expect(lines.get_by_text("row 120 of the sales")).to_be_in_viewport()
    page.get_by_role("button", name="Regular expression").click()
    box = page.get_by_role("searchbox", name="Search in the log of try 2")
    box.fill(r"row 29\d\d of")
    expect(page.get_by_role("status").filter(has_text="1 of 100")).to_be_visible()
    expect(lines.locator("mark").first).to_have_text("row 2900 of")
    box.fill("(")
    expect(page.get_by_role("status").filter(has_text="Not a regular expression")).to_be_visible()
    box.fill("")
    page.get_by_role("button", name="Info", exact=False).first.click()
    expect(lines.get_by_text("row 2900 of the sales")).to_have_count(0)
    expect(lines.get_by_text("failed: ValueError")).to_be_visible()
    expect(page).to_have_url(re.compile("levels="))
    page.get_by_role("button", name="Info", exact=False).first.click()
    page.get_by_role("spinbutton", name="Line no.").fill("700")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#L700$"))
    number = lines.get_by_role("link", name="Line 703", exact=True)
    expect(number).to_be_in_viewport()
    number.click(modifiers=["Shift"])
    expect(page).to_have_url(re.compile("#L700-L703$"))
    expect(page.get_by_role("button", name="Copy 4 lines")).to_be_visible()
    page.get_by_role("button", name="Start", exact=True).click()
    expect(lines.get_by_text("red words", exact=True)).to_be_in_viewport()
    page.get_by_role("button", name="End", exact=True).click()
    expect(lines.get_by_text("row 2999 of the sales")).to_be_in_viewport()
    page.reload()
    expect(lines.get_by_role("link", name="Line 700", exact=True)).to_be_in_viewport()
    expect(page.get_by_role("button", name="Copy 4 lines")).to_be_visible()


def test_groups_colours_and_fields_of_a_log(shop: Shop, open_page: OpenPage) -> None:
    page = open_page(shop.base)
    page.goto(f"{shop.tasks}/quality#L1")
    lines = page.get_by_role("region", name="Lines of the log of try 2")
    group = lines.get_by_role("button", name="Settings")
    expect(group).to_have_attribute("aria-expanded", "false")
    expect(lines.get_by_text("secret of the group")).to_have_count(0)
    group.click()
    expect(lines.get_by_text("secret of the group")).to_be_visible()
    expect(lines.get_by_text("red words", exact=True)).to_have_attribute("style", "color: var(--danger);")
    lines.get_by_role("button", name="Fields").click()
    expect(lines.get_by_text("table", exact=True)).to_be_visible()
    page.keyboard.press("f")
    expect(page.get_by_role("button", name="Leave full screen")).to_be_visible()
    assert accessibility(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Full screen", exact=True)).to_be_visible()


def test_two_tries_side_by_side(shop: Shop, open_page: OpenPage) -> None:
    page = open_page(shop.base, theme="dark")
    page.goto(f"{shop.tasks}/quality")
    page.get_by_role("button", name="Compare with").click()
    page.get_by_role("menuitem", name="Try 1 beside it").click()
    for number in (1, 2):
        lines = page.get_by_role("region", name=f"Lines of the log of try {number}")
        expect(lines.get_by_text("failed: ValueError: row count 99 < 100")).to_be_visible()
    assert accessibility(page) == []
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").first.click()
        page.get_by_role("menuitem", name="As text").click()
    assert "row 2999 of the sales" in Path(download.value.path()).read_text()


def test_a_running_task_is_followed(shop: Shop, open_page: OpenPage) -> None:
    run = shop.product.trigger("live")
    page = open_page(shop.base)
    page.goto(f"/dags/live/runs/{run.rsplit('/', 1)[1]}/tasks/ticking")
    lines = page.get_by_role("region", name="Lines of the log of try 1")
    expect(lines.get_by_text("first words")).to_be_visible()
    following = page.get_by_role("region", name="the log of try 1", exact=True).get_by_text("Live", exact=True)
    expect(following).to_be_visible()
    (shop.product.dags / "go").touch()
    expect(lines.get_by_text("words that came later")).to_be_visible()
    (shop.product.dags / "said").touch()
    expect(following).to_have_count(0)
    expect(page.get_by_text("Succeeded after")).to_be_visible()


def test_what_a_task_left(shop: Shop, open_page: OpenPage) -> None:
    page = open_page(shop.base)
    page.goto(f"{shop.tasks}/report?tab=xcom")
    table = page.get_by_role("table", name="return_value")
    expect(table.get_by_role("cell", name="2026-11-08")).to_be_visible()
    page.get_by_role("button", name="Add").click()
    page.get_by_label("Key").fill("mine")
    page.get_by_label("Value", exact=True).fill("{bad")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_have_text("The value is not valid JSON")
    page.get_by_label("Value", exact=True).fill('{"deep": {"er": [1, 2]}}')
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("er", exact=True)).to_be_visible()
    entry = "/taskInstances/report/xcomEntries/mine"
    assert shop.product.api("GET", shop.run + entry)["value"] == {"deep": {"er": [1, 2]}}
    page.get_by_role("button", name="Change mine").click()
    page.get_by_label("Value", exact=True).fill("12")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Value of mine").get_by_text("12")).to_be_visible()
    assert accessibility(page) == []
    page.get_by_role("button", name="Delete mine").click()
    dialog_of(page).get_by_role("button", name="Delete").click()
    expect(page.get_by_role("button", name="Change mine")).to_have_count(0)
    page.get_by_role("link", name="Asset events").click()
    expect(page.get_by_role("table", name="Asset events").get_by_role("link", name="sales")).to_be_visible()


@pytest.mark.parametrize("tab", ["rendered", "attempts", "explain", "assets", "details"])
def test_every_tab_can_be_read_by_everybody(shop: Shop, open_page: OpenPage, tab: str) -> None:
    page = open_page(shop.base, theme="dark" if tab == "details" else "light")
    page.goto(f"{shop.tasks}/{'shell' if tab == 'rendered' else 'quality'}?tab={tab}")
    said = {
        "rendered": "echo manual__",
        "attempts": "ValueError: row count 99 < 100",
        "explain": "try 2 of 2 failed: ValueError: row count 99 < 100",
        "assets": "It changed no assets",
        "details": "all_success",
    }[tab]
    expect(page.locator("main").get_by_text(said).last).to_be_visible()
    assert accessibility(page) == []


def test_an_address_that_others_wrote_is_spelled_as_ours(shop: Shop, open_page: OpenPage) -> None:
    """Other programs leave `:` and `+` of a run id as they are; what is not understood is left out."""
    page = open_page(shop.base)
    page.goto(f"{unquote(shop.tasks)}/quality?tab=nonsense&other=1&try=1")
    expect(page.locator("main nav [aria-current=page]").get_by_text("Log", exact=True)).to_be_visible()
    expect(page.get_by_role("region", name="Lines of the log of try 1")).to_be_visible()
    assert page.url == f"{shop.base}{shop.tasks}/quality?try=1"


def test_documentation_has_tables(shop: Shop, open_page: OpenPage) -> None:
    page = open_page(shop.base)
    page.goto(f"{shop.tasks}/shell?tab=details")
    expect(page.get_by_role("row", name="sales 99")).to_be_visible()
    assert accessibility(page) == []


def test_instances_of_a_mapped_task(shop: Shop, open_page: OpenPage) -> None:
    page = open_page(shop.base)
    page.goto(f"{shop.tasks}/part")
    table = page.get_by_role("table", name="Instances")
    expect(table.get_by_role("row").nth(1)).to_contain_text("[5]")
    expect(table.get_by_role("row")).to_have_count(9)
    assert accessibility(page) == []
    page.get_by_role("searchbox", name="Find by name or index").fill("FILE 3")
    expect(table.get_by_role("row")).to_have_count(2)
    expect(table.get_by_role("link", name="[3] file 3.csv")).to_be_visible()
    expect(page).to_have_url(re.compile(r"name=FILE\+3"))
    page.get_by_role("searchbox", name="Find by name or index").fill("")
    expect(table.get_by_role("row")).to_have_count(9)
    page.get_by_label("State").select_option("failed")
    expect(table.get_by_role("row")).to_have_count(2)
    page.get_by_label("Choose instance 5").check()
    page.get_by_role("button", name="Mark as Success").click()
    dialog = dialog_of(page)
    expect(dialog.get_by_text("1 task instance", exact=False)).to_be_visible()
    page.keyboard.press("Escape")
    table.get_by_role("link", name="[5]").click()
    expect(page.get_by_role("heading", name="part [file 5.csv]")).to_be_visible()
    expect(page.get_by_text("RuntimeError: part 5 is broken").first).to_be_visible()
    page.keyboard.press("{")
    expect(page.get_by_role("heading", name="part [file 4.csv]")).to_be_visible()
    page.keyboard.press("}")
    expect(page.get_by_role("heading", name="part [file 5.csv]")).to_be_visible()


def test_a_note_and_a_clear_without_reloading(shop: Shop, open_page: OpenPage) -> None:
    page = open_page(shop.base)
    page.goto(f"{shop.tasks}/shell")
    expect(page.get_by_text("Succeeded after")).to_be_visible()
    page.get_by_role("button", name="Note").click()
    page.get_by_role("textbox", name="Note").fill("ask Ann first")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("ask Ann first")).to_be_visible()
    page.get_by_role("button", name="Clear…").click()
    dialog = dialog_of(page)
    expect(dialog.get_by_text("1 task instance", exact=False)).to_be_visible()
    dialog.get_by_role("button", name="Clear 1 instance").click()
    expect(page.get_by_role("navigation", name="Tries").get_by_role("button", name="Try 2")).to_be_visible()
    expect(page.get_by_text("Succeeded after")).to_be_visible()
    second = shop.product.trigger("shop")
    page.goto(f"{shop.tasks}/shell")
    expect(page.get_by_role("link", name="The same task in the run after")).to_be_visible()
    page.keyboard.press("]")
    expect(page).to_have_url(re.compile(re.escape(second.rsplit("/", 1)[1])))
    shop.product.finished(second)


def test_on_a_phone_in_korean(shop: Shop, open_page: OpenPage) -> None:
    page = open_page(shop.base, width=390, height=844, language="ko")
    page.goto(f"{shop.tasks}/quality")
    expect(page.get_by_text("만에 실패 (시도 2/2): ValueError: row count 99 < 100")).to_be_visible()
    expect(page.get_by_role("button", name="초기화…")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert accessibility(page) == []


def test_the_raw_file_has_every_line(shop: Shop) -> None:
    path = shop.tasks.replace("/dags/", "/api/tradewind/dags/", 1) + "/quality/log/raw?map_index=-1&try_number=2"
    with urlopen(shop.base + path, timeout=30) as answer:
        events = [json.loads(line)["event"] for line in answer]
    assert sum(event.startswith("row ") for event in events) == 3000
