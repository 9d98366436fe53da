"""How fast tasks go: throughput of no-op tasks in one run, and the gap between the tasks of a chain, read over REST.

`python bench/engine.py` starts a Tradewind of its own, runs each shape a few times, and compares it, in the same
minute on the same machine, with the least that an engine without warm workers pays for each task: the start of a
Python interpreter.
"""

from __future__ import annotations

import itertools
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from support.product import Product

DAGS = """
from datetime import datetime
from tradewind import DAG, PythonOperator

def nothing():
    pass

with DAG("wide", start_date=datetime(2024, 1, 1), schedule=None, max_active_tasks=1000):
    for i in range(200):
        PythonOperator(task_id=f"t{i}", python_callable=nothing)

with DAG("chain", start_date=datetime(2024, 1, 1), schedule=None):
    above = None
    for i in range(50):
        task = PythonOperator(task_id=f"t{i:02}", python_callable=nothing)
        if above:
            above >> task
        above = task
"""
ROUNDS = 5


def seconds(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def wide(product: Product) -> float:
    """Tasks per second of 200 no-op tasks, from the start of the run to the end of its last task."""
    run = product.trigger("wide")
    result = product.finished(run)
    assert result["state"] == "success"
    tasks = product.tasks(run)
    assert len(tasks) == 200 and {task["state"] for task in tasks} == {"success"}
    return 200 / (max(seconds(task["end_date"]) for task in tasks) - seconds(result["start_date"]))


def chain(product: Product) -> float:
    """Median milliseconds from the end of one task to the start of the next, in a chain of 50."""
    run = product.trigger("chain")
    assert product.finished(run)["state"] == "success"
    tasks = sorted(product.tasks(run), key=lambda task: task["task_id"])
    gaps = [seconds(after["start_date"]) - seconds(before["end_date"]) for before, after in itertools.pairwise(tasks)]
    return statistics.median(gaps) * 1000


def interpreter_start() -> float:
    """Milliseconds to start and end a Python interpreter."""
    times = []
    for _ in range(10):
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        times.append(time.perf_counter() - begin)
    return statistics.median(times) * 1000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        dags = Path(folder) / "dags"
        dags.mkdir()
        (dags / "bench.py").write_text(DAGS)
        with Product(Path(folder) / "home", dags) as product:
            wide(product)  # warms the workers, as in a service that runs for days
            rates = [wide(product) for _ in range(ROUNDS)]
            gaps = [chain(product) for _ in range(ROUNDS)]
            product.stop()
    start = interpreter_start()
    rate, gap = statistics.median(rates), statistics.median(gaps)
    print(f"200 no-op tasks in one run: {rate:.0f} tasks/s (rounds: {', '.join(f'{r:.0f}' for r in rates)})")
    print(f"chain of 50: {gap:.1f} ms from end to start, median (rounds: {', '.join(f'{g:.1f}' for g in gaps)})")
    print(f"a bare interpreter starts in {start:.1f} ms: the gap is {gap / start:.2f} of it")


if __name__ == "__main__":
    main()
