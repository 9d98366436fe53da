"""What a person does every day, done with keys alone: nothing that is needed is out of their reach, and what they chose
has the focus afterwards.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from support.browser import OpenPage, dialog_of, page_of
from support.product import Product, Serve

DAGS = """
from datetime import datetime
from airflow.providers.standard.operators.hitl import ApprovalOperator, HITLBranchOperator, HITLOperator
from airflow.sdk import DAG, Param, TaskGroup, task

with DAG("orders", schedule=None, params={
    "customer": Param("ann", type="string", minLength=1),
    "parts": Param(["a"], type="array", examples=["a", "b"], description="Which of them"),
    "rows": Param(3, type="integer", maximum=9),
}):
    @task
    def load(params=None):
        print("customer", params["customer"])
        print("::group::Details")
        print("inside")
        print("::endgroup::")
        for n in range(200):
            print("needle" if n % 50 == 0 else "hay")
        raise ValueError("it broke")

    with TaskGroup("clean"):
        @task
        def one():
            pass

        one()
    load()

with DAG("daily", schedule="@daily", start_date=datetime(2026, 1, 1), catchup=False):
    @task
    def only():
        pass
    only()

with DAG("asks", schedule=None):
    ApprovalOperator(task_id="approve", subject="Publish it?", params={"why": Param("", type="string")})
    left, right = [task(task_id=name)(lambda: None)() for name in ("left", "right")]
    HITLBranchOperator(task_id="branch", subject="Which way?", options=["left", "right"]) >> [left, right]
    HITLOperator(task_id="regions", subject="Which regions?", options=["EU", "US"], multiple=True)
