"""The stream of events of the whole product: what a client was told is what REST says, although the scheduler was
killed with -9 in the middle; and a stop does not wait for open streams.
"""

from __future__ import annotations

import json
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from support.product import Product, alive, kill
from tradewind.store import Store

DAG = textwrap.dedent("""
    import time
    from datetime import datetime
    from tradewind import DAG, PythonOperator

    def work():
        time.sleep(0.15)

    with DAG("watched", start_date=datetime(2024, 1, 1), schedule=None):
        above = None
        for layer in range(8):
            task = PythonOperator(task_id=f"t{layer}", python_callable=work)
            if above:
                above >> task
            above = task
""")


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags" / "watched.py").write_text(DAG)
    with Product(tmp_path / "home", tmp_path / "dags") as product:
        yield product


def scheduler_pid(product: Product) -> int:
    with Store(f"sqlite:///{product.home}/tradewind.db") as store, store.engine.connect() as connection:
        process = connection.exec_driver_sql("select process from lease where name = 'scheduler'").scalar_one()
    return int(process.split(":")[0])


def test_a_watcher_knows_the_truth_although_the_scheduler_was_killed(product: Product) -> None:
    product.dag("watched")
    position = product.api("GET", "/api/tradewind/session")["position"]
    tasks: dict[str, Any] = {}
    states: list[str] = []
    half, over = threading.Event(), threading.Event()
    kinds: set[str] = set()

    def watch() -> None:
        topics = ["dag:watched", f"run:watched/{quote('the+run', safe='')}"]
        params = {"topic": topics, "position": position}
        with httpx.stream("GET", f"http://127.0.0.1:{product.port}/api/tradewind/events", params=params) as answer:
            for line in answer.iter_lines():
                if not line.startswith("data: "):
                    continue
                event = json.loads(line[6:])
                kinds.add(event["kind"])
                if event["kind"] == "tasks":
                    tasks.update({item["task_id"]: item for item in event["items"]})
                if sum(item["state"] == "success" for item in tasks.values()) >= 3:
                    half.set()
                if event["kind"] == "run":
                    states.append(event["run"]["state"])
                    if event["run"]["state"] == "success":
                        over.set()

    watcher = threading.Thread(target=lambda: _until_cut(watch), daemon=True)
    watcher.start()
    run = product.trigger("watched", dag_run_id="the+run")
    assert half.wait(60)
    pid = scheduler_pid(product)
    kill(pid)
    product.wait(lambda: not alive(pid) and scheduler_pid(product) != pid, "another scheduler leads")
    assert product.finished(run)["state"] == "success"
    assert over.wait(60) and "reset" not in kinds
    for task in product.tasks(run):
        told = tasks[task["task_id"]]
        assert (told["state"], told["try_number"]) == (task["state"], task["try_number"])
    assert states[-1] == "success" and len(tasks) == 8
    assert product.stop() == 0
    watcher.join(60)
    assert not watcher.is_alive()


def _until_cut(watch: Any) -> None:
    try:
        watch()
    except httpx.TransportError:
        return  # the server stopped
