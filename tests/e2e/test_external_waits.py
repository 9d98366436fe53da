"""Tasks that wait for other DAGs, on the running product: nobody polls, and kill -9 loses and doubles nothing."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from support.product import Product, alive, kill
from tradewind.store import Store

DAY = "2024-03-05T00:00:00Z"
DAGS = textwrap.dedent("""
    import os
    from datetime import datetime

    from airflow.sdk import DAG
    from airflow.providers.standard.operators.python import PythonOperator
    from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
    from airflow.providers.standard.sensors.external_task import ExternalTaskSensor

    def note(task_id, **context):
        with open(f"{os.environ['NOTES']}/notes", "a") as file:
            file.write(f"{task_id}\\n")

    START = datetime(2024, 1, 1)
    with DAG("up", start_date=START, schedule=None):
        PythonOperator(task_id="load", python_callable=note, op_args=["load"])

    with DAG("target", start_date=START, schedule=None, is_paused_upon_creation=True):
        PythonOperator(task_id="work", python_callable=note, op_args=["work"])

    with DAG("down", start_date=START, schedule=None):
        # an interval of hours: only an event calls them in time
        often = {"external_dag_id": "up", "poke_interval": 7200, "timeout": 14400}
        waits = [
            ExternalTaskSensor(task_id="deferred", deferrable=True, poll_interval=7200, **often),
            ExternalTaskSensor(task_id="poked", external_task_id="load", **often),
            ExternalTaskSensor(task_id="rescheduled", mode="reschedule", external_task_id="load", **often),
            TriggerDagRunOperator(
                task_id="triggered", trigger_dag_id="target", wait_for_completion=True, deferrable=True,
                poke_interval=7200,
            ),
        ]
        for wait in waits:
            wait >> PythonOperator(task_id=f"after_{wait.task_id}", python_callable=note, op_args=[wait.task_id])
""")


@pytest.fixture
def product(tmp_path):
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags" / "waits.py").write_text(DAGS)
    (tmp_path / "notes").mkdir()
    with Product(tmp_path / "home", tmp_path / "dags", env={"NOTES": str(tmp_path / "notes")}) as product:
        yield product


def states(product, run):
    return {task["task_id"]: task["state"] for task in product.tasks(run)}


def notes(product):
    path = Path(product.env["NOTES"]) / "notes"
    return sorted(path.read_text().split()) if path.exists() else []


def kinds(product):
    with Store(f"sqlite:///{product.home}/tradewind.db") as store, store.engine.connect() as connection:
        return sorted(connection.exec_driver_sql("select kind from trigger where state = 'waiting'").scalars())


def scheduler_pid(product):
    with Store(f"sqlite:///{product.home}/tradewind.db") as store, store.engine.connect() as connection:
        process = connection.exec_driver_sql("select process from lease where name = 'scheduler'").scalar_one()
    return int(process.split(":")[0])


def test_events_call_tasks_and_kills_lose_none(product):
    product.dag("down")
    run = product.trigger("down", logical_date=DAY)
    waiting = {
        "deferred": "deferred", "poked": "deferred", "rescheduled": "up_for_reschedule", "triggered": "deferred",
    }  # fmt: skip
    product.wait(lambda: waiting.items() <= states(product, run).items(), "all four wait")
    assert kinds(product) == ["engine"] * 4
    why = product.api("GET", f"{run.replace('/api/v2', '/api/tradewind/explain')}/taskInstances/poked")
    assert why["sentence"].startswith("`poked` is deferred: it waits for task `load` of up in the run of 2024-03-05 ")
    assert " to end for " in why["sentence"]

    before = scheduler_pid(product)
    kill(before)
    product.wait(lambda: not alive(before) and scheduler_pid(product) != before, "another scheduler leads")
    assert waiting.items() <= states(product, run).items()

    up = product.trigger("up", logical_date=DAY)
    assert product.finished(up)["state"] == "success"
    # all of them: what a kill meets in its middle runs once more
    went_on = {f"after_{name}": "success" for name in ("deferred", "poked", "rescheduled")}
    product.wait(lambda: went_on.items() <= states(product, run).items(), "the sensors go on")

    product.kill()  # everything; what ends next is seen by whoever leads then
    product.start()
    product.api("PATCH", "/api/v2/dags/target", {"is_paused": False})
    assert product.finished(run)["state"] == "success"
    assert notes(product) == ["deferred", "load", "poked", "rescheduled", "triggered", "work"]
    tries = {task["task_id"]: task["try_number"] for task in product.tasks(run)}
    assert {tries[task_id] for task_id in waiting} == {1}
    assert kinds(product) == []
