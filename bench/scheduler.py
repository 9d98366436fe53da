"""What one step of the scheduler costs: on a SQLite file, with an executor that does nothing.

`python bench/scheduler.py` measures, in one run on one machine, an idle step and the whole life of one task (claim,
finish, the next one out; two commits) with few and with many active runs, DAGs and tasks, and prints how much dearer
the large world is than the small one.  The cost should follow what changes, not what exists.
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
from tradewind.store import Store

ROUNDS = 7


def engine(folder: Path, dags: int, runs: int, tasks: int) -> Engine:
    """A leader with `dags` DAGs, and `runs` active runs of a DAG of `tasks` tasks, 16 of which are out."""
    store = Store(f"sqlite:///{folder / 'bench.db'}", "dGVzdHMtdXNlLXRoaXMta2V5LWFuZC1ub2JvZHktZWw=")
    store.migrate()
    made = Engine(store, folder, slots=16)
    store.pools.set("default_pool", -1)
    made.add(*(dag(f"idle{i}", {"a": [], "b": ["a"]}, timetable=DAILY) for i in range(dags)))
    made.add(dag("busy", {f"t{i}": [] for i in range(tasks)}, max_active_tasks=100_000, max_active_runs=100_000))
    for _ in range(runs):
        store.actions.trigger_run("busy", now=made.clock.now())
    made.lead()
    assert len(made.executor.out()) == 16
    return made


def idle(made: Engine, steps: int = 300) -> float:
    """Seconds of a step in which nothing happened."""
    begin = time.perf_counter()
    for _ in range(steps):
        made.scheduler.step([])
    return (time.perf_counter() - begin) / steps


def one_task(made: Engine, tasks: int = 60) -> float:
    """Seconds from the claim of a task until its successor in the queue is out: two steps with a commit each."""
    executor, now = made.executor, made.clock.now()
    out = iter(executor.out())
    begin = time.perf_counter()
    for work in itertools.islice(out, tasks):
        made.scheduler.step([executor.claim(work, now)])
        made.scheduler.step([executor.finish(work, now)])
    return (time.perf_counter() - begin) / min(tasks, 16)


def measure(sizes: dict[str, tuple[int, int, int]]) -> dict[str, tuple[float, float, float]]:
    """Seconds to take the lead, of an idle step, and of one task, in worlds of these sizes; medians of rounds that take
    turns, so that all worlds see the same machine.
    """
    with tempfile.TemporaryDirectory() as root:
        worlds = {}
        for name, size in sizes.items():
            folder = Path(root) / name
            folder.mkdir()
            worlds[name] = engine(folder, *size)
        gc.freeze()  # the collector would walk through all worlds during the turn of one
        loads: dict[str, list[float]] = {name: [] for name in worlds}
        idles: dict[str, list[float]] = {name: [] for name in worlds}
        lives: dict[str, list[float]] = {name: [] for name in worlds}
        for _ in range(ROUNDS):
            for name, made in worlds.items():
                begin = time.perf_counter()
                made.scheduler.load()
                loads[name].append(time.perf_counter() - begin)
                idles[name].append(idle(made))
                lives[name].append(one_task(made))
        for made in worlds.values():
            made.store.close()
        gc.unfreeze()
    median = statistics.median
    return {name: (median(loads[name]), median(idles[name]), median(lives[name])) for name in worlds}


def compare(what: str, small: tuple[str, float], large: list[tuple[str, float]], show: Callable[[float], str]) -> None:
    shown = ", ".join(f"{name}: {show(value)} (x{value / small[1]:.2f})" for name, value in large)
    print(f"{what:<16} {small[0]}: {show(small[1])}, {shown}")


def main() -> None:
    worlds = {
        "active runs": {"10": (10, 10, 100), "100": (10, 100, 100), "1000": (10, 1000, 100)},
        "DAGs": {"10": (10, 10, 100), "100": (100, 10, 100), "2000": (2000, 10, 100)},
        "tasks in a run": {"100": (10, 1, 100), "1000": (10, 1, 1000), "10000": (10, 1, 10_000)},
    }
    for what, sizes in worlds.items():
        results = measure(sizes)
        print(f"--- {what}")
        for index, part in enumerate(("taking the lead", "idle step", "life of a task")):
            values = [(name, result[index]) for name, result in results.items()]
            per_second = index > 0
            compare(
                part,
                values[0],
                values[1:],
                (lambda value: f"{1 / value:,.0f}/s") if per_second else (lambda value: f"{value * 1000:,.0f} ms"),
            )


if __name__ == "__main__":
    main()
