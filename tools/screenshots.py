"""Takes the pictures of the README: a real product with DAGs that ran, in a real browser.  Run by hand, from a checkout
in which the tests run: `.venv/bin/python tools/screenshots.py`; it writes docs/images/home.png and docs/images/run.png.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from playwright.sync_api import Page, expect  # noqa: E402

from support.browser import open_browser  # noqa: E402
from support.product import Product  # noqa: E402

IMAGES = ROOT / "docs" / "images"
DAGS = """
import time
from datetime import datetime

from airflow.providers.standard.operators.hitl import ApprovalOperator
from airflow.sdk import dag, task


def step(name, seconds=0.2, **given):
    @task(task_id=name, **given)
    def run():
        time.sleep(seconds)

    return run()


@dag(schedule="@hourly", start_date=datetime(2024, 1, 1), catchup=False, tags=["shop"])
def orders():
    @task
    def quality():
        raise ValueError("row count 99 < 100")

    extract, load = step("extract", 0.6), step("load", 0.4)
    extract >> [step("customers", 0.5), step("prices", 0.2)] >> load >> quality() >> [step("publish"), step("report")]


@dag(schedule="*/30 * * * *", start_date=datetime(2024, 1, 1), catchup=False)
def page_views():
    step("count")


@dag(schedule="0 2 * * *", start_date=datetime(2024, 1, 1), catchup=False)
def invoices():
    step("collect") >> step("send")


@dag(schedule=None)
def price_list():
    ApprovalOperator(task_id="ask", subject="Put the new prices live?") >> step("put_live")


@dag(schedule=None)
def exports():
    step("export", 600)


orders(), page_views(), invoices(), price_list(), exports()
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        dags = Path(folder) / "dags"
        dags.mkdir()
        (dags / "shop.py").write_text(DAGS, encoding="utf-8")
        with Product(Path(folder) / "home", dags) as product, open_browser() as browser:
            product.trigger("exports")
            product.trigger("price_list")
            product.finished(product.trigger("page_views"))
            product.finished(product.trigger("invoices"))
            run = product.trigger("orders")
            product.finished(run)
            base = f"http://127.0.0.1:{product.port}"
            context = browser.new_context(
                base_url=base,
                viewport={"width": 1440, "height": 660},
                color_scheme="light",
                locale="en-GB",
                timezone_id="UTC",
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.goto("/")
            expect(page.get_by_text("Put the new prices live?")).to_be_visible()
            take(page, "home")
            page.goto(run.removeprefix("/api/v2").replace("/dagRuns/", "/runs/") + "/graph")
            expect(page.get_by_text("publish").first).to_be_visible()
            take(page, "run")


def take(page: Page, name: str) -> None:
    """The page as it is when nothing is loaded any more."""
    expect(page.locator("[aria-busy=true], .animate-pulse")).to_have_count(0)
    page.evaluate("document.fonts.ready")
    page.screenshot(path=IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
