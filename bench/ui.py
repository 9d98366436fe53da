"""What the web UI costs: bytes and calls of the first load, the time to a usable page, what is asked at rest.

    python bench/ui.py [URL]      # without one it starts a Tradewind of its own with the examples

Prints a line for each budget and ends with status 1 when one is not kept.  Times are medians of five loads with an
empty cache, on this machine, and to be read side by side with others of the same run.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Request, Response, expect

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from support.browser import open_browser  # noqa: E402
from support.product import Product  # noqa: E402

JAVASCRIPT_BYTES, API_CALLS, USABLE_SECONDS, IDLE_SECONDS = 200_000, 5, 1.0, 10.0
PAGES = ("/", "/dags", "/runs", "/assets", "/schedule", "/admin/variables")
DAG_PAGES = ("/dags/my_first_dag", "/dags/my_first_dag/grid", "/dags/my_first_dag/graph")
"""Of a DAG that the examples have.  With them comes what draws charts and graphs: their JavaScript is not judged."""
ROUNDS = 5


@contextmanager
def product() -> Iterator[str]:
    """A Tradewind with the examples; gives its address."""
    with tempfile.TemporaryDirectory() as folder, Product(Path(folder) / "home", ROOT / "examples") as running:
        running.finished(running.trigger("my_first_dag"))
        yield f"http://127.0.0.1:{running.port}"


def first_load(browser: Browser, base: str, path: str) -> tuple[int, list[str], float]:
    """(bytes of JavaScript on the wire, calls of the API, seconds until the heading stands)."""
    context = browser.new_context(base_url=base)
    page = context.new_page()
    scripts: list[Response] = []
    calls: list[str] = []

    def answered(response: Response) -> None:
        if response.request.resource_type == "script":
            scripts.append(response)

    def asked(request: Request) -> None:
        if urlsplit(request.url).path.startswith("/api/"):
            calls.append(urlsplit(request.url).path)

    page.on("response", answered)
    page.on("request", asked)
    page.goto(path)
    heading = page.locator("main h1")
    expect(heading.first).not_to_have_text("Loading…", timeout=30_000)
    expect(page.locator(".animate-pulse")).to_have_count(0, timeout=30_000)
    seconds = float(page.evaluate("performance.now()")) / 1000
    page.wait_for_load_state("load")
    size = sum(script.request.sizes()["responseBodySize"] for script in scripts)
    context.close()
    return size, calls, seconds


def idle(browser: Browser, base: str, path: str) -> list[str]:
    """What is asked while nothing changes."""
    page = browser.new_page(base_url=base)
    page.goto(path)
    expect(page.get_by_text("Live", exact=True)).to_be_visible(timeout=30_000)
    page.wait_for_timeout(1000)  # what the page asks at first is not idle
    calls: list[str] = []
    page.on("request", lambda request: calls.append(request.url))
    page.wait_for_timeout(IDLE_SECONDS * 1000)
    page.close()
    return calls


def main() -> int:
    """Measure, print, compare."""
    broken = 0

    def judge(what: str, value: float, budget: float, unit: str) -> None:
        nonlocal broken
        kept = value <= budget
        broken += not kept
        print(f"{'ok  ' if kept else 'OVER'} {what:<46} {value:>9,.2f} of {budget:,.0f} {unit}")

    with open_browser() as browser:
        given = sys.argv[1] if len(sys.argv) > 1 else None
        if given is not None:
            measure(browser, given, PAGES, judge)
        else:
            with product() as base:
                measure(browser, base, PAGES + DAG_PAGES, judge)
    return 1 if broken else 0


def measure(browser: Browser, base: str, pages: tuple[str, ...], judge) -> None:  # type: ignore[no-untyped-def]
    """Each page: its first load, and how still it is."""
    for path in pages:
        loads = [first_load(browser, base, path) for _ in range(ROUNDS)]
        if path not in DAG_PAGES:
            judge(f"{path}: JavaScript of the first load, gzipped", loads[0][0] / 1000, JAVASCRIPT_BYTES / 1000, "kB")
        judge(f"{path}: API calls", len(loads[0][1]), API_CALLS, f"calls ({', '.join(sorted(set(loads[0][1])))})")
        judge(f"{path}: usable", statistics.median(load[2] for load in loads), USABLE_SECONDS, "s")
        asked = idle(browser, base, path)
        judge(f"{path}: asked in {IDLE_SECONDS:g} s of rest", len(asked), 0, f"requests {asked[:3]}")


if __name__ == "__main__":
    sys.exit(main())
