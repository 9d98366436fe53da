"""What `bench/ui.py` measures in a browser: first loads, requests at rest, frames while something moves, long tasks."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from playwright.sync_api import Browser, BrowserContext, Page

SIZE = {"width": 1440, "height": 900}
PATIENCE = 60_000
STREAM = "/api/tradewind/events"
STAYS_MS = 700
"""So long a page stays as it is before it counts as there."""
# Usable: the heading stands, nothing is a placeholder, nothing says that it is busy.  The moment is taken in the page,
# so that it does not matter when this process looks.
_PROBE = """(() => {
  const probe = { since: null, long: [], frames: [], watch: true, ready: null }
  window.probe = probe
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) probe.long.push([entry.startTime, entry.duration])
  }).observe({ type: 'longtask', buffered: true })
  const there = () => {
    return document.querySelector('h1') !== null &&
      document.querySelector('[data-loading], [aria-busy=true]') === null &&
      (probe.ready === null || document.querySelector(probe.ready) !== null)
  }
  const look = () => {
    probe.since = there() ? (probe.since ?? performance.now()) : null
    if (probe.watch) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})()"""
_RESOURCES = """() => performance.getEntriesByType('resource')
  .filter((entry) => !entry.name.includes('/api/tradewind/events'))
  .map((entry) => [entry.name, entry.startTime, entry.responseEnd])"""
_FRAMES = """() => {
  probe.frames = []
  probe.moving = true
  let last = performance.now()
  const frame = (now) => {
    probe.frames.push(now - last)
    last = now
    if (probe.moving) requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}"""


@dataclass(frozen=True, slots=True)
class Load:
    """The first load of a page, with an empty cache."""

    script_bytes: int
    """Of the JavaScript that had come when the page was usable, compressed by gzip."""
    calls: list[str]
    """Paths of the API that were asked, the stream of changes too."""
    seconds: float
    """Until the page was usable."""
    longest_task: float
    """Milliseconds that the page stood still at the most."""


def first_load(browser: Browser, base: str, path: str, ready: str | None = None) -> Load:
    """Open a page; `ready`: what else must be there before it is usable."""
    context = browser.new_context(base_url=base, viewport=SIZE)  # type: ignore[arg-type]
    page = watched(context, ready)
    opened: list[str] = []
    page.on("request", lambda request: opened.append(urlsplit(request.url).path))
    page.goto(path)
    seconds = usable(page)
    page.wait_for_timeout(STAYS_MS)  # the stream opens when all parts are there
    found = page.evaluate(_RESOURCES)
    scripts = [url for url, _, end in found if end <= seconds * 1000 and urlsplit(url).path.endswith(".js")]
    asked = [(urlsplit(url).path, start) for url, start, _ in found if urlsplit(url).path.startswith("/api/")]
    # what is asked again afterwards is no part of the load: a long log is looked through while it is read
    calls = [at for at, start in asked if start <= seconds * 1000]
    calls += sorted({at for at, start in asked if start > seconds * 1000 and at not in calls})
    calls += [at for at in opened if at == STREAM]
    load = Load(sum(map(_gzipped, scripts)), calls, seconds, longest_task(page))
    context.close()
    return load


def watched(context: BrowserContext, ready: str | None = None) -> Page:
    """A page that looks at itself."""
    page = context.new_page()
    page.add_init_script(_PROBE)
    if ready is not None:
        page.add_init_script(f"probe.ready = {ready!r}")
    page.set_default_timeout(PATIENCE)
    return page


def usable(page: Page) -> float:
    """Wait until the page is usable and stays so; seconds from the start of its load until it was.

    Raises TimeoutError.
    """
    deadline = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(f"probe.since !== null && performance.now() - probe.since > {STAYS_MS}"):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{page.url} is not usable after {PATIENCE / 1000:g} s")
        page.wait_for_timeout(50)
    return float(page.evaluate("(probe.watch = false, probe.since)")) / 1000


def longest_task(page: Page) -> float:
    """Milliseconds of the longest task of the page so far."""
    return float(page.evaluate("Math.max(0, ...probe.long.map(([, duration]) => duration))"))


def at_rest(browser: Browser, base: str, path: str, seconds: float) -> list[str]:
    """What is asked while nothing changes."""
    context = browser.new_context(base_url=base, viewport=SIZE)  # type: ignore[arg-type]
    page = watched(context)
    page.goto(path)
    usable(page)
    page.get_by_text("Live", exact=True).wait_for()
    page.wait_for_timeout(500)
    calls: list[str] = []
    page.on("request", lambda request: calls.append(request.url))
    page.wait_for_timeout(seconds * 1000)
    context.close()
    return calls


def frames(page: Page, move: Callable[[], None]) -> tuple[float, float]:
    """(frames per second, milliseconds of the longest task) while `move` goes on."""
    page.evaluate("probe.long.length = 0")
    page.evaluate(_FRAMES)
    move()
    took = page.evaluate("(probe.moving = false, probe.frames)")[1:]
    return 1000 * len(took) / max(1.0, sum(took)), longest_task(page)


def scroll(page: Page, where: str, right: int, down: int) -> None:
    """Turn the wheel over an element, as a person does: so many pixels to the right and down, 3,000 in a second."""
    box = page.locator(where).first.bounding_box()
    assert box is not None
    page.context.new_cdp_session(page).send(
        "Input.synthesizeScrollGesture",
        {
            "x": box["x"] + box["width"] * 0.6,
            "y": box["y"] + box["height"] * 0.6,
            "xDistance": -right,
            "yDistance": -down,
            "speed": 3000,
            "gestureSourceType": "mouse",
            "preventFling": True,
        },
    )


def drag(page: Page, where: str) -> None:
    """Move what is under the pointer by most of its width, and back."""
    box = page.locator(where).first.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.8, middle)
    page.mouse.down()
    for place in (0.2, 0.8):
        page.mouse.move(box["x"] + box["width"] * place, middle + 40 * place, steps=60)
    page.mouse.up()


def control(browser: Browser) -> tuple[float, float, float]:
    """(frames per second of a blank page, milliseconds that a fixed sum takes mostly, and at its best): what others
    take of this machine while the measurements are made.
    """
    context = browser.new_context(viewport=SIZE)  # type: ignore[arg-type]
    page = watched(context)
    page.goto("data:text/html,<h1>blank</h1>")
    shown, _ = frames(page, lambda: page.wait_for_timeout(1000))
    sums = page.evaluate("""() => Array.from({ length: 150 }, () => {
      const start = performance.now()
      let sum = 0
      for (let at = 0; at < 2e6; at++) sum += at % 7
      return performance.now() - start + 0 * sum
    })""")
    context.close()
    # what is not compiled yet is slow by itself
    return shown, statistics.fmean(sums[20:]), min(sums)


@cache
def _gzipped(url: str) -> int:
    with urlopen(Request(url, headers={"accept-encoding": "gzip"})) as answer:
        return len(answer.read())
