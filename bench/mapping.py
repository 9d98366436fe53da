"""How a task that is mapped over ten thousand values runs, and whether it holds up others, read over REST.

`python bench/mapping.py [instances]` starts a Tradewind of its own with two DAGs: one whose mapped task gets as many
instances as asked for, and a small one that is triggered again and again meanwhile.  It prints how long the expansion
took, how many instances ran per second, and what a run of the small DAG took before and meanwhile.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import threading
import time
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from support.product import Product

DAGS = """
from datetime import datetime
from tradewind import DAG, task

with DAG("mapped", start_date=datetime(2024, 1, 1), schedule=None, max_active_tasks=64):

    @task
    def values():
        return list(range({instances}))

    @task
    def one(value):
        return value

    @task
    def total(found):
        return sum(found)

    total(one.expand(value=values()))

# more important, as it would be in life: equals go in the order of their dates
with DAG("small", start_date=datetime(2024, 1, 1), schedule=None, default_args={{"priority_weight": 10}}):

    @task
    def nothing():
        pass

    nothing()
"""


def seconds(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def small_run(product: Product) -> float:
    """Seconds from the trigger of a small run to its end."""
    run = product.finished(product.trigger("small"))
    return seconds(run["end_date"]) - seconds(run["queued_at"])


def main(instances: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        dags = Path(folder) / "dags"
        dags.mkdir()
        (dags / "mapped.py").write_text(DAGS.format(instances=instances))
        env = {"AIRFLOW__CORE__MAX_MAP_LENGTH": str(instances)}
        with Product(Path(folder) / "home", dags, env=env) as product:
            alone = [small_run(product) for _ in range(10)]
            path = product.trigger("mapped")
            beside: list[float] = []
            ended = threading.Event()

            def others() -> None:
                while not ended.is_set():
                    beside.append(small_run(product))

            thread = threading.Thread(target=others)
            thread.start()
            tasks = f"{path}/taskInstances"
            product.wait(lambda: product.api("GET", f"{tasks}/values")["state"] == "success", "values there")
            started = time.monotonic()
            listed = f"{tasks}/one/listMapped?limit=1"
            product.wait(
                lambda: product.api("GET", listed)["total_entries"] >= instances - 1, "all instances there", 300
            )
            expanded = time.monotonic() - started
            run = product.finished(path, 900)
            ended.set()
            thread.join()
            assert run["state"] == "success", run
            took = seconds(run["end_date"]) - seconds(run["start_date"])
            print(f"{instances} instances: expanded in {expanded:.2f} s, {instances / took:.0f} per second in all")
            print(f"a small run alone: median {1000 * statistics.median(alone):.0f} ms")
            print(
                f"{len(beside)} small runs meanwhile: median {1000 * statistics.median(beside):.0f} ms, "
                f"slowest {1000 * max(beside):.0f} ms"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
