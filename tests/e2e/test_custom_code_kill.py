"""kill -9 while code of a user is asked: a partition mapper that hangs, and a backfill of a custom timetable."""

from __future__ import annotations

import textwrap
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from support.product import Product

FILES = textwrap.dedent('''
    """A mapper that waits for a file, and says who asked it; a timetable of every second day."""
    import os, time
    from datetime import UTC, datetime, timedelta
    from pathlib import Path
    from airflow.sdk import DAG, Asset, PartitionedAssetTimetable, PartitionMapper
    from airflow.providers.standard.operators.empty import EmptyOperator
    from airflow.timetables.base import DagRunInfo, DataInterval, Timetable

    NOTES = Path(os.environ["NOTES"])

    class Patient(PartitionMapper):
        def to_downstream(self, key):
            with (NOTES / "asked").open("a") as file:
                file.write(f"{os.getpid()} {key}\\n")
            while not (NOTES / "go").exists():
                time.sleep(0.01)
            if key == "poison":
                os._exit(9)
            return key.upper()

    class EverySecondDay(Timetable):
        def infer_manual_data_interval(self, *, run_after):
            return DataInterval(run_after, run_after)

        def next_dagrun_info(self, *, last_automated_data_interval, restriction):
            if not restriction.catchup:
                return None  # only what somebody asks for
            last = last_automated_data_interval
            start = restriction.earliest if last is None else last.start + timedelta(days=2)
            if restriction.latest is not None and start > restriction.latest:
                return None
            return DagRunInfo.interval(start, start + timedelta(days=1))

    ORDERS = Asset("orders")
    with DAG("mapped", schedule=PartitionedAssetTimetable(assets=ORDERS, default_partition_mapper=Patient())):
        EmptyOperator(task_id="a")
    with DAG("plain", schedule=PartitionedAssetTimetable(assets=ORDERS)):
        EmptyOperator(task_id="a")
    with DAG("second", start_date=datetime(2024, 1, 1, tzinfo=UTC), schedule=EverySecondDay(), catchup=False):
        EmptyOperator(task_id="a")
''')
KEYS = [f"k{number:02}" for number in range(20)]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def product(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    (tmp_path / "dags").mkdir()
    (tmp_path / "notes").mkdir()
    (tmp_path / "dags" / "own.py").write_text(FILES)
    env = {"NOTES": str(tmp_path / "notes")}
    if request.param == "postgresql":
        env["TRADEWIND_DATABASE_URL"] = request.getfixturevalue("postgres_url")
    with Product(tmp_path / "home", tmp_path / "dags", env=env) as made:
        yield made


def keys(product: Product, dag_id: str) -> Counter[str]:
    runs = product.api("GET", f"/api/v2/dags/{dag_id}/dagRuns?limit=100")["dag_runs"]
    return Counter(run["partition_key"] for run in runs)


def emit(product: Product, key: str) -> None:
    [orders] = product.api("GET", "/api/v2/assets?name_pattern=orders")["assets"]
    product.api("POST", "/api/v2/assets/events", {"asset_id": orders["id"], "partition_key": key})


def test_no_event_is_lost_or_mapped_twice(product: Product) -> None:
    notes = Path(product.env["NOTES"])
    product.wait(lambda: product.dag("mapped"), "the DAG is there")
    for key in KEYS:
        emit(product, key)
    product.wait(lambda: keys(product, "plain") == Counter(KEYS), "who needs no code does not wait")
    product.wait((notes / "asked").exists, "the mapper is asked")
    assert keys(product, "mapped") == Counter()
    product.kill()  # in the middle of a question
    product.start()
    (notes / "go").touch()
    emit(product, "poison")
    product.wait(lambda: len(keys(product, "mapped")) >= 5, "some are mapped")
    product.kill()
    product.start()
    emit(product, "last")
    wanted = Counter([*(key.upper() for key in KEYS), "LAST"])
    product.wait(lambda: keys(product, "mapped") >= wanted, "all are mapped", seconds=120)
    assert keys(product, "mapped") == wanted
    errors = product.api("GET", "/api/v2/importErrors")["import_errors"]
    assert [error["stack_trace"] for error in errors if "a partition mapper of DAG 'mapped' failed" in str(error)]
    told = product.api("GET", "/api/tradewind/explain/dags/mapped")
    assert "its mapper failed for 1 asset event" in str(told)


def test_a_backfill_of_a_custom_timetable(product: Product) -> None:
    product.wait(lambda: product.dag("second"), "the DAG is there")
    dates = [f"2024-01-{day:02}" for day in range(1, 31, 2)]
    body = {"dag_id": "second", "from_date": f"{dates[0]}T00:00:00Z", "to_date": "2024-01-30T00:00:00Z"}
    planned = product.api("POST", "/api/v2/backfills/dry_run", body)
    assert [run["logical_date"][:10] for run in planned["backfills"]] == dates
    made = product.api("POST", "/api/v2/backfills", {**body, "max_active_runs": 1})
    path = f"/api/tradewind/backfills/{made['id']}"
    product.wait(lambda: product.api("GET", path)["planned"] >= 3, "it goes on")
    product.kill()
    product.start()
    product.wait(lambda: product.api("GET", path)["completed_at"], "the backfill is over")
    runs = product.api("GET", f"{path}/runs?limit=100")["backfill_runs"]
    assert [run["logical_date"][:10] for run in runs] == dates
    assert {run["state"] for run in runs} == {"success"}
