"""A real browser for the tests of the web UI: Chromium of the machine, installed by Debian's packages where it may be.

Used by tests/ui.  Everything that a page logs as an error, throws or asks from another host fails the test.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "ui" / "node_modules" / "axe-core" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ARGUMENTS = (
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
)
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
OFF = {"enabled": False}
OpenPage = Callable[..., Page]
"""See the fixture `open_page`."""
TARGET_SIZE = "target-size"
"""Of WCAG 2.2 AA, but axe leaves it out unless it is asked for by its name."""


class BrowserUnavailable(Exception):
    """There is no browser on this machine, and it cannot be installed; the text says what to do."""


def chromium() -> str:
    """Path of a Chromium.  Installs Debian's when this process may.  Raises BrowserUnavailable."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        raise BrowserUnavailable("the tests of the web UI need Chromium: install the package chromium of your system")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["install"], ["update"], ["install"]):
        packages = ["--no-install-recommends", "chromium"] if arguments == ["install"] else []
        done = subprocess.run(
            [apt, "-q", "-y", "-o", "DPkg::Lock::Timeout=120", *arguments, *packages],
            env=env,
            capture_output=True,
            text=True,
        )
        if found := shutil.which("chromium"):
            return found
    raise BrowserUnavailable(f"apt-get could not install chromium: {done.stderr.strip()[-500:]}")


@contextmanager
def open_browser() -> Iterator[Browser]:
    """One browser; make a context of it for each test."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*ARGUMENTS, *sandbox])
        try:
            yield browser
        finally:
            browser.close()


class Complaints:
    """What went wrong in a page beside what the test looks at."""

    def __init__(self, page: Page, base: str) -> None:
        self._base = base
        self.found: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.found.append(f"thrown: {error}"))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.found.append(f"console: {message.text} ({message.location.get('url')})")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self._base, "data:", "blob:")):
            self.found.append(f"asked another host: {request.url}")


def visit(page: Page, path: str) -> None:
    """Go to another page of the UI as a link does, and wait until it is shown whole: the UI itself is loaded once only,
    which is most of the time that an address takes.
    """
    if page.url == "about:blank":
        page.goto(path)
    else:
        page.evaluate(
            """path => {
                const there = new URL(path, location.href).href
                return there === location.href || new Promise(arrived => {
                    const stop = window.__TSR_ROUTER__.subscribe('onRendered', () => { stop(); arrived() })
                    history.pushState(null, '', path)
                })
            }""",
            path,
        )
    shown(page)


def shown(page: Page) -> None:
    """Wait until the page has a heading and nothing of it is being loaded."""
    expect(page.locator("h1").first).to_be_attached()
    expect(page.locator("[aria-busy=true], .animate-pulse")).to_have_count(0)


def page_of(run: str) -> str:
    """The address of the page of a run, from its path below /api/v2."""
    dag, run_id = run.removeprefix("/api/v2/dags/").split("/dagRuns/")
    return f"/dags/{dag}/runs/{run_id}"


def dialog_of(page: Page) -> Locator:
    """The window or drawer in front of the page; the short notices in the corner call themselves dialogs as well."""
    return page.locator('[role="dialog"]:not([aria-modal="false"])')


def accessibility(page: Page, *, colours: bool = True) -> list[str]:
    """What axe finds against WCAG 2.2 AA on the page as it is now: rule, place and reason, one a line.

    Without `colours` its rules of contrast are left out, which take most of the time.
    """
    off = {} if colours else dict.fromkeys(COLOUR_RULES, OFF)
    return _axe(page, {"type": "tag", "values": STANDARDS}, {TARGET_SIZE: {"enabled": True}, **off})


def accessibility_by_day_and_night(page: Page) -> list[str]:
    """The same for a page that was opened in the light theme, and what axe finds when the dark one takes over: only
    colours change, so only their rules are asked again.
    """
    found = accessibility(page)
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    found += [f"dark: {problem}" for problem in _axe(page, {"type": "rule", "values": COLOUR_RULES})]
    page.emulate_media(color_scheme="light")
    return found


def _axe(page: Page, only: dict[str, object], rules: dict[str, dict[str, bool]] | None = None) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    # colours move from parent to child, a frame each; what is in order is neither collected nor sent: that took long
    found: list[str] = page.evaluate(
        """async ([runOnly, rules]) => {
            const moves = () => document.getAnimations().some(each => each instanceof CSSTransition)
            do await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))); while (moves())
            const { violations } = await axe.run(document, { runOnly, rules, resultTypes: ['violations'] })
            const line = rule => node => `${rule.id}: ${node.target}: ${node.failureSummary}`
            return violations.flatMap(rule => rule.nodes.map(line(rule)))
        }""",
        [only, rules or {}],
    )
    return found
