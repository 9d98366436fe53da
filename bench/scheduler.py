"""What one step of the scheduler costs: on a SQLite file, with an executor that does nothing.

`python bench/scheduler.py [word]` measures, in one run on one machine, an idle step and the whole life of one task
(claim, finish, the next one out; two commits) with few and with many active runs, DAGs, tasks in a run and instances
of a mapped task (or only those worlds whose name has the word), and prints how much dearer the large world is than the
small one.  The cost should follow what changes, not what exists.  It is counted in processor time of this process, and
the worlds take turns every few tasks, so that other work on the machine moves the ratios little.
"""

from __future__ import annotations

import gc
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from support.engine import DAILY, Engine, dag
from tradewind.spec.dag import DagSpec, LengthSpec
from tradewind.store import Store

ROUNDS = 40
SLOTS = 16


def busy(tasks: int, mapped: bool) -> DagSpec:
    """A DAG of so many tasks, or of one with so many instances, and one task after all of them."""
    limits = {"max_active_tasks": 100_000, "max_active_runs": 100_000}
    if mapped:
        fields = {"m": {"mapped": True, "expand": LengthSpec(kind="literal", length=tasks)}}
        return dag("busy", {"m": [], "z": ["m"]}, fields=fields, **limits)
    names = [f"t{i}" for i in range(tasks)]
    return dag("busy", {**{name: [] for name in names}, "z": names}, **limits)


def engine(folder: Path, dags: int, runs: int, tasks: int, mapped: bool) -> Engine:
    """A leader with `dags` DAGs, and `runs` active runs of a DAG of `tasks` tasks, 16 of which are out."""
    store = Store(f"sqlite:///{folder / 'bench.db'}", "dGVzdHMtdXNlLXRoaXMta2V5LWFuZC1ub2JvZHktZWw=")
    store.migrate()
    made = Engine(store, folder, slots=SLOTS)
    store.pools.set("default_pool", -1)
    made.add(*(dag(f"idle{i}", {"a": [], "b": ["a"]}, timetable=DAILY) for i in range(dags)))
    made.add(busy(tasks, mapped))
    for _ in range(runs):
        store.actions.trigger_run("busy", now=made.clock.now())
    made.lead()
    assert len(made.executor.out()) == SLOTS
    return made


def load(made: Engine) -> float:
    """Seconds to read and decide everything, as after taking the lead."""
    begin = time.process_time()
    made.scheduler.load()
    return time.process_time() - begin


def idle(made: Engine, steps: int = 100) -> float:
    """Seconds of a step in which nothing happened."""
    begin = time.process_time()
    for _ in range(steps):
        made.scheduler.step([])
    return (time.process_time() - begin) / steps


def one_task(made: Engine, tasks: int = 8) -> float:
    """Seconds from the claim of a task until its successor in the queue is out: two steps with a commit each."""
    executor, now = made.executor, made.clock.now()
    works = list(itertools.islice(executor.out(), tasks))
    begin = time.process_time()
    for work in works:
        made.scheduler.step([executor.claim(work, now)])
        made.scheduler.step([executor.finish(work, now)])
    took = (time.process_time() - begin) / len(works)
    for work in works:
        del executor.submitted[work.attempt_id]  # the scripted executor looks at all that it ever had
    return took


def measure(sizes: dict[str, tuple[int, int, int, bool]]) -> dict[str, tuple[float, float, float]]:
    """Seconds to take the lead, of an idle step, and of one task, in worlds of these sizes; medians of rounds that take
    turns, so that all worlds see the same machine.
    """
    with tempfile.TemporaryDirectory() as root:
        worlds = {}
        loads: dict[str, float] = {}
        for name, size in sizes.items():
            folder = Path(root) / name
            folder.mkdir()
            worlds[name] = engine(folder, *size)
            loads[name] = min(load(worlds[name]), load(worlds[name]))
        gc.collect()
        gc.freeze()  # the collector would walk through all worlds during the turn of one
        idles: dict[str, list[float]] = {name: [] for name in worlds}
        lives: dict[str, list[float]] = {name: [] for name in worlds}
        for number in range(ROUNDS):
            names = list(worlds) if number % 2 else list(reversed(worlds))
            for name in names:
                idles[name].append(idle(worlds[name]))
                lives[name].append(one_task(worlds[name]))
        for made in worlds.values():
            made.store.close()
        gc.unfreeze()
    median = statistics.median
    return {name: (loads[name], median(idles[name]), median(lives[name])) for name in worlds}


def compare(what: str, small: tuple[str, float], large: list[tuple[str, float]], show: Callable[[float], str]) -> None:
    shown = ", ".join(f"{name}: {show(value)} (x{value / small[1]:.2f})" for name, value in large)
    print(f"{what:<16} {small[0]}: {show(small[1])}, {shown}", flush=True)


def main() -> None:
    worlds = {
        "active runs": {"10": (10, 10, 100, False), "100": (10, 100, 100, False), "1000": (10, 1000, 100, False)},
        "DAGs": {"10": (10, 10, 100, False), "100": (100, 10, 100, False), "2000": (2000, 10, 100, False)},
        "tasks in a run": {"400": (10, 1, 400, False), "1000": (10, 1, 1000, False), "10000": (10, 1, 10_000, False)},
        "mapped instances": {"400": (10, 1, 400, True), "1000": (10, 1, 1000, True), "10000": (10, 1, 10_000, True)},
    }
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    for what, sizes in worlds.items():
        if asked not in what:
            continue
        results = measure(sizes)
        print(f"--- {what}")
        for index, part in enumerate(("taking the lead", "idle step", "life of a task")):
            values = [(name, result[index]) for name, result in results.items()]
            show: Callable[[float], str] = (lambda s: f"{1 / s:,.0f}/s") if index else (lambda s: f"{s * 1000:,.0f} ms")
            compare(part, values[0], values[1:], show)


if __name__ == "__main__":
    main()
