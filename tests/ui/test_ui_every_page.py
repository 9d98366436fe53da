"""What holds of every page, tab and window: accessible, no wider than a phone, in the person's words."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from support.browser import OpenPage, accessibility, dialog_of, page_of, shown, visit
from support.product import Serve

LONG = "a_dag_with_a_long_name_that_a_program_made_of_the_name_of_a_table_in_the_warehouse"
DAGS = f"""
from datetime import datetime
from airflow.sdk import DAG, Asset, Param, task

with DAG("sales", schedule=None, params={{"rows": Param(99, type="integer")}}):
    @task(outlets=[Asset("orders")])
    def extract():
        return [1, 2]

    @task
    def part(number):
        if number == 2:
            raise ValueError("part 2 is broken")

    @task
    def publish():
        pass

    part.expand(number=extract()) >> publish()

with DAG("{LONG}", schedule="@daily", start_date=datetime(2026, 1, 1), catchup=False, is_paused_upon_creation=True):
    @task
    def only():
        pass
    only()
"""
BROKEN = """
from airflow.sdk import DAG

dag = DAG("unread", schedule="@dayly")
"""
"""A file that does not load, for a reason that the engine tells."""


class Site(NamedTuple):
    base: str
    run: str

    @property
    def pages(self) -> list[str]:
        """Pages and tabs."""
        dag, run, task = "/dags/sales", self.run, f"{self.run}/tasks/extract"
        return [
            *("/", "/dags", "/runs", "/assets", "/assets/events", "/assets/lineage", "/assets/1"),
            *("/schedule", "/schedule/backfill", "/actions"),
            *(f"{dag}/{tab}" for tab in ("", "grid", "graph", "gantt", "calendar", "runs", "tasks")),
            *(f"{dag}/{tab}" for tab in ("backfills", "code", "details", "events")),
            f"/dags/{LONG}",
            *(f"{run}/{tab}" for tab in ("", "grid", "graph", "timeline", "compare", "assets", "details", "events")),
            *(f"{task}?tab={tab}" for tab in ("fields", "xcom", "attempts", "explain", "assets", "details")),
            *(f"/admin/{tab}" for tab in ("audit", "config", "connections", "health", "plugins", "pools")),
            *(f"/admin/{tab}" for tab in ("providers", "tokens", "users", "variables")),
        ]


@pytest.fixture(scope="module")
def site(serve: Serve) -> Site:
    env = {"AIRFLOW__API__EXPOSE_CONFIG": "True", "AIRFLOW__CORE__TEST_CONNECTION": "Enabled"}
    product = serve("sales.py", DAGS, env=env)
    (product.dags / "broken.py").write_text(BROKEN, encoding="utf-8")
    product.wait(lambda: product.api("GET", "/api/v2/importErrors")["total_entries"] == 1, "it does not load")
    run = product.trigger("sales", dag_run_id="first")
    assert product.finished(run)["state"] == "failed"
    product.dag(LONG)
    return Site(product.base, page_of(run))


WIDTHS = "() => [document.documentElement, document.querySelector('main')].map(part => part.scrollWidth)"
"""Of the page, and of its main part: that one cuts off what is too wide, so the page itself never is."""


def test_every_page_is_accessible_on_a_phone_and_no_wider(site: Site, open_page: OpenPage) -> None:
    page = open_page(site.base, width=390, height=844)  # its colours are tested where it is full of data
    for path in site.pages:
        visit(page, path)
        assert page.evaluate(WIDTHS) == [390, 390], path
        assert accessibility(page, colours=False) == [], path


def test_the_open_tab_is_in_sight_on_a_phone(site: Site, open_page: OpenPage) -> None:
    page = open_page(site.base, width=390, height=844)
    for path in ("/dags/sales/events", f"{site.run}/events", "/admin/config"):
        page.goto(path)
        shown(page)
        expect(page.locator("main nav [aria-current=page]").last).to_be_in_viewport(ratio=1)


def test_names_in_tables_are_not_cut_into_letters(site: Site, open_page: OpenPage) -> None:
    page = open_page(site.base, width=390, height=844)
    page.goto("/runs")
    shown(page)
    box = page.get_by_role("table", name="Runs").get_by_role("link", name="sales").bounding_box()
    assert box is not None
    assert box["height"] < 40, "one line"


WINDOWS: list[tuple[str, Callable[[Page], None]]] = [
    ("/dags/sales", lambda page: page.get_by_role("button", name="Trigger").first.click()),
    (f"/dags/{LONG}", lambda page: page.get_by_role("switch").first.click()),
    ("/dags/sales", lambda page: page.get_by_role("switch").first.click()),
    ("/dags", lambda page: page.keyboard.press("?")),
    ("RUN", lambda page: page.get_by_role("button", name="Delete").click()),
    ("RUN/tasks/publish", lambda page: page.get_by_role("button", name="Clear").click()),
    ("RUN/tasks/extract?tab=details", lambda page: page.get_by_role("button", name="Note").click()),
    ("RUN/tasks/extract?tab=xcom", lambda page: page.get_by_role("button", name="Add").click()),
    ("/assets/1", lambda page: page.get_by_role("button", name="Create event").click()),
    ("/assets/1", lambda page: page.get_by_role("button", name="Materialize").click()),
    ("/admin/connections", lambda page: page.get_by_role("button", name="Add connection").first.click()),
    ("/admin/variables", lambda page: page.get_by_role("button", name="Add variable").first.click()),
    ("/admin/pools", lambda page: page.get_by_role("button", name="Add pool").click()),
    ("/admin/tokens", lambda page: page.get_by_role("button", name="New token").first.click()),
    ("/dags/sales/tasks?task=extract", lambda page: None),
]


def test_every_window_is_accessible(site: Site, open_page: OpenPage) -> None:
    page = open_page(site.base)
    for number, (path, open_window) in enumerate(WINDOWS):
        page.emulate_media(color_scheme="dark" if number % 2 else "light")
        visit(page, path.replace("RUN", site.run))
        open_window(page)
        expect(dialog_of(page)).to_be_visible()
        assert accessibility(page) == [], path
        page.keyboard.press("Escape")
        expect(dialog_of(page)).to_have_count(0)


SAID = """() => {
  const found = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const code = 'code, pre, kbd, script, style, noscript, textarea, .cm-editor'
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (!node.parentElement.closest(code)) found.push(node.textContent)
  found.push(document.title)
  const more = ['aria-description', 'aria-roledescription', 'aria-valuetext']
  for (const name of ['title', 'aria-label', 'placeholder', 'alt', ...more])
    for (const part of document.querySelectorAll(`[${name}]`)) found.push(part.getAttribute(name))
  return found
}"""
"""All that a page says, but for code."""
ENGLISH = re.compile(r"[A-Za-z]{2,}(?:[ ,;:.]+[A-Za-z]{2,}){2,}")
"""Three words in a row: names, terms and what users wrote have fewer here."""


def test_every_page_speaks_korean(site: Site, open_page: OpenPage) -> None:
    page = open_page(site.base, language="ko")
    for path in site.pages:  # by its address: a page loads the words of others as little as it does their code
        page.goto(path)
        shown(page)
        with suppress(TimeoutError):  # a page does not wait for the words of the server's sentences
            page.wait_for_function(f"() => !({SAID})().some(text => /{ENGLISH.pattern}/.test(text))")
        said = page.evaluate(SAID)
        assert re.search("[가-힣]", "".join(said)), path
        assert [text for text in said if ENGLISH.search(text)] == [], path


def test_why_it_is_so_is_said_in_korean(site: Site, open_page: OpenPage) -> None:
    page = open_page(site.base, language="ko", expected=("404",))
    page.goto(f"/dags/{LONG}")
    expect(page.get_by_role("main")).to_contain_text("지금은 새 실행을 만들지 않습니다. 일시 중지되었습니다")
    expect(page.get_by_text(f"tradewind dags unpause {LONG}")).to_be_visible()
    page.goto(f"{site.run}/tasks/publish?tab=explain")
    told = page.get_by_role("region", name="이 상태인 이유")
    expect(told).to_contain_text("트리거 규칙 all_success: 상위 2개 중 성공 1개, 실패 1개")
    page.goto(f"{site.run}/details")
    expect(page.get_by_text("태스크 part 실패")).to_be_visible()
    page.goto("/dags/there_is_no_such_dag")
    expect(page.get_by_role("alert")).to_contain_text("DAG “there_is_no_such_dag”가 없습니다")


NOT_LOADED = "DAG “unread”: “@dayly”라는 일정은 없습니다. “@daily”로 쓰세요"


def test_why_a_file_does_not_load_is_said_in_korean(site: Site, open_page: OpenPage) -> None:
    page = open_page(site.base, language="ko")
    for path in ("/", "/dags?show=broken"):
        page.goto(path)
        expect(page.get_by_role("main")).to_contain_text("broken.py를 불러올 수 없습니다 (4행)")
        expect(page.get_by_role("main")).to_contain_text(NOT_LOADED)


def test_how_a_connection_was_tested_is_said_in_korean(site: Site, open_page: OpenPage) -> None:
    page = open_page(site.base, language="ko")
    page.goto("/admin/connections")
    page.get_by_role("button", name="연결 추가").first.click()
    window = dialog_of(page)
    window.get_by_label("이름").fill("files")
    window.get_by_label("유형").fill("ftp")
    window.get_by_role("button", name="연결 테스트").click()
    expect(window.get_by_role("status")).to_contain_text("연결 “files”의 유형 “ftp”에 맞는 훅이 없습니다")


def test_what_helps_is_shown_as_a_command(site: Site, open_page: OpenPage) -> None:
    page = open_page(site.base)
    page.goto("/dags/sales")
    expect(page.get_by_text("it has no schedule and runs when it is triggered").first).to_be_visible()
    expect(page.get_by_role("main").locator("code", has_text="tradewind dags trigger sales")).to_be_visible()
