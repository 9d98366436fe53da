"""`tradewind assets` on a real database."""

from __future__ import annotations

from pathlib import Path

from cli_lab import Command

FILE = """
from datetime import datetime
from tradewind import DAG, Asset, AssetAlias, BashOperator

orders = Asset("orders", "s3://lake/orders", extra={"team": "sales"})
with DAG("maker", schedule=None, start_date=datetime(2024, 1, 1)):
    BashOperator(task_id="make", bash_command="true", outlets=[orders, AssetAlias("daily")])
with DAG("waiter", schedule=[orders, Asset("prices")], start_date=datetime(2024, 1, 1)):
    BashOperator(task_id="wait", bash_command="true", inlets=[orders])
"""


def test_assets_are_listed_shown_and_made(run: Command, dags: Path) -> None:
    (dags / "assets.py").write_text(FILE)
    run("dags", "reserialize")
    assert run("assets", "list", "-o", "json").json == [
        {"name": "orders", "uri": "s3://lake/orders", "group": "asset", "extra": {"team": "sales"}},
        {"name": "prices", "uri": "prices", "group": "asset", "extra": {}},
    ]
    assert run("assets", "list", "--columns", "name", "-o", "json").json == [{"name": "orders"}, {"name": "prices"}]
    assert "choose from name" in run("assets", "list", "--columns", "size", code=1).err
    assert run("assets", "list", "--alias", "-o", "json").json == [{"name": "daily", "group": "asset"}]
    [shown] = run("assets", "details", "--name", "orders", "-o", "json").json
    assert shown["producing_tasks"] == ["maker.make"]
    assert (shown["consuming_tasks"], shown["scheduled_dags"]) == (["waiter.wait"], ["waiter"])
    assert run("assets", "details", "--alias", "--name", "daily", "-o", "json").json[0]["name"] == "daily"
    assert "which asset?" in run("assets", "details", code=1).err
    [made] = run("assets", "materialize", "--uri", "s3://lake/orders", "-o", "json").json
    assert (made["dag_id"], made["run_type"], made["state"]) == ("maker", "asset_materialization", "queued")
    assert "no DAG makes the asset 'prices'" in run("assets", "materialize", "--name", "prices", code=1).err
    assert "no asset has the name 'x'" in run("assets", "details", "--name", "x", code=1).err


def test_explain_names_the_assets_that_a_dag_waits_for(run: Command, dags: Path) -> None:
    (dags / "assets.py").write_text(FILE)
    run("dags", "reserialize")
    run("dags", "unpause", "waiter")
    told = run("explain", "dag", "waiter").out
    assert "it waits for updates of orders and prices; 0 of 2 came since its last run" in told