"""


@pytest.fixture(scope="module")
def product(serve: Serve) -> Product:
    running = serve("orders.py", DAGS, env={"AIRFLOW__CORE__TEST_CONNECTION": "Enabled"})
    running.finished(running.trigger("orders", dag_run_id="first"))
    running.api("POST", "/api/tradewind/users", {"username": "ann", "role": "op", "password": "quite a long one"})
    return running


@pytest.fixture
def page(product: Product, open_page: OpenPage) -> Page:
    return open_page(product.base)


def tab_to(page: Page, target: Locator, *, key: str = "Tab", most: int = 60) -> None:
    """Press a key until this has the focus; AssertionError when it never has."""
    expect(target).to_be_visible()
    for _ in range(most):
        if target.evaluate("e => e === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead to {target}")


def test_a_run_is_triggered_with_fields_and_json(product: Product, page: Page) -> None:
    page.goto("/dags/orders")
    tab_to(page, page.get_by_role("main").get_by_role("button", name="Trigger"))
    page.keyboard.press("Enter")
    window = dialog_of(page)
    customer = window.get_by_label("customer")
    expect(customer).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    expect(customer).to_have_accessible_description("At least 1 character")
    expect(window.get_by_role("group", name="parts")).to_have_accessible_description("Which of them")
    tab_to(page, window.get_by_role("checkbox", name="b"))
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    expect(customer).to_be_focused()  # what is wrong is mended first
    page.keyboard.type("bob")
    raw = window.get_by_label("Configuration, as JSON")
    expect(raw).to_have_value(re.compile('"bob"'))
    tab_to(page, raw)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type('{"customer": "eve", "parts": ["b"], "rows": 4}')
    expect(customer).to_have_value("eve")
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile("/runs/manual"))
    expect(page.get_by_role("main")).to_be_focused()
    runs = product.api("GET", "/api/v2/dags/orders/dagRuns?order_by=-run_after")["dag_runs"]
    assert runs[0]["conf"] == {"customer": "eve", "parts": ["b"], "rows": 4}


def test_a_backfill_is_planned_and_started(page: Page) -> None:
    page.goto("/schedule/backfill")
    tab_to(page, page.get_by_label("DAG", exact=True))
    page.keyboard.type("daily")
    tab_to(page, page.get_by_role("button", name="Last 7 days"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Runs at once"))
    page.keyboard.type("2")
    tab_to(page, page.get_by_role("button", name="Show the plan"))
    page.keyboard.press("Enter")
    # the sum is heard, not each of its dates
    expect(page.get_by_test_id("announced")).to_have_text(re.compile(r"^\d new · \d left alone\s*$"))
    tab_to(page, page.get_by_role("button", name=re.compile(r"^Start \d runs?")))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=re.compile("^Backfill 1 of daily"))).to_be_visible()
    expect(page.get_by_role("main")).to_be_focused()


def test_questions_are_answered_one_after_the_other(product: Product, page: Page) -> None:
    run = product.trigger("asks")
    product.wait(lambda: len(product.api("GET", "/api/tradewind/questions")["questions"]) == 3, "three questions")
    page.goto("/actions")
    cards = page.get_by_role("main").get_by_role("article")
    expect(cards).to_have_count(3)
    answers = {
        "Publish it?": lambda card: (card.get_by_label("why"), "all is well", "Approve"),
        "Which way?": lambda card: (None, None, "right"),
        "Which regions?": lambda card: (card.get_by_role("checkbox", name="EU"), " ", "Send the answer"),
    }
    for left in (2, 1, 0):
        card = cards.first
        subject = str(card.get_attribute("aria-label"))
        field, text, word = answers.pop(subject)(card)
        if field is not None:
            tab_to(page, field)
            page.keyboard.type(text)
        tab_to(page, card.get_by_role("button", name=word, exact=True))
        page.keyboard.press("Enter")
        expect(page.get_by_role("article", name=subject)).to_have_count(0)
        # not its button: a key that is held would answer it, too
        expect(cards.first if left else page.get_by_role("main")).to_be_focused()
    assert product.finished(run)["state"] == "success"
    states = {task["task_id"]: task["state"] for task in product.tasks(run)}
    assert (states["left"], states["right"]) == ("skipped", "success")


def test_a_token_is_made_and_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/admin/tokens")
    opens = page.get_by_role("button", name="New token").first
    tab_to(page, opens)
    page.keyboard.press("Enter")
    window = dialog_of(page)
    expect(window.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.type("ci")
    page.keyboard.press("Tab")
    page.keyboard.type("ann")
    page.keyboard.press("Control+Enter")
    expect(window.get_by_role("heading", name="The token ci")).to_be_visible()
    tab_to(page, window.get_by_role("button", name="Copy token"))
    page.keyboard.press("Enter")
    expect(window.get_by_role("button", name="Copied")).to_be_focused()
    assert page.evaluate("() => navigator.clipboard.readText()") == window.locator("code").inner_text()
    page.keyboard.press("Escape")
    expect(opens).to_be_focused()


def test_a_connection_is_tested(page: Page) -> None:
    page.goto("/admin/connections")
    opens = page.get_by_role("button", name="Add connection").first
    tab_to(page, opens)
    page.keyboard.press("Enter")
    window = dialog_of(page)
    expect(window.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.type("books")
    page.keyboard.press("Tab")
    page.keyboard.type("sqlite")
    test = window.get_by_role("button", name="Test connection")
    tab_to(page, test)
    page.keyboard.press("Enter")
    expect(window.get_by_role("status")).to_contain_text("connection 'books' names no file")
    expect(test).to_be_focused()
    page.keyboard.press("Escape")
    expect(opens).to_be_focused()


def test_the_audit_is_narrowed_and_leads_to_what_was_changed(product: Product, page: Page) -> None:
    product.api("PATCH", "/api/v2/dags/daily", {"is_paused": True})
    product.api("PATCH", "/api/v2/dags/daily", {"is_paused": False})
    page.goto("/admin/audit")
    field = page.get_by_role("main").get_by_label("DAG", exact=True)
    tab_to(page, field)
    page.keyboard.type("daily")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("dag=daily|dag_id=daily"))
    expect(field).to_be_focused()
    tab_to(page, page.get_by_role("table").get_by_role("link", name="daily").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="daily")).to_be_visible()
    expect(page.get_by_role("main")).to_be_focused()


def test_the_grid_is_walked_and_a_task_opened(page: Page) -> None:
    page.goto("/dags/orders/grid")
    grid = page.get_by_role("grid")
    tab_to(page, grid.locator("[tabindex='0']").first)
    page.keyboard.press("Control+Home")
    group = grid.get_by_role("rowheader", name="Group clean")
    for _ in range(4):
        if group.evaluate("e => e === document.activeElement"):
            break
        page.keyboard.press("ArrowDown")
    expect(group).to_be_focused()
    page.keyboard.press("Space")
    expect(group).to_have_attribute("aria-expanded", "false")
    expect(group).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(grid.get_by_role("gridcell", name=re.compile("^load, Failed"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/tasks/load"))
    expect(page.get_by_role("main")).to_be_focused()


def test_the_calendar_is_walked_by_days_and_weeks(page: Page) -> None:
    today = datetime.now(UTC)

    def day(days: int) -> Locator:
        at = today - timedelta(days=days)
        return page.get_by_role("main").locator(f"[aria-label^='{at.day} {at:%b} {at.year}']")

    page.goto("/dags/orders/calendar")
    tab_to(page, day(0))
    page.keyboard.press("ArrowLeft")
    expect(day(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(day(8)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(day(0)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/dags/orders/runs"))
    expect(page.get_by_role("main")).to_be_focused()


def test_the_timeline_of_the_schedule_is_one_stop(page: Page) -> None:
    page.goto("/schedule")
    grid = page.get_by_role("grid")
    tab_to(page, grid.locator("a[tabindex='0']"))
    page.keyboard.press("Home")
    page.keyboard.press("PageDown")
    last = grid.get_by_role("link", name="orders", exact=True)
    expect(last).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(grid.get_by_role("link", name=re.compile("^orders: "))).to_have_count(2)
    expect(grid.get_by_role("link", name=re.compile("^orders: ")).first).to_be_focused()
    page.keyboard.press("Tab")
    expect(grid.locator(":focus")).to_have_count(0)
    page.keyboard.press("Shift+Tab")
    expect(grid.get_by_role("link", name=re.compile("^orders: ")).first).to_be_focused()


def test_a_log_is_searched_and_a_line_gets_an_address(page: Page) -> None:
    page.goto(f"{page_of('/api/v2/dags/orders/dagRuns/first')}/tasks/load")
    lines = page.get_by_role("region", name="Lines of the log of try 1")
    expect(lines).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("needle")
    heard = page.get_by_test_id("announced")
    expect(page.get_by_text("1 of 4")).to_be_visible()
    page.keyboard.press("Escape")
    expect(lines).to_be_focused()
    page.keyboard.press("n")
    expect(heard).to_contain_text("needle")
    expect(page.get_by_text("2 of 4")).to_be_visible()
    page.keyboard.press("e")
    expect(heard).to_contain_text("Error")
    tab_to(page, page.get_by_label("Line no."), key="Shift+Tab")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#L3$"))
    group = lines.get_by_role("button", name="Details")
    tab_to(page, group)
    page.keyboard.press("Enter")
    expect(group).to_have_attribute("aria-expanded", "true")
    expect(group).to_be_focused()
    expect(lines.get_by_text("inside")).to_be_visible()


def test_two_versions_are_compared(product: Product, page: Page) -> None:
    file = product.dags / "orders.py"
    file.write_text(file.read_text(encoding="utf-8") + '    task(task_id="more")(lambda: None)()\n', encoding="utf-8")
    product.wait(
        lambda: product.api("GET", "/api/v2/dags/asks/dagVersions")["total_entries"] == 2, "another version of asks"
    )
    page.goto("/dags/asks/code")
    tab_to(page, page.get_by_label("Compare with"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("heading", name="Changes from version 1 to version 2")).to_be_visible()
    expect(page.get_by_label("Compare with")).to_be_focused()
    every = page.get_by_role("button", name="All lines")
    tab_to(page, every)
    page.keyboard.press("Enter")
    expect(every).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("textbox", name="Changes from version 1 to version 2")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Compare with")).to_be_focused()


def test_a_view_is_saved_chosen_and_deleted(page: Page) -> None:
    page.goto("/dags?q=dai")
    views = page.get_by_role("button", name="Views")
    tab_to(page, views)
    page.keyboard.press("Enter")
    name = page.get_by_label("Save this view")
    tab_to(page, name)
    page.keyboard.type("mine")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("announced")).to_contain_text("“mine” is saved")
    page.keyboard.press("Escape")
    expect(views).to_be_focused()
    page.goto("/dags")
    tab_to(page, views)
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="mine", exact=True))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"q=dai"))
    expect(views).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Delete “mine”"))
    page.keyboard.press("Enter")
    expect(name).to_be_focused()


def test_what_the_browser_lets_no_page_copy_is_copied_by_hand(product: Product, page: Page) -> None:
    # a page over plain HTTP from another machine is given no clipboard; some browsers forbid the other way, too
    page.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined });"
        "document.execCommand = () => false"
    )
    page.goto("/dags/daily/code")
    opens = page.get_by_role("button", name="Copy", exact=True)
    tab_to(page, opens)
    page.keyboard.press("Enter")
    text = dialog_of(page).get_by_label("What to copy")
    expect(text).to_be_focused()
    chosen = text.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)")
    assert chosen == (product.dags / "orders.py").read_text(encoding="utf-8")
    page.keyboard.press("Escape")
    expect(opens).to_be_focused()
