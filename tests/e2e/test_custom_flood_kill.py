"""Unpausing a DAG with a timetable of its own whose start lies far back: what is said before, what is held, and kill -9
while the held runs are made."""

from __future__ import annotations

import subprocess
import textwrap
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from support.product import TRADEWIND, Product

FILE = textwrap.dedent('''
    """Every second day, by code of the user's own."""
    from datetime import UTC, datetime, timedelta
    from airflow.sdk import DAG
    from airflow.providers.standard.operators.bash import BashOperator
    from airflow.timetables.base import DagRunInfo, DataInterval, Timetable

    class EverySecondDay(Timetable):
        def infer_manual_data_interval(self, *, run_after):
            return DataInterval(run_after, run_after)

        def next_dagrun_info(self, *, last_automated_data_interval, restriction):
            last = last_automated_data_interval
            start = restriction.earliest if last is None else last.start + timedelta(days=2)
            if restriction.latest is not None and start > restriction.latest:
                return None
            return DagRunInfo.interval(start, start + timedelta(days=2))

    with DAG(
        "second", start_date=datetime(2025, 1, 1, tzinfo=UTC), end_date=datetime(2025, 9, 1, tzinfo=UTC),
        schedule=EverySecondDay(), catchup=True, is_paused_upon_creation=True, max_active_runs=4,
    ):
        BashOperator(task_id="a", bash_command="true")
''')
WHOLE = [datetime(2025, 1, 1, tzinfo=UTC) + timedelta(days=2 * n) for n in range(122)]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def product(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags" / "own.py").write_text(FILE)
    env = {"TRADEWIND_MAX_RUNS_PER_DAG_PER_HOUR": "6"}
    if request.param == "postgresql":
        env["TRADEWIND_DATABASE_URL"] = request.getfixturevalue("postgres_url")
    with Product(tmp_path / "home", tmp_path / "dags", env=env) as made:
        yield made


def dates(product: Product, run_type: str) -> list[datetime]:
    found: list[datetime] = []
    while True:
        page = product.api(
            "GET",
            f"/api/v2/dags/second/dagRuns?run_type={run_type}&limit=100&offset={len(found)}&order_by=logical_date",
        )
        found += [datetime.fromisoformat(run["logical_date"]) for run in page["dag_runs"]]
        if len(found) >= page["total_entries"]:
            return found


def test_a_flood_of_a_custom_timetable(product: Product) -> None:
    product.dag("second")
    seen = product.api("GET", "/api/tradewind/preview/unpause/second")
    assert (seen["count"], seen["exact"], seen["unknown"]) == (122, True, None)
    assert [datetime.fromisoformat(at) for at in (seen["first"], seen["last"])] == [WHOLE[0], WHOLE[-1]]
    assert [datetime.fromisoformat(at) for at in seen["dates"]] == WHOLE[: len(seen["dates"])]
    command = [TRADEWIND, "dags", "unpause", "second", "--home", str(product.home)]
    done = subprocess.run(
        command, env=product.env, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60, check=True
    )
    assert "Unpausing second makes 122 runs at once from 2025-01-01T00:00:00+00:00 to 2025-08-31" in done.stderr
    product.wait(lambda: dates(product, "scheduled")[-1:] == WHOLE[-1:], "the newest run made")
    product.wait(lambda: len(dates(product, "scheduled")) == 7, "the first runs made")
    assert dates(product, "scheduled") == [*WHOLE[:6], WHOLE[-1]]
    [held] = product.api("GET", "/api/v2/backfills?dag_id=second")["backfills"]
    assert held["is_paused"]
    product.api("PUT", f"/api/v2/backfills/{held['id']}/unpause")
    product.wait(lambda: len(dates(product, "backfill")) >= 20, "some held runs made")
    product.kill()
    product.start()
    product.wait(
        lambda: product.api("GET", f"/api/v2/backfills/{held['id']}")["completed_at"], "the backfill over", seconds=120
    )
    assert Counter(dates(product, "backfill")) == Counter(WHOLE[6:-1])
