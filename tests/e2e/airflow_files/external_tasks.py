#: external_upstream:
#:   tasks: {work.one: success, work.two: success, bad: failed, end: success}
#: external_waits:
#:   tasks: {whole: success, one: success, several: success, group: success, deferred: success, failed: failed,
#:           soft: skipped, missing: failed, mark: success}
#:   state: failed
from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.sensors.external_task import ExternalTaskMarker, ExternalTaskSensor
from airflow.utils.task_group import TaskGroup

START = datetime(2024, 1, 1)


def fail():
    raise ValueError("on purpose")


with DAG("external_upstream", start_date=START, schedule=None):
    with TaskGroup("work") as work:
        PythonOperator(task_id="one", python_callable=lambda: 1) >> EmptyOperator(task_id="two")
    bad = PythonOperator(task_id="bad", python_callable=fail)
    [work, bad] >> EmptyOperator(task_id="end", trigger_rule="all_done")

with DAG("external_waits", start_date=START, schedule=None, default_args={"poke_interval": 0.3, "timeout": 60}):
    there = {"external_dag_id": "external_upstream"}
    ExternalTaskSensor(task_id="whole", mode="reschedule", check_existence=True, **there)
    ExternalTaskSensor(task_id="one", external_task_id="work.one", execution_delta=timedelta(0), **there)
    ExternalTaskSensor(
        task_id="several",
        external_task_ids=["work.one", "bad"],
        allowed_states=["success", "failed"],
        execution_date_fn=lambda logical_date: logical_date,
        **there,
    )
    ExternalTaskSensor(task_id="group", external_task_group_id="work", **there)
    ExternalTaskSensor(task_id="deferred", external_task_id="end", deferrable=True, poll_interval=0.2, **there)
    ExternalTaskSensor(task_id="failed", external_task_id="bad", failed_states=["failed"], **there)
    ExternalTaskSensor(
        task_id="soft", external_task_id="bad", failed_states=["failed"], soft_fail=True, deferrable=True, **there
    )
    ExternalTaskSensor(task_id="missing", external_task_id="nobody", check_existence=True, **there)
    ExternalTaskMarker(task_id="mark", external_dag_id="other", external_task_id="t")
