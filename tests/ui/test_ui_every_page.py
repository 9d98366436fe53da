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
from datetime import datetime, timedelta
from airflow.providers.standard.operators.hitl import ApprovalOperator
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

with DAG("asks", schedule=None):
    ApprovalOperator(
        task_id="ask", subject="발행할까요?", defaults="Reject", response_timeout=timedelta(days=1)
    )
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
            *("/schedule", "/schedule/backfill", "/actions", "/docs", "/docs?op=post_variable"),
            *(f"{dag}/{tab}" for tab in ("", "grid", "graph", "gantt", "calendar", "runs", "tasks")),
            *(f"{dag}/{tab}" for tab in ("backfills", "code", "details", "events")),
            f"/dags/{LONG}",
            *(f"{run}/{tab}" for tab in ("", "grid", "graph", "timeline", "compare", "assets", "details", "events")),
            *(f"{task}?tab={tab}" for tab in ("rendered", "xcom", "attempts", "explain", "assets", "details")),
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
    host = "2001:db8:85a3:8d3:1319:8a2e:370:7348"
    product.api(
        "POST", "/api/v2/connections", {"connection_id": LONG, "conn_type": "postgres", "host": host, "port": 5432}
    )
    product.api("POST", "/api/v2/variables", {"key": LONG, "value": "2026-11-22" * 4})
    product.api("POST", "/api/v2/pools", {"name": LONG, "slots": 16})
    product.trigger("asks")
    product.wait(lambda: product.api("GET", "/api/tradewind/questions")["questions"], "a question")
    return Site(product.base, page_of(run))


WIDTHS = "() => [document.documentElement, document.querySelector('main')].map(part => part.scrollWidth)"
"""Of the page, and of its main part: that one cuts off what is too wide, so the page itself never is."""
CUT_TABLES = """() => [...document.querySelectorAll('table[aria-label]')]
    .filter(table => table.parentElement.scrollWidth > table.parentElement.clientWidth).map(table => table.ariaLabel)"""
"""Tables that one must scroll to see all of."""


def test_every_page_is_accessible_on_a_phone_and_no_wider(site: Site, open_page: OpenPage) -> None:
    page = open_page(site.base, width=390, height=844)  # its colours are tested where it is full of data
    for path in site.pages:
        visit(page, path)
        assert page.evaluate(WIDTHS) == [390, 390], path
        assert page.evaluate(CUT_TABLES) == [], path
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


SAID = """(root, values) => {
  const found = []
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const code = 'pre, kbd, script, style, noscript, textarea, .cm-editor, body [lang=en]' + values
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (!node.parentElement.closest(code)) found.push(node.textContent)
  found.push(document.title)
  const more = ['aria-description', 'aria-roledescription', 'aria-valuetext']
  for (const name of ['title', 'aria-label', 'placeholder', 'alt', ...more])
    for (const part of root.querySelectorAll(`[${name}]`)) found.push(part.getAttribute(name))
  return found.filter(text => !/^(tradewind |pip install |ValueError: part 2 is broken)/.test(text))
}"""
"""All that a part of a page says, but for blocks of code, commands, what the author of the DAGs wrote, the reference of
the API, and `values`."""
ENGLISH = re.compile(r"[A-Za-z]{2,}(?:[ ,;:.]+[A-Za-z]{2,}){2,}")
"""Three words in a row: names, terms and what users wrote have fewer here."""


def test_every_page_speaks_korean(site: Site, open_page: OpenPage) -> None:
    page = open_page(site.base, language="ko")
    for path in site.pages:  # by its address: a page loads the words of others as little as it does their code
        page.goto(path)
        shown(page)
        values = ", code" if path == "/admin/config" else ""  # what is set there is code, nothing else of it
        english = f"({SAID})(document.body, '{values}').some(text => /{ENGLISH.pattern}/.test(text))"
        with suppress(TimeoutError):  # a page does not wait for the words of the server's sentences
            page.wait_for_function(f"() => !{english}")
        said = page.locator("body").evaluate(SAID, values)
        assert re.search("[가-힣]", "".join(said)), path
        assert [text for text in said if ENGLISH.search(text)] == [], path


def press(name: str) -> Callable[[Page], None]:
    """Opens a window with a button, or with an item of its menu: "상태 지정 › 성공"."""

    def opener(page: Page) -> None:
        button, _, item = name.partition(" › ")
        page.get_by_role("main").get_by_role("button", name=button).first.click()
        if item:
            page.get_by_role("menuitem", name=item).first.click()

    return opener


