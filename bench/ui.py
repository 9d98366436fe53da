"""What the web UI costs, in a real browser: a line for each budget; ends with status 1 when one is not kept.

    python bench/ui.py                          # a Tradewind of its own: the examples, large graphs, a log of 1 GB
    python bench/ui.py --seeded sqlite:///path  # a database of bench/seed.py: lists, grids, timelines, the palette

`--only TEXT` measures what has the text in its name, `--rounds N` how often each page is loaded (the median counts).
Where others use the machine as well, times are judged without what they took: divided by how much longer a fixed sum
takes in a blank page than at its best, right before, by three at most.  What was measured stands behind them.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(Path(__file__).parent)]

from seed import KEY  # noqa: E402
from ui_probe import SIZE, at_rest, control, drag, first_load, frames, longest_task, scroll, usable, watched  # noqa: E402

from support.browser import open_browser  # noqa: E402
from support.product import TRADEWIND, Product, clean_env, free_port  # noqa: E402
from tradewind.store import Store  # noqa: E402

JAVASCRIPT_KB, API_CALLS, USABLE_SECONDS, STILL_MS, FRAMES, IDLE_SECONDS = 200, 5, 1.0, 200, 50, 5.0
LOG_BYTES = 1_000_000_000
PAGES = [
    "/",
    "/dags",
    "/runs",
    "/assets",
    "/assets/lineage",
    "/assets/events",
    "/schedule",
    "/schedule/backfill",
    "/actions",
    "/account",
    "/login",
    "/docs",
    "/admin/variables",
    "/admin/connections",
    "/admin/pools",
    "/admin/health",
    "/admin/config",
    "/admin/plugins",
    "/admin/providers",
    "/admin/users",
    "/admin/tokens",
    "/admin/audit",
]
DAG_PAGES = [
    "",
    *["/grid", "/graph", "/gantt", "/calendar", "/runs", "/tasks", "/backfills", "/code", "/details", "/events"],
]
RUN_PAGES = ("", "/grid", "/graph", "/timeline", "/compare", "/assets", "/details", "/events")
RESTING = ("/", "/dags", "/grid", "/graph", "/schedule")
GRAPHS = (1000, 3000)
DAG_FILES = """
from airflow.sdk import DAG, task
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG("graph_1000", schedule=None) as one, DAG("graph_3000", schedule=None) as three:
    pass
