"""DAGs that make and wait for data, as authors of Airflow 2 and 3 write them, on the running product; with kill -9."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from support.product import Product

MODERN = textwrap.dedent('''
    """What Airflow 3.3 offers."""
    import os
    from datetime import datetime
    from airflow.sdk import (
        DAG, Asset, AssetAlias, AssetOrTimeSchedule, AssetWatcher, CronTriggerTimetable, Metadata,
        PartitionedAssetTimetable, PartitionedAtRuntime, StartOfDayMapper, asset, dag, task,
    )

    orders = Asset("orders", "s3://Lake/orders/", extra={"team": "sales"})
    prices = Asset("prices")
    daily = AssetAlias("daily")

    with DAG("make_orders", schedule=None):
        @task(outlets=[orders])
        def make(*, outlet_events):
            outlet_events[orders].extra = {"rows": 3}
            return "made"
        make()

    with DAG("make_prices", schedule=None):
        @task(outlets=[prices])
        def make():
            yield Metadata(prices, {"currency": "EUR"})
        make()

    with DAG("make_daily", schedule=None):
        @task(outlets=[daily])
        def make(*, outlet_events):
            outlet_events[daily].add(Asset("day_file", "file:///lake/day.csv"), extra={"day": 1})
        make()

    with DAG("needs_both", schedule=orders & prices):
        @task
        def look(*, triggering_asset_events, dag_run, logical_date=None):
            seen = {a.name: [e.extra for e in events] for a, events in triggering_asset_events.items()}
            return {"seen": seen, "first": triggering_asset_events[orders][0].source_dag_run.dag_id,
                    "type": dag_run.run_type, "logical_date": str(logical_date),
                    "events": len(dag_run.consumed_asset_events)}
        look()

    with DAG("needs_any", schedule=(orders | prices), max_active_runs=1):
        @task(inlets=[orders])
        def look(*, inlet_events, ti):
            events = inlet_events[orders]
            return {"orders": len(events), "last": events[-1].extra if events else None,
                    "value": events[-1].xcom_pull() if events else None}
        look()

    with DAG("needs_alias", schedule=[daily]):
        @task(inlets=[daily])
        def look(*, inlet_events, triggering_asset_events):
            return [inlet_events[daily].limit(5)[0].asset.uri, triggering_asset_events[daily][0].extra]
        look()

    yearly = CronTriggerTimetable("0 0 1 1 *", timezone="UTC")
    with DAG("needs_time_or_data", start_date=datetime(2024, 1, 1), catchup=False,
             schedule=AssetOrTimeSchedule(timetable=yearly, assets=[prices])):
        @task
        def look(*, run_id):
            return run_id
        look()

    @asset(schedule=None, uri="s3://lake/report")
    def report(self, orders, context):
        return [self.uri, orders.name, orders.extra, context["dag"].dag_id]

    @asset.multi(schedule=[report], outlets=[Asset("left"), Asset("right")])
    def halves(context):
        context["outlet_events"][Asset("left")].extra = {"half": 1}
        return "halves"

    with DAG("after_halves", schedule=[Asset.ref(name="left"), Asset.ref(name="right")]):
        @task
        def look(*, triggering_asset_events):
            return sorted(a.name for a in triggering_asset_events)
        look()

    from airflow.providers.standard.triggers.file import FileDeleteTrigger

    drop = Asset("drop", watchers=[AssetWatcher("inbox", FileDeleteTrigger(os.environ["INBOX"], poke_interval=0.2))])
    with DAG("on_file", schedule=[drop]):
        @task
        def look(*, triggering_asset_events):
            return triggering_asset_events[drop][0].extra
        look()

    hourly = Asset("hourly")
    with DAG("make_hourly", schedule=PartitionedAtRuntime()):
        @task(outlets=[hourly])
        def make(*, outlet_events, partition_key):
            outlet_events[hourly].add_partitions(["2024-05-01T10:00:00", "2024-05-02T11:00:00"])
            return partition_key
        make()

    with DAG("by_day", schedule=PartitionedAssetTimetable(assets=hourly, default_partition_mapper=StartOfDayMapper())):
        @task
        def look(*, partition_key, partition_date):
            return [partition_key, partition_date.isoformat()]
        look()

    with DAG("fails_first", schedule=None):
        @task(outlets=[Asset("never")])
        def fail():
            raise ValueError("no data")
        fail()

    with DAG("never_runs", schedule=[Asset("never")]):
        @task
        def look():
            pass
        look()
''')

CLASSIC = textwrap.dedent('''
    """What Airflow 2.10 offered."""
    from airflow import DAG, Dataset
    from airflow.datasets import DatasetAlias
    from airflow.datasets.metadata import Metadata
    from airflow.operators.bash import BashOperator
    from airflow.operators.python import PythonOperator

    raw = Dataset("s3://lake/raw")

    with DAG("make_raw", schedule=None):
        BashOperator(task_id="make", bash_command="echo made", outlets=[raw])

    def look(**context):
        events = context["triggering_dataset_events"]
        return [list(events), events["s3://lake/raw"][0].source_dag_id]

    with DAG("use_raw", schedule=[raw]):
        PythonOperator(task_id="look", python_callable=look)
        BashOperator(
            task_id="render",
            bash_command="echo {{ (triggering_dataset_events.values() | first | first).source_dag_run.dag_id }}",
        )
''')


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    dags = tmp_path_factory.mktemp("dags")
    (dags / "modern.py").write_text(MODERN)
    (dags / "classic.py").write_text(CLASSIC)
    inbox = str(tmp_path_factory.mktemp("inbox") / "orders.csv")
    with Product(tmp_path_factory.mktemp("home"), dags, env={"INBOX": inbox}) as product:
        wanted = {"needs_both", "use_raw", "never_runs"}
        product.wait(
            lambda: {dag["dag_id"] for dag in product.api("GET", "/api/v2/dags?limit=100")["dags"]} >= wanted,
            "all DAGs known",
        )
        assert product.api("GET", "/api/v2/importErrors")["import_errors"] == []
        yield product


def runs(product: Product, dag_id: str) -> list[str]:
    found = product.api("GET", f"/api/v2/dags/{dag_id}/dagRuns?order_by=id")["dag_runs"]
    return [f"/api/v2/dags/{dag_id}/dagRuns/{quote(run['dag_run_id'], safe='')}" for run in found]


def make(product: Product, dag_id: str, **body: Any) -> str:
    run = product.trigger(dag_id, **body)
    assert product.finished(run)["state"] == "success"
    return run


def result(product: Product, dag_id: str, number: int, task_id: str = "look") -> Any:
    """What a task of the nth run of a DAG returned."""
    product.wait(lambda: len(runs(product, dag_id)) >= number, f"run {number} of {dag_id}")
    run = runs(product, dag_id)[number - 1]
    assert product.finished(run)["state"] == "success", product.log(run, task_id)
    return product.api("GET", f"{run}/taskInstances/{task_id}/xcomEntries/return_value?stringify=false")["value"]


def test_all_and_any(product: Product) -> None:
    make(product, "make_orders")
    assert result(product, "needs_any", 1) == {"orders": 1, "last": {"rows": 3}, "value": "made"}
    assert runs(product, "needs_both") == []
    make(product, "make_prices")
    assert result(product, "needs_both", 1) == {
        "seen": {"orders": [{"rows": 3}], "prices": [{"currency": "EUR"}]},
        "first": "make_orders",
        "type": "asset_triggered",
        "logical_date": "None",
        "events": 2,
    }
    assert result(product, "needs_any", 2)["orders"] == 1
    by_time, by_data = (result(product, "needs_time_or_data", number) for number in (1, 2))
    assert by_time.startswith("scheduled__") and by_data.startswith("asset_triggered__")


def test_alias(product: Product) -> None:
    make(product, "make_daily")
    assert result(product, "needs_alias", 1) == ["file:///lake/day.csv", {"day": 1}]


def test_asset_functions_make_and_follow_each_other(product: Product) -> None:
    run = make(product, "report")
    value = product.api("GET", f"{run}/taskInstances/report/xcomEntries/return_value?stringify=false")["value"]
    assert value == ["s3://lake/report", "orders", {"team": "sales"}, "report"]
    assert result(product, "halves", 1, "halves") == "halves"
    assert result(product, "after_halves", 1) == ["left", "right"]


def test_partitions(product: Product) -> None:
    make(product, "make_hourly", partition_key="whole")
    found = {tuple(result(product, "by_day", number)) for number in (1, 2)}
    assert found == {
        ("2024-05-01", "2024-05-01T00:00:00+00:00"),
        ("2024-05-02", "2024-05-02T00:00:00+00:00"),
    }


def test_a_file_that_a_watcher_sees_starts_the_dag(product: Product) -> None:
    Path(product.env["INBOX"]).write_text("1")
    extra = result(product, "on_file", 1)
    assert (extra["from_trigger"], extra["watcher"]) == (True, "inbox")
    assert not Path(product.env["INBOX"]).exists()


def test_a_failed_task_emits_nothing(product: Product) -> None:
    assert product.finished(product.trigger("fails_first"))["state"] == "failed"
    make(product, "make_prices")  # its event comes later in the log: when that was seen, an earlier one was, too
    result(product, "needs_any", len(runs(product, "needs_any")) or 1)
    assert runs(product, "never_runs") == []


def test_airflow_2(product: Product) -> None:
    make(product, "make_raw")
    assert result(product, "use_raw", 1) == [["s3://lake/raw"], "make_raw"]
    assert result(product, "use_raw", 1, "render") == "make_raw"


CHAIN = textwrap.dedent("""
    from airflow.sdk import DAG, Asset, task

    with DAG("source", schedule=None):
        @task(outlets=[Asset("x")])
        def make(*, outlet_events, dag_run):
            outlet_events[Asset("x")].extra = {"n": dag_run.conf["n"]}
        make()

    with DAG("sink", schedule=[Asset("x")]):
        @task
        def look(*, triggering_asset_events):
            return [e.extra["n"] for e in triggering_asset_events[Asset("x")]]
        look()
""")


def test_kill_loses_no_event_and_repeats_none(tmp_path: Path) -> None:
    kill_between(tmp_path, {})


@pytest.mark.postgres
def test_kill_loses_no_event_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    kill_between(tmp_path, {"TRADEWIND_DATABASE_URL": postgres_url})


def kill_between(tmp_path: Path, env: dict[str, str]) -> None:
    """Everything is killed between the tasks that emit and the runs that follow."""
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags" / "chain.py").write_text(CHAIN)
    with Product(tmp_path / "home", tmp_path / "dags", env=env) as product:
        product.dag("source"), product.dag("sink")
        for round_ in range(3):
            made = [product.trigger("source", conf={"n": round_ * 3 + number}) for number in range(3)]
            product.wait(lambda: runs(product, "sink") or True, "an answer")
            if round_ < 2:
                product.kill()
                product.start()
            for run in made:
                assert product.finished(run)["state"] == "success"
        product.wait(lambda: len(runs(product, "sink")) >= 9, "a run for each event")
        seen = [number for at in range(1, 10) for number in result(product, "sink", at)]
        assert sorted(seen) == list(range(9)) and len(runs(product, "sink")) == 9