KOREAN_WINDOWS: list[tuple[str, Callable[[Page], None]]] = [
    ("/dags/sales", press("실행")),
    ("/dags/sales", press("더 보기")),
    (f"/dags/{LONG}", lambda page: page.get_by_role("switch").first.click()),
    ("/dags", lambda page: page.keyboard.press("?")),
    ("/dags", lambda page: page.keyboard.press("Control+k")),
    ("/dags", press("보기")),
    ("/dags", lambda page: page.get_by_role("button", name="내 설정").click()),
    ("RUN", press("초기화 › 모든 태스크")),
    ("RUN", press("상태 표시 › 성공")),
    ("RUN", press("삭제")),
    ("RUN/tasks/extract", press("보기")),
    ("RUN/tasks/extract", press("다운로드")),
    ("RUN/tasks/publish", press("초기화")),
    ("RUN/tasks/publish", press("상태 표시 › 성공")),
    ("RUN/tasks/extract?tab=details", press("메모")),
    ("RUN/tasks/extract?tab=xcom", press("추가")),
    ("/assets/1", press("이벤트 생성")),
    ("/assets/1", press("구체화")),
    ("/admin/connections", press("연결 추가")),
    ("/admin/variables", press("변수 추가")),
    ("/admin/pools", press("풀 추가")),
    ("/admin/users", press("사용자 추가")),
    ("/admin/users", press("역할 추가")),
    ("/admin/tokens", press("새 토큰")),
]
FOREIGN = f"""([root, terms]) => ({SAID})(root, '').filter(text =>
    (text.match(/[A-Za-z_]{{2,}}(?:\\.\\w+)?/g) ?? []).some(word => !terms.includes(word)))"""
TERMS = {
    *("Tradewind", "DAG", "XCom", "conf", "access_control", "Variable.get", "key", "admin", "op", "user", "viewer"),
    *("CI", "CLI", "Cmd", "Ctrl", "English", "ID", "JSON", "KiB", "Python", "UTC", "aws", "curl", "http", "postgres"),
    *("true", "sales", "rows", "extract", "part", "publish", "orders", "first", LONG),
}
"""What is written so in Korean, too, and the names of the DAGs here."""


def test_every_window_speaks_korean(site: Site, open_page: OpenPage) -> None:
    page = open_page(site.base, language="ko")
    for path, open_window in KOREAN_WINDOWS:
        visit(page, path.replace("RUN", site.run))
        open_window(page)
        window = dialog_of(page).or_(page.locator("[role=menu], [popover]:popover-open")).first
        expect(window).to_be_visible()
        expect(window).not_to_be_empty()
        expect(window.locator("[aria-busy=true]")).to_have_count(0)
        assert re.search("[가-힣]", "".join(window.evaluate(SAID, ""))), path
        about = [window.element_handle(), sorted(TERMS)]
        with suppress(TimeoutError):  # the words of the server's sentences come later
            page.wait_for_function(f"about => ({FOREIGN})(about).length === 0", arg=about)
        assert page.evaluate(FOREIGN, about) == [], path
        page.keyboard.press("Escape")
        expect(window).to_have_count(0)


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
    expect(page).to_have_title("존재하지 않습니다 · Tradewind")
    page.goto("/there/is/no/such/page")
    expect(page).to_have_title("이런 페이지가 없습니다 · Tradewind")


NOT_LOADED = "DAG “unread”: “@dayly”라는 일정은 없습니다. “@daily”로 쓰세요"


def test_our_own_words_among_those_of_users_are_korean(site: Site, open_page: OpenPage) -> None:
    page = open_page(site.base, language="ko")
    page.goto("/admin/pools")
    expect(page.get_by_role("row", name="default_pool")).to_contain_text("기본 풀")
    page.goto("/actions")
    card = page.get_by_role("article", name="발행할까요?")
    expect(card).to_contain_text("“거부” 답변으로 처리됩니다")
    expect(card.get_by_role("button", name="거부")).to_be_visible()
    card.get_by_role("button", name="승인").click()
    expect(card).to_have_count(0)
    page.goto("/actions?show=answered")
    expect(page.get_by_role("article", name="발행할까요?").locator("strong")).to_have_text("승인")
    page.goto("/schedule/backfill")
    expect(page.get_by_role("button", name="어제")).to_be_visible()


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