for dag, count in ((one, 1000), (three, 3000)):
    tasks = [EmptyOperator(task_id=f"task_{number}", dag=dag) for number in range(count)]
    for number in range(10, count):
        layer = (number // 10 - 1) * 10
        [tasks[layer + number * 7 % 10], tasks[layer + (number * 3 + 1) % 10]] >> tasks[number]

with DAG("talks", schedule=None):

    @task
    def fails():
        print("one of many lines")
        raise ValueError("row count 99 < 100")

    fails()
"""


@dataclass(slots=True)
class Bench:
    """A browser, and what was found."""

    browser: Browser
    base: str
    rounds: int
    only: str
    broken: int = 0
    controls: list[tuple[float, float, float]] = field(default_factory=list)

    def wanted(self, name: str) -> bool:
        """Whether this is to be measured; also looks at what others take of the machine."""
        if self.only not in name:
            return False
        self.controls.append(control(self.browser))
        return True

    def slower(self) -> float:
        """How many times slower others make this machine now; more than three times is not believed."""
        return min(3.0, max(1.0, self.controls[-1][1] / min(best for *_, best in self.controls)))

    def judge_time(self, what: str, value: float, budget: float, unit: str) -> None:
        """Print a line for a time that others may have made longer."""
        slower = self.slower()
        self.judge(what, value / slower, budget, unit if slower < 1.05 else f"{unit} ({value:,.2f} measured)")

    def judge(self, what: str, value: float, budget: float, unit: str, *, least: bool = False) -> None:
        """Print a line; `least`: the budget is the smallest that is good enough."""
        kept = value >= budget if least else value <= budget
        self.broken += not kept
        word = "at least" if least else "of"
        print(f"{'ok  ' if kept else 'OVER'} {what:<58} {value:>9,.2f} {word} {budget:,.0f} {unit}", flush=True)

    def page(self, path: str, ready: str | None = None, name: str = "") -> None:
        """The first load of a page, and how still it is then."""
        name = name or path
        if not self.wanted(name):
            return
        loads = [first_load(self.browser, self.base, path, ready) for _ in range(self.rounds)]
        most = max(loads, key=lambda load: len(load.calls)).calls
        self.judge(f"{name}: JavaScript, gzipped", max(load.script_bytes for load in loads) / 1000, JAVASCRIPT_KB, "kB")
        self.judge(f"{name}: API calls", len(most), API_CALLS, "calls" if len(most) <= API_CALLS else f"calls: {most}")
        self.judge_time(f"{name}: usable", statistics.median(load.seconds for load in loads), USABLE_SECONDS, "s")
        self.judge_time(f"{name}: longest task", statistics.median(load.longest_task for load in loads), STILL_MS, "ms")
        if path in RESTING or path.endswith(RESTING[2:]):
            asked = at_rest(self.browser, self.base, path, IDLE_SECONDS)
            self.judge(f"{name}: asked in {IDLE_SECONDS:g} s of rest", len(asked), 0, f"requests {asked[:3] or ''}")

    def moves(self, path: str, name: str, where: str, *ways: tuple[int, int]) -> None:
        """Frames while the page is scrolled over `where`: pixels to the right and down; without ways it is dragged."""
        if not self.wanted(f"{name} moved"):
            return
        for way in ways or (None,):
            found = []
            for _ in range(self.rounds):
                context = self.browser.new_context(base_url=self.base, viewport=SIZE)  # type: ignore[arg-type]
                page = watched(context, where)
                page.goto(path)
                usable(page)
                found.append(
                    frames(page, lambda way=way, page=page: scroll(page, where, *way) if way else drag(page, where))  # type: ignore[misc]
                )
                context.close()
            word = "dragged" if way is None else "to the side" if way[0] else "down"
            shown, still = (statistics.median(one) for one in zip(*found, strict=True))
            self.judge(f"{name}, {word}", shown, FRAMES, "frames/s", least=True)
            self.judge_time(f"{name}, {word}: longest task", still, STILL_MS, "ms")

    def palette(self, text: str) -> None:
        """From the last key until what was searched for stands there."""
        if not self.wanted("palette"):
            return
        context = self.browser.new_context(base_url=self.base, viewport=SIZE)  # type: ignore[arg-type]
        page = watched(context)
        page.goto("/")
        usable(page)
        took, still = [], []
        for turn in range(self.rounds):
            page.keyboard.press("Control+k")
            field_ = page.get_by_role("dialog").get_by_role("combobox")
            field_.fill(text[: -2 - turn % 2])
            page.wait_for_timeout(300)
            page.evaluate("probe.long.length = 0")
            begun = time.perf_counter()
            field_.fill(text)
            page.get_by_role("option", name=text).first.wait_for()
            took.append(time.perf_counter() - begun)
            still.append(longest_task(page))
            page.keyboard.press("Escape")
        context.close()
        self.judge_time("palette: found", statistics.median(took), USABLE_SECONDS, "s")
        self.judge_time("palette: longest task", statistics.median(still), STILL_MS, "ms")

    def end(self) -> int:
        """Say how busy the machine was; the exit status."""
        if self.controls:
            shown, took, _ = (statistics.median(one) for one in zip(*self.controls, strict=True))
            slower = took / min(best for *_, best in self.controls)
            print(
                f"     a blank page meanwhile: {shown:.0f} frames/s; others made this machine {slower:.1f} times slower"
            )
        print(f"     {self.broken} budgets are not kept" if self.broken else "     all budgets are kept")
        return 1 if self.broken else 0


def examples(bench: Bench, running: Product) -> None:
    """The pages of a small installation, large graphs, and a long log."""
    run = running.trigger("my_first_dag")
    running.finished(run)
    for count in GRAPHS:
        running.dag(f"graph_{count}")
    # examples whose data is not here try again for minutes; from now on nothing changes
    for other in running.api("GET", "/api/v2/dags/~/dagRuns?state=queued&state=running")["dag_runs"]:
        path = f"/api/v2/dags/{other['dag_id']}/dagRuns/{quote(other['dag_run_id'], safe='')}"
        running.api("PATCH", path, {"state": "failed"})
        running.finished(path)
    for path in PAGES:
        bench.page(path)
    for tab in DAG_PAGES:
        bench.page(f"/dags/my_first_dag{tab}")
    page = page_of(run)
    for tab in RUN_PAGES:
        bench.page(f"{page}{tab}", name=f"run{tab}")
    bench.page(f"{page}/tasks/print_hello", name="task")
    bench.page(f"/dags/my_first_dag/graph?run={page.rpartition('/')[2]}", name="graph of a run")
    for count in GRAPHS:
        bench.page(f"/dags/graph_{count}/graph", "[data-board] [data-id]", f"graph of {count} tasks")
        bench.moves(f"/dags/graph_{count}/graph", f"graph of {count} tasks", "[data-board]")
    if bench.only in "log of 1 GB":
        run = running.trigger("talks")
        running.finished(run)
        lengthen(next((running.home / "logs").rglob("*task_id=fails*/**/*.log")))
        bench.page(f"{page_of(run)}/tasks/fails", "main .border-danger h2", "log of 1 GB")


def lengthen(log: Path) -> None:
    """Put so many lines before the error of a log that it has `LOG_BYTES`."""
    lines = log.read_bytes().splitlines(keepends=True)
    spoken = next(index for index, line in enumerate(lines) if b"one of many lines" in line)
    block = lines[spoken] * (1 + 1_000_000 // len(lines[spoken]))
    with log.open("wb") as file:
        file.writelines(lines[:spoken])
        for _ in range(LOG_BYTES // len(block)):
            file.write(block)
        file.writelines(lines[spoken:])


def page_of(run: str) -> str:
    """The page of a run, from its path in the API."""
    return run.removeprefix("/api/v2").replace("/dagRuns/", "/runs/")


def seeded(bench: Bench, url: str) -> None:
    """The pages of a large installation: 2,000 DAGs, a run of 10,000 tasks, 1,000 tasks with 100 runs."""
    from addresses import places

    with Store(url, KEY) as store:
        at = places(store)
    small, run = at.one
    for path in PAGES:
        bench.page(path)
    for dag_id in ("wide", small):
        for tab in DAG_PAGES:
            bench.page(f"/dags/{dag_id}{tab}")
    for tab in RUN_PAGES:
        bench.page(f"/dags/huge/runs/{at.huge}{tab}", name=f"run of 10,000 tasks{tab}")
    bench.page(f"/dags/mapped/runs/{at.mapped}", name="run of 5,000 mapped instances")
    bench.page(f"/dags/{small}/runs/{run}/tasks/extract", name="task")
    bench.page(f"/dags/{small}/grid?run={run}&task=extract", name="grid with a task")
    bench.page(f"/dags/{small}/graph?run={run}", name="graph of a run")
    bench.moves("/dags/wide/grid", "grid of 1,000 tasks and 100 runs", "main canvas", (0, 9000), (-3000, 0))
    bench.moves(f"/dags/huge/runs/{at.huge}/grid", "grid of 10,000 tasks", "main canvas", (0, 9000))
    bench.moves(f"/dags/huge/runs/{at.huge}/timeline", "timeline of 10,000 tasks", "main canvas", (0, 9000))
    bench.moves("/dags/wide/graph", "graph of 1,000 tasks in groups", "[data-board]")
    bench.palette(small)


@contextmanager
def served(url: str) -> Iterator[str]:
    """An API server on a database; gives its address."""
    port = free_port()
    with tempfile.TemporaryDirectory() as home:
        env = clean_env(TRADEWIND_DATABASE_URL=url, TRADEWIND_SECRET_KEY=KEY)
        arguments = [TRADEWIND, "api-server", "--no-auth", "--port", str(port), "--home", home]
        server = subprocess.Popen(arguments, env=env, stdout=subprocess.DEVNULL)
        try:
            base = f"http://127.0.0.1:{port}"
            answers(server, base)
            yield base
        finally:
            server.terminate()
            server.wait(30)


def answers(server: subprocess.Popen[bytes], base: str) -> None:
    """Wait until the server does.  RuntimeError when it ended instead."""
    while server.poll() is None:
        with suppress(URLError, ConnectionError), urlopen(f"{base}/api/tradewind/home", timeout=60):
            return
        time.sleep(0.1)
    raise RuntimeError(f"the server ended with status {server.returncode}")


def main() -> int:
    """Measure, print, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeded", metavar="URL", help="a database of bench/seed.py")
    parser.add_argument("--only", default="", metavar="TEXT")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with open_browser() as browser:
        if given.seeded is not None:
            with served(given.seeded) as base:
                bench = Bench(browser, base, given.rounds, given.only)
                seeded(bench, given.seeded)
                return bench.end()
        with tempfile.TemporaryDirectory() as folder:
            dags = Path(folder) / "dags"
            dags.mkdir()
            (dags / "large.py").write_text(DAG_FILES)
            for example in (ROOT / "examples").glob("*.py"):
                (dags / example.name).write_text(example.read_text())
            with Product(Path(folder) / "home", dags) as running:
                bench = Bench(browser, f"http://127.0.0.1:{running.port}", given.rounds, given.only)
                examples(bench, running)
                return bench.end()


if __name__ == "__main__":
    sys.exit(main())
