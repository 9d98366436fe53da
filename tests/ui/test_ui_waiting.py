"""What waits, and for whom: instances of a mapped task in groups, questions by urgency, against a running product."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from support.browser import OpenPage, accessibility, visit
from support.product import Product, Serve

DAGS = """
import time
from datetime import timedelta
from pathlib import Path

from airflow.providers.standard.operators.hitl import ApprovalOperator, HITLOperator
from airflow.sdk import DAG, task

GO = Path(__file__).with_name("go")

with DAG("loads", schedule=None):
    @task(pool="narrow", retries=1, retry_delay=timedelta(hours=1))
    def load(number):
        if number == 0:
            raise ValueError("the file is not there")
        while not GO.exists():
            time.sleep(0.05)

    load.expand(number=list(range(40)))

with DAG("asks", schedule=None):
    hours = timedelta(hours=1)
    ApprovalOperator(task_id="later", subject="Publish later?", response_timeout=9 * hours, defaults="Reject")
    ApprovalOperator(task_id="soon", subject="Publish soon?", response_timeout=hours / 2)
    HITLOperator(task_id="whenever", subject="Which region?", options=["EU", "US"])
    HITLOperator(
        task_id="retried", subject="Which one?", options=["A", "B"], response_timeout=5 * hours, retries=2,
        assigned_users=[{"id": "ann", "name": "Ann"}],
    )
"""


LOADS = "/dags/loads/runs/slow/tasks/load"


@pytest.fixture(scope="module")
def product(serve: Serve) -> Iterator[Product]:
    """In which all waits."""
    running = serve("waiting.py", DAGS)
    running.api("POST", "/api/v2/pools", {"name": "narrow", "slots": 2})
    run = running.trigger("loads", dag_run_id="slow")
    running.trigger("asks")
    running.wait(lambda: len(running.api("GET", "/api/tradewind/questions")["questions"]) == 4, "all asked")
    states = f"{run}/taskInstances?state=up_for_retry"
    running.wait(lambda: running.api("GET", states)["total_entries"] == 1, "one failed")
    yield running
    (running.dags / "go").touch()


def test_a_mapped_task_says_how_many_of_its_instances_wait_for_what(product: Product, open_page: OpenPage) -> None:
    page = open_page(product.base)
    page.goto(LOADS)
    told = page.get_by_role("list", name="What its instances wait for").get_by_role("listitem")
    expect(told).to_have_count(3)
    expect(told.nth(0)).to_contain_text("2 of 40 are running, the longest for")
    expect(told.nth(1)).to_contain_text("37 of 40 wait: pool narrow has 2 slots, 2 are held, longest by load of loads")
    expect(told.nth(2)).to_contain_text("1 of 40 waits: the next try is due in 59 m")
    korean = open_page(product.base, language="ko")
    korean.goto(LOADS)
    expect(korean.get_by_role("list", name="인스턴스가 기다리는 것")).to_contain_text("40개 중 37개 대기: 풀 narrow")


def test_questions_are_in_order_of_urgency_with_what_happens_without_an_answer(
    product: Product, open_page: OpenPage
) -> None:
    page = open_page(product.base)
    page.goto("/actions")
    cards = page.get_by_role("article")
    expect(cards.get_by_role("heading")).to_have_text(
        ["Publish soon?", "Which one?", "Publish later?", "Which region?"]
    )
    expect(cards.nth(0)).to_contain_text(re.compile(r"Due in 29 m .*; then the task fails"))
    expect(cards.nth(1)).to_contain_text(re.compile("Ann may answer.*then the task fails and asks again"))
    expect(cards.nth(2)).to_contain_text("then “Reject” counts as the answer")
    expect(cards.nth(3)).to_contain_text("No deadline")
    expect(cards.nth(3)).to_contain_text("anybody who may run the DAG can answer")
    page.goto("/")
    needs = page.get_by_role("region", name="Needs you").get_by_role("listitem")
    expect(needs.nth(0)).to_contain_text(re.compile(r"Publish soon\?.*then the task fails"))
    expect(needs.nth(1)).to_contain_text(re.compile(r"Which one\?.*Ann may answer"))


def test_these_pages_are_accessible(product: Product, open_page: OpenPage) -> None:
    for width, theme in ((1440, "light"), (390, "dark")):
        page = open_page(product.base, width=width, theme=theme)
        for path in (LOADS, "/actions", "/"):
            visit(page, path)
            assert accessibility(page) == [], path
