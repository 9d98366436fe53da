"""Fixtures for the tests of the web UI: a browser, and pages that may not complain."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from support.browser import BrowserUnavailable, Complaints, OpenPage, open_browser
from support.product import Product, Serve

# on a busy machine a page may take long; where all is well, nobody waits
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Starts a product with one DAG file for the tests of a file: `serve("shop.py", DAGS, env={...})`."""
    with ExitStack() as running:

        def start(name: str, text: str, **settings: Any) -> Product:
            folder = tmp_path_factory.mktemp(name.removesuffix(".py"))
            (folder / "dags").mkdir()
            (folder / "dags" / name).write_text(text, encoding="utf-8")
            return running.enter_context(Product(folder / "home", folder / "dags", **settings))

        yield start


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium, closed with each file: while one is open, tests of other files cannot run event loops of their own.

    Where there is none the tests say so; in CI they fail."""
    try:
        with open_browser() as opened:
            yield opened
    except BrowserUnavailable as error:
        if os.environ.get("CI"):
            pytest.fail(str(error), pytrace=False)
        pytest.skip(str(error))


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens a page of a server: `open_page(base, width=1440, theme="light", language="en")`.

    After the test nothing may have been logged as an error, thrown, or asked of another host; but for what names an
    `expected` text, such as the address of something that is not there.
    """
    opened: list[tuple[Page, Complaints, Sequence[str]]] = []

    def make(
        base: str,
        *,
        width: int = 1440,
        height: int = 900,
        theme: str = "light",
        language: str = "en",
        expected: Sequence[str] = (),
    ) -> Page:
        context = browser.new_context(
            base_url=base,
            viewport={"width": width, "height": height},
            color_scheme="dark" if theme == "dark" else "light",
            locale="ko-KR" if language == "ko" else "en-GB",
            timezone_id="UTC",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        opened.append((page, Complaints(page, base), expected))
        return page

    yield make
    for page, complaints, expected in opened:
        page.context.close()
        assert [found for found in complaints.found if not any(text in found for text in expected)] == []
