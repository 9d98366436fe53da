"""kill -9 of what runs callbacks, of the scheduler and of everything in the middle of callbacks, on both databases.

None begins twice, none that was not begun is lost, and what died in the middle is told of.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from support.product import Product, alive, kill
from tradewind.store import Store

DAG = textwrap.dedent('''
    """The callback of each run notes that it begins, waits until it may go on, and notes that it ends."""
    import os, time
    from datetime import datetime
    from tradewind import DAG, PythonOperator

    NOTES = os.environ["NOTES"]

    def note(run_id, what):
        with open(f"{NOTES}/notes", "a") as file:
            file.write(f"{run_id} {what} {os.getpid()}\\n")

    def told(context):
        note(context["run_id"], "start")
        while not os.path.exists(f"{NOTES}/go"):
            time.sleep(0.01)
        note(context["run_id"], "end")

    with DAG("told", start_date=datetime(2024, 1, 1), schedule=None, on_success_callback=told):
        PythonOperator(task_id="a", python_callable=print)
''')
RUNS = 8


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request):
    """The embedded one, or PostgreSQL, whose server is not killed."""
    return request.getfixturevalue("postgres_url") if request.param == "postgresql" else None


@pytest.fixture
def product(tmp_path, database):
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags" / "told.py").write_text(DAG)
    (tmp_path / "notes").mkdir()
    env = {"NOTES": str(tmp_path / "notes"), **({"TRADEWIND_DATABASE_URL": database} if database else {})}
    with Product(tmp_path / "home", tmp_path / "dags", env=env, arguments=("--slots", "4")) as product:
        yield product


def notes(product: Product) -> list[list[str]]:
    path = Path(product.env["NOTES"]) / "notes"
    return [line.split() for line in path.read_text().splitlines()] if path.exists() else []


def noted(product: Product, what: str) -> list[str]:
    """The runs whose callback noted this."""
    return [run_id for run_id, word, _ in notes(product) if word == what]


def begun(product: Product, run: str) -> int:
    """Wait until the callback of a run is in the middle; the process that runs it."""
    product.wait(lambda: noted(product, "start"), "a callback begins")
    (pid,) = {int(pid) for run_id, word, pid in notes(product) if word == "start" and run_id in _id(product, run)}
    return pid


def _id(product: Product, run: str) -> str:
    return str(product.api("GET", run)["dag_run_id"])


def go(product: Product) -> None:
    (Path(product.env["NOTES"]) / "go").touch()


def lost(product: Product) -> list[Any]:
    """What the event log says of callbacks that died in the middle."""
    return list(product.api("GET", "/api/v2/eventLogs?event=callback_lost&limit=100")["event_logs"])


def scheduler_pid(product: Product) -> int:
    url = product.env.get("TRADEWIND_DATABASE_URL") or f"sqlite:///{product.home}/tradewind.db"
    with Store(url) as store, store.engine.connect() as connection:
        process = connection.exec_driver_sql("select process from lease where name = 'scheduler'").scalar_one()
    return int(process.split(":")[0])


def check_lost_once(product: Product, run: str) -> None:
    """The callback of the run died in the middle: told of in the event log, not begun again, and others go on."""
    run_id = _id(product, run)
    (event,) = product.wait(lambda: lost(product), "the loss is told of")
    assert (event["dag_id"], event["run_id"]) == ("told", run_id)
    go(product)
    other = _id(product, product.trigger("told"))
    product.wait(lambda: other in noted(product, "end"), "the callback of another run ends")
    assert Counter(noted(product, "start")) == {run_id: 1, other: 1}
    assert noted(product, "end") == [other]


def test_the_process_that_runs_a_callback_is_killed(product):
    run = product.trigger("told")
    kill(begun(product, run))
    check_lost_once(product, run)


def test_the_scheduler_is_killed_in_the_middle_of_a_callback(product):
    run = product.trigger("told")
    worker, scheduler = begun(product, run), scheduler_pid(product)
    kill(scheduler)
    product.wait(lambda: not alive(scheduler) and scheduler_pid(product) != scheduler, "another scheduler leads")
    check_lost_once(product, run)
    assert not alive(worker), "what it had started was ended before it was told of"


def test_everything_is_killed_while_callbacks_run_and_wait(product):
    """Callbacks take half of the places, so that some are granted and others wait when all processes die."""
    runs = [product.trigger("told") for _ in range(RUNS)]
    for run in runs:
        product.finished(run)
    for count in (2, 4):
        product.wait(lambda count=count: len(noted(product, "start")) >= count, f"{count} callbacks began")
        pids = product.pids()
        product.kill()
        product.start()
        assert not [pid for pid in pids if alive(pid)]
    killed = noted(product, "start")[:4]
    go(product)
    product.wait(lambda: len(noted(product, "end")) + len(lost(product)) >= RUNS, "each of them is over")
    assert max(Counter(noted(product, "start")).values()) == 1, "none began twice"
    ended, told = noted(product, "end"), [event["run_id"] for event in lost(product)]
    assert sorted(ended + told) == sorted(_id(product, run) for run in runs), "each ended, or is told of, once"
    assert set(killed) <= set(told)
