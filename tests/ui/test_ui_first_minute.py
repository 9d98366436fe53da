"""The first minute: an empty install says what to do, and what that was leads on."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from support.browser import OpenPage, accessibility, dialog_of, shown, visit
from support.product import Product


def test_an_empty_install_leads_to_a_first_run(open_page: OpenPage, tmp_path: Path) -> None:
    dags = tmp_path / "dags"
    dags.mkdir()
    # as it comes: new DAGs are paused
    paused = {"AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "True"}
    with Product(tmp_path / "home", dags, env=paused) as product:
        page = open_page(product.base)
        visit(page, "/")
        expect(page.get_by_role("heading", name="Welcome to Tradewind")).to_be_visible()
        expect(page.get_by_text(f"{dags}/my_first_dag.py")).to_be_visible()
        text = page.get_by_role("main").locator("pre").inner_text()
        (dags / "my_first_dag.py").write_text(text, encoding="utf-8")

        # the page finds it by itself, and says why nothing runs
        expect(page.get_by_text("Your DAG is here, and it is paused")).to_be_visible()
        assert accessibility(page) == []
        page.get_by_role("link", name="Go to the DAG").click()
        shown(page)
        page.get_by_role("button", name="Trigger my_first_dag").click()
        window = dialog_of(page)
        expect(window.get_by_role("checkbox", name="Unpause this DAG")).to_be_checked()
        window.get_by_role("button", name="Trigger", exact=True).click()
        expect(page.get_by_text("Succeeded after")).to_be_visible()

        page.get_by_role("link", name="Home").click()
        expect(page.get_by_text("Nothing needs you")).to_be_visible()
        page.goto("about:blank")  # the stream ends before its server does
