"""What a large graph costs in the browser: until it is drawn, and while it is moved.

    python bench/graph.py [TASKS ...]      # numbers of tasks; default 300 1000 3000

Each DAG has layers of ten tasks, each of which follows two of the layer before, and no groups that could be shut.
Prints the seconds until the first task stands, beyond what a graph of twenty tasks takes (loading the page and what
draws it), and the frames per second while the picture is dragged; ends with status 1 when a graph takes longer than
the budget.  Times are of this machine, to be read side by side.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from support.browser import open_browser  # noqa: E402
from support.product import Product  # noqa: E402

MORE_SECONDS = 2.0
SMALL = 20
TASKS = (300, 1000, 3000)
WIDTH = 10
DAG = """
from airflow.sdk import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG("graph_{count}", schedule=None):
    tasks = [EmptyOperator(task_id=f"task_{{number}}") for number in range({count})]
    for number in range({width}, {count}):
        layer = (number // {width} - 1) * {width}
        [tasks[layer + number * 7 % {width}], tasks[layer + (number * 3 + 1) % {width}]] >> tasks[number]
"""
DRAG = """async () => {
  const pane = document.querySelector('.react-flow__pane')
  const { left, top, width, height } = pane.getBoundingClientRect()
  const at = (step) => ({
    clientX: left + width * (0.8 - step * 0.006), clientY: top + height * 0.5, bubbles: true, button: 0, buttons: 1,
    pointerId: 1, view: window,
  })
  const frame = () => new Promise((done) => requestAnimationFrame(done))
  pane.dispatchEvent(new MouseEvent('mousedown', at(0)))
  const start = performance.now()
  for (let step = 1; step <= 100; step++) {
    window.dispatchEvent(new MouseEvent('mousemove', at(step)))
    await frame()
  }
  const seconds = (performance.now() - start) / 1000
  window.dispatchEvent(new MouseEvent('mouseup', at(100)))
  return 100 / seconds
}"""


def first_picture(page: Page, count: int) -> float:
    """Seconds from the start of the page until tasks stand in the graph."""
    page.goto(f"/dags/graph_{count}/graph")
    expect(page.locator(".react-flow__node").first).to_be_visible(timeout=120_000)
    return float(page.evaluate("performance.now()")) / 1000


def measure(browser: Browser, base: str, counts: tuple[int, ...]) -> int:
    """Print a line for each DAG; how many were too slow."""
    slow, small = 0, 0.0
    for count in (SMALL, *counts):
        page = browser.new_page(base_url=base, viewport={"width": 1440, "height": 900})
        seconds = first_picture(page, count)
        frames = float(page.evaluate(DRAG))
        page.close()
        small = small or seconds
        kept = seconds - small <= MORE_SECONDS
        slow += not kept
        print(
            f"{'ok  ' if kept else 'OVER'} {count:>5} tasks: first picture after {seconds:6.2f} s "
            f"({seconds - small:+.2f} of {MORE_SECONDS:g} s), {frames:5.1f} frames/s while dragged",
            flush=True,
        )
    return slow


def main() -> int:
    """Serve the DAGs, look at each."""
    counts = tuple(map(int, sys.argv[1:])) or TASKS
    with tempfile.TemporaryDirectory() as folder:
        dags = Path(folder) / "dags"
        dags.mkdir()
        for count in (SMALL, *counts):
            (dags / f"graph_{count}.py").write_text(DAG.format(count=count, width=WIDTH))
        with Product(Path(folder) / "home", dags) as running, open_browser() as browser:
            for count in (SMALL, *counts):
                running.dag(f"graph_{count}")
            return 1 if measure(browser, f"http://127.0.0.1:{running.port}", counts) else 0


if __name__ == "__main__":
    sys.exit(main())
