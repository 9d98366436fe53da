"""kill -9 in the middle of a backfill, on both databases: every date once, none lost, none twice."""

from __future__ import annotations

import textwrap
from collections import Counter
from pathlib import Path

import pytest

from support.product import Product

DAG = textwrap.dedent('''
    """Each run notes its date, and cries when it meets itself."""
    import fcntl, os
    from datetime import datetime
    from tradewind import DAG, PythonOperator

    NOTES = os.environ["NOTES"]

    def work(ds, **context):
        with open(f"{NOTES}/{ds}.lock", "w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                note(ds, "overlap")
                raise
            note(ds, "start")
            import time
            time.sleep(0.05)
            note(ds, "end")

    def note(ds, what):
        with open(f"{NOTES}/notes", "a") as file:
            file.write(f"{ds} {what}\\n")

    with DAG("filled", start_date=datetime(2024, 1, 1), schedule="@daily", catchup=False, is_paused_upon_creation=True):
        PythonOperator(task_id="work", python_callable=work)
''')
DATES = [f"2024-01-{day:02}" for day in range(1, 31)]


@pytest.fixture
def database():
    """The embedded one; a test may ask for another."""
    return


@pytest.fixture
def product(tmp_path, database):
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags" / "filled.py").write_text(DAG)
    (tmp_path / "notes").mkdir()
    env = {"NOTES": str(tmp_path / "notes"), **({"TRADEWIND_DATABASE_URL": database} if database else {})}
    with Product(tmp_path / "home", tmp_path / "dags", env=env) as product:
        yield product


def notes(product: Product) -> list[list[str]]:
    path = Path(product.env["NOTES"]) / "notes"
    return [line.split() for line in path.read_text().splitlines()] if path.exists() else []


def ended(product: Product) -> set[str]:
    return {date for date, what in notes(product) if what == "end"} & set(DATES)


def kill_in_the_middle(product: Product) -> None:
    product.wait(lambda: product.dag("filled"), "the DAG is there")
    body = {"dag_id": "filled", "from_date": f"{DATES[0]}T00:00:00Z", "to_date": f"{DATES[-1]}T00:00:00Z"}
    made = product.api("POST", "/api/v2/backfills", {**body, "max_active_runs": 4})
    product.api("PATCH", "/api/v2/dags/filled", {"is_paused": False})
    for count in (5, 15):
        product.wait(lambda count=count: len(ended(product)) >= count, f"{count} dates ended")
        product.kill()
        product.start()
    path = f"/api/tradewind/backfills/{made['id']}"
    product.wait(lambda: product.api("GET", path)["completed_at"], "the backfill is over")
    shown = product.api("GET", path)
    assert (shown["runs"], shown["planned"], shown["skipped"]) == ({"success": 30}, 30, 0)
    runs = product.api("GET", f"{path}/runs?limit=100")["backfill_runs"]
    assert [run["logical_date"][:10] for run in runs] == DATES
    assert {run["dag_run_id"] for run in runs} == {f"backfill__{date}T00:00:00+00:00" for date in DATES}
    counted = Counter(what for date, what in notes(product) if date in DATES)
    assert counted["overlap"] == 0
    assert ended(product) == set(DATES)
    # what ended before a kill did not run again, but where its report was lost with the process
    assert counted["end"] <= len(DATES) + 2 * 4


def test_everything_is_killed_in_the_middle_of_a_backfill(product):
    kill_in_the_middle(product)


@pytest.mark.postgres
class TestPostgresql:
    """The same on PostgreSQL, whose server is not killed."""

    @pytest.fixture
    def database(self, postgres_url):
        return postgres_url

    def test_everything_is_killed_in_the_middle_of_a_backfill(self, product):
        kill_in_the_middle(product)
        assert not (product.home / "tradewind.db").exists()
