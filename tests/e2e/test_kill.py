"""kill -9 of the scheduler, of a worker, of everything: the run completes, nothing runs twice at once, nothing is
lost.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from support.product import Product, alive, kill
from tradewind.store import Store

DAG = textwrap.dedent('''
    """Every task notes when it runs, and cries when it meets itself."""
    import fcntl, os, time
    from datetime import datetime
    from tradewind import DAG, BashOperator, PythonOperator

    NOTES = os.environ["NOTES"]

    def work(task_id, **context):
        note(task_id, "start", context["ti"].try_number)
        with open(f"{NOTES}/{task_id}.lock", "w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                note(task_id, "overlap", context["ti"].try_number)
                raise
            time.sleep(0.4)
        note(task_id, "end", context["ti"].try_number)
        return task_id

    def note(task_id, what, try_number):
        with open(f"{NOTES}/notes", "a") as file:
            file.write(f"{task_id} {what} {try_number} {os.getpid()}\\n")

    with DAG("killed", start_date=datetime(2024, 1, 1), schedule=None, max_active_tasks=4):
        above = None
        for layer in range(4):
            tasks = [
                PythonOperator(task_id=f"t{layer}{i}", python_callable=work, op_args=[f"t{layer}{i}"]) for i in range(4)
            ]
            # a shell holds the lock as well: what a dead worker started must be gone before the next try
            shell = BashOperator(
                task_id=f"shell{layer}",
                bash_command=f"flock -n {NOTES}/shell{layer}.lock sleep 0.4 || echo overlap >> {NOTES}/notes",
            )
            if above:
                for task in [*tasks, shell]:
                    above >> task
            above = [*tasks, shell]
''')


@pytest.fixture
def database():
    """The embedded one; a test may ask for another."""
    return


@pytest.fixture
def product(tmp_path, database):
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags" / "killed.py").write_text(DAG)
    (tmp_path / "notes").mkdir()
    env = {"NOTES": str(tmp_path / "notes"), **({"TRADEWIND_DATABASE_URL": database} if database else {})}
    with Product(tmp_path / "home", tmp_path / "dags", env=env) as product:
        yield product


def notes(product: Product) -> list[str]:
    path = Path(product.env["NOTES"]) / "notes"
    return path.read_text().splitlines() if path.exists() else []


def wait_for_starts(product: Product, count: int) -> None:
    product.wait(lambda: sum(" start " in line for line in notes(product)) >= count, f"{count} tasks started")


def check(product: Product, run: str) -> None:
    """The run succeeded, every task ended, and none met itself."""
    assert product.finished(run)["state"] == "success"
    assert {task["state"] for task in product.tasks(run)} == {"success"}
    assert len(product.tasks(run)) == 20
    lines = notes(product)
    assert not [line for line in lines if "overlap" in line]
    ended = [line.split()[0] for line in lines if " end " in line]
    assert sorted(set(ended)) == sorted(f"t{layer}{i}" for layer in range(4) for i in range(4))
    for task in product.tasks(run):
        if task["task_id"].startswith("t"):
            value = product.api("GET", f"{run}/taskInstances/{task['task_id']}/xcomEntries/return_value")["value"]
            assert task["task_id"] in value


def scheduler_pid(product: Product) -> int:
    with Store(f"sqlite:///{product.home}/tradewind.db") as store, store.engine.connect() as connection:
        process = connection.exec_driver_sql("select process from lease where name = 'scheduler'").scalar_one()
    return int(process.split(":")[0])


def test_scheduler_is_killed_twice(product):
    run = product.trigger("killed")
    for starts in (2, 7):
        wait_for_starts(product, starts)
        pid = scheduler_pid(product)
        kill(pid)
        product.wait(lambda pid=pid: not alive(pid) and scheduler_pid(product) != pid, "another scheduler leads")
    check(product, run)


def test_worker_is_killed_and_only_its_attempt_ends(product):
    run = product.trigger("killed")
    wait_for_starts(product, 2)
    task_id, _, _, pid = next(line for line in notes(product) if " start " in line).split()
    kill(int(pid))
    check(product, run)
    tries = {task["task_id"]: task["try_number"] for task in product.tasks(run)}
    assert tries.pop(task_id) == 2
    assert set(tries.values()) == {1}


@pytest.mark.postgres
class TestPostgresql:
    """The same on PostgreSQL, whose server is not killed."""

    @pytest.fixture
    def database(self, postgres_url):
        return postgres_url

    def test_everything_is_killed_and_started_again(self, product):
        kill_everything(product)
        assert not (product.home / "tradewind.db").exists()


def test_everything_is_killed_and_started_again(product):
    kill_everything(product)


def kill_everything(product: Product) -> None:
    run = product.trigger("killed")
    for starts in (1, 6, 10):
        wait_for_starts(product, starts)
        pids = product.pids()
        product.kill()
        product.start()
        assert not [pid for pid in pids if alive(pid)]
    check(product, run)


def test_ctrl_c_lets_running_tasks_finish_and_leaves_nothing(product):
    run = product.trigger("killed")
    wait_for_starts(product, 2)
    pids = product.pids()
    assert len(pids) > 5
    assert product.stop() == 0
    assert not [pid for pid in pids if alive(pid)]
    started = {line.split()[0] for line in notes(product) if " start " in line}
    assert started == {line.split()[0] for line in notes(product) if " end " in line}
    product.start()
    check(product, run)
    assert {task["try_number"] for task in product.tasks(run)} == {1}
    assert (product.home / "tradewind.db").exists()
